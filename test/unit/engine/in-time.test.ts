import { expect, test } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import { inTime } from "../../../src/engine/in-time.ts";

const never = new AbortController().signal;
const tooLate = (cause: unknown) => new InstallerError("unreachable", { message: "cp-1 says nothing", cause });

/** Work that ends only when it is told to. */
const waiting = (signal: AbortSignal): Promise<string> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });

test("gives what the work gives", async () => {
  await expect(inTime({ signal: never, patience: 10_000, tooLate }, async () => "done")).resolves.toBe("done");
});

test("throws what the work throws as long as there is time", async () => {
  const broken = new Error("broken");
  await expect(inTime({ signal: never, patience: 10_000, tooLate }, () => Promise.reject(broken))).rejects.toBe(broken);
});

test("says what did not answer when the time is over", async () => {
  const late = inTime({ signal: never, patience: 10, tooLate }, waiting);
  await expect(late).rejects.toMatchObject({ code: "unreachable", message: "cp-1 says nothing" });
});

test("says that it was ended when it was ended from outside", async () => {
  const outside = new AbortController();
  const ended = inTime({ signal: outside.signal, patience: 10_000, tooLate }, waiting);
  outside.abort(new Error("no more"));
  await expect(ended).rejects.toThrow("no more");
});
