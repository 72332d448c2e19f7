import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { caCertHash } from "../../../src/kubernetes/ca-cert-hash.ts";

const folder = mkdtempSync(join(tmpdir(), "ca-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the pin is the one openssl computes the way kubeadm's documentation says", () => {
  const [key, certificate] = [join(folder, "ca.key"), join(folder, "ca.crt")];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=kubernetes", "-days", "1"];
  execFileSync("openssl", [...request, "-keyout", key, "-out", certificate], { stdio: "pipe" });
  const documented = execFileSync("sh", [
    "-c",
    'openssl x509 -pubkey -in "$0" | openssl rsa -pubin -outform der 2>/dev/null | openssl dgst -sha256 -hex',
    certificate,
  ]);
  const digest = documented.toString().trim().split(" ").at(-1);
  expect(caCertHash(readFileSync(certificate, "utf8"))).toBe(`sha256:${digest}`);
});

test("text that is no certificate is refused", () => {
  expect(() => caCertHash("nonsense")).toThrow("certificate authority cannot be read");
});
