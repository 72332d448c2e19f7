import { expect, test } from "vitest";
import { childEnvironment } from "../../../src/engine/child-environment.ts";
import { Secret } from "../../../src/engine/secret.ts";

test("programs this one starts get its environment but for the variables that hold secrets in use", () => {
  const password = new Secret("open sesame, said the forty first");
  const env = { HOME: "/home/me", SUDO_PASSWORD: password.reveal(), AUTH: `user:${password.reveal()}` };
  expect(childEnvironment(env)).toEqual({ HOME: "/home/me" });
});
