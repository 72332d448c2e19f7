import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../../src/engine/redactor.ts";
import { formsOf, type SecretKind } from "../../../src/engine/secret-forms.ts";

function redactorFor(...values: readonly string[]) {
  return ofKind("value", values);
}

function ofKind(kind: SecretKind, values: readonly string[]) {
  const redactor = createRedactor("[secret]");
  for (const value of values) for (const form of formsOf(value, kind)) redactor.add(form);
  return redactor.redact;
}

const privateKey = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;
const keyLines = privateKey.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));

describe("a private key", () => {
  const redact = redactorFor(privateKey);

  test("is hidden as a whole and line by line, its frame is not", () => {
    expect(redact(`key: ${privateKey}`)).toBe("key: [secret]");
    for (const line of keyLines.slice(0, -1)) expect(redact(`cp-1 | ${line}`)).toBe("cp-1 | [secret]");
    expect(redact("no -----BEGIN PRIVATE KEY----- in it")).toBe("no -----BEGIN PRIVATE KEY----- in it");
  });

  test("is hidden as JSON holds it", () => {
    const text = JSON.stringify({ key: privateKey });
    expect(redact(text)).toBe('{"key":"[secret]"}');
  });

  test.each([0, 1, 2, 3])("is hidden in base64, %i bytes after the beginning, wrapped or not", (before) => {
    const encoded = Buffer.from(`${"x".repeat(before)}${privateKey}`).toString("base64");
    expect(redact(encoded).replaceAll("[secret]", "").length).toBeLessThan(8);
    const wrapped = encoded.match(/.{1,76}/g) ?? [];
    for (const line of wrapped.slice(0, -1)) expect(redact(line).replaceAll("[secret]", "").length).toBeLessThan(8);
  });

  test("is hidden in pieces", () => {
    const line = keyLines[3] ?? "";
    for (let from = 0; from + 40 <= line.length; from++) {
      expect(redact(`… ${line.slice(from, from + 40)} …`)).toBe("… [secret] …");
    }
  });
});

const secrets = fc.string({ minLength: 8, maxLength: 80, unit: "grapheme" }).filter((text) => text.trim() === text);
const around = fc.string({ maxLength: 30 });

describe("whatever the secret and what stands around it", () => {
  const spellings: readonly (readonly [string, (text: string) => string])[] = [
    ["as it is", (text) => text],
    ["in JSON", (text) => JSON.stringify(text).slice(1, -1)],
    ["in a URL", encodeURIComponent],
    ["in a form", (text) => encodeURIComponent(text).replaceAll("%20", "+")],
    ["in a shell command", (text) => text.replaceAll("'", "'\\''")],
  ];
  test.each(spellings)("it is not seen %s", (_where, spell) => {
    fc.assert(
      fc.property(secrets, around, around, (secret, before, after) => {
        const shown = redactorFor(secret)(`${before}${spell(secret)}${after}`);
        expect(shown).toContain("[secret]");
        expect(shown).not.toContain(spell(secret));
        expect(shown.length).toBeLessThanOrEqual(before.length + after.length + "[secret]".length);
      }),
    );
  });

  test("it is not seen in base64, of which at most the characters at the edges stay", () => {
    fc.assert(
      fc.property(
        secrets,
        fc.uint8Array({ maxLength: 20 }),
        fc.uint8Array({ maxLength: 20 }),
        (secret, before, after) => {
          const alone = redactorFor(secret);
          for (const encoding of ["base64", "base64url"] as const) {
            const encoded = Buffer.concat([before, Buffer.from(secret), after]).toString(encoding);
            const edges = Math.ceil(((before.length + after.length) * 8) / 6) + 6;
            expect(alone(encoded)).toContain("[secret]");
            expect(alone(encoded).replaceAll("[secret]", "").length).toBeLessThanOrEqual(edges);
          }
        },
      ),
    );
  });

  test("none of its lines is seen when they are printed one by one", () => {
    const line = fc.string({ minLength: 12, maxLength: 90 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), around, (lines, before) => {
        const redact = redactorFor(lines.join("\n"));
        for (const each of lines) expect(redact(`${before}${each}`)).not.toContain(each);
      }),
    );
  });

  test("text without it stays as it is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-M]{8,60}$/), { maxLength: 20 }),
        fc.stringMatching(/^[n-z\n ]*$/),
        (all, text) => {
          expect(redactorFor(...all)(text)).toBe(text);
        },
      ),
    );
  });

  test("it is found exactly where a plain search finds it", () => {
    const value = fc.stringMatching(/^[ab]{4,8}$/);
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 4 }),
        fc.stringMatching(/^[ab]{0,40}$/),
        (values, text) => {
          expect(redactorFor(...values)(text)).toBe(searchedPlainly(values, text));
        },
      ),
    );
  });
});

/** Marks every character that belongs to any occurrence, then replaces what hangs together. */
function searchedPlainly(values: readonly string[], text: string): string {
  const regions = [...text].flatMap((_, from) =>
    values.filter((value) => text.startsWith(value, from)).map((value) => ({ from, to: from + value.length })),
  );
  let [result, at, open] = ["", 0, -1];
  for (const { from, to } of regions) {
    if (from >= open) {
      result += `${text.slice(Math.max(at, open), from)}[secret]`;
      at = from;
    }
    open = Math.max(open, to);
  }
  return result + text.slice(Math.max(open, 0));
}

test("secrets that overlap are hidden together", () => {
  expect(redactorFor("abcdefgh", "fghijklm")("-abcdefghijklm-")).toBe("-[secret]-");
});

test("a document is hidden as a whole, but not the public lines in it", () => {
  const redact = ofKind("document", ["apiVersion: kubeadm.k8s.io/v1beta3\nkind: JoinConfiguration\n"]);
  expect(redact("<apiVersion: kubeadm.k8s.io/v1beta3\nkind: JoinConfiguration\n>")).toBe("<[secret]>");
  expect(redact("apiVersion: kubeadm.k8s.io/v1beta3")).toBe("apiVersion: kubeadm.k8s.io/v1beta3");
});
