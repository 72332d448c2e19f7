import fc from "fast-check";
import { InstallerError } from "../../../src/engine/errors.ts";

/** How often each fuzz test tries; `npm run fuzz` asks for 100,000. */
export const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 1000);

if (process.env.FUZZ_SEED !== undefined) fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED) });

const garbage = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    "\0",
    "\n",
    "\r",
    "\u001e",
    "{",
    "}",
    "[",
    '"',
    "null",
    "-1",
    "1e999",
    "__proto__",
    "\ufeff",
    "=",
    " ",
  ),
);

/** A valid text with a few pieces cut out, doubled, moved or replaced by garbage. */
export function damaged(text: string): fc.Arbitrary<string> {
  const damage = fc.record({ at: fc.nat(text.length), length: fc.nat({ max: 60 }), twice: fc.boolean(), garbage });
  return fc.array(damage, { minLength: 1, maxLength: 4 }).map((damages) =>
    damages.reduce((all, { at, length, twice, garbage: put }) => {
      const piece = all.slice(at, at + length);
      return `${all.slice(0, at)}${twice ? piece + piece : ""}${put}${all.slice(at + length)}`;
    }, text),
  );
}

/** A damaged valid text or, now and then, any text at all. */
export function untrusted(text: string): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: damaged(text) }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) });
}

/** What a parser answers: its value, or an error for the operator. A crash is neither, and fails the test. */
export function answerOf<T>(parse: () => T): T | InstallerError {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof InstallerError && thrown.code !== "bug") return thrown;
    throw thrown;
  }
}
