import { inspect } from "node:util";
import { expect, test } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import { redact, Secret } from "../../../src/engine/secret.ts";

const secret = new Secret("correct horse battery staple");

test("a secret shows itself only when asked by name", () => {
  const everyPrint = [String(secret), `${secret}`, JSON.stringify({ secret }), inspect({ deep: { secret } })];
  for (const print of everyPrint) expect(print).not.toContain("horse");
  expect(secret.reveal()).toBe("correct horse battery staple");
});

test("text that holds a secret is cleaned, also in errors", () => {
  expect(redact("it is correct horse battery staple!")).toBe("it is [secret]!");
  const error = new InstallerError("command-failed", {
    message: "failed with correct horse battery staple",
    command: "login correct horse battery staple",
    output: "bad password: correct horse battery staple",
  });
  expect(error.message).toBe("failed with [secret]");
  expect(JSON.stringify(error.details)).not.toContain("horse");
});
