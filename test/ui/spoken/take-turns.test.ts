import { expect, test } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import type { Question } from "../../../src/ui/app/questions.ts";
import { takeTurns } from "../../../src/ui/spoken/take-turns.ts";

const trust = (host: string): Question => ({
  title: `Trust ${host}?`,
  lines: [],
  danger: true,
  choices: [
    { value: "no", label: "No" },
    { value: "yes", label: "Yes" },
  ],
  safe: "no",
});

/** Somebody who answers when the test says so. */
function slowPerson() {
  const said: string[] = [];
  const waiting: { answer: (line: string) => void; leave: () => void }[] = [];
  const ask = (question: string, signal: AbortSignal) =>
    new Promise<readonly string[]>((resolve, reject) => {
      said.push(question);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      waiting.push({
        answer: (line) => resolve([line]),
        leave: () => reject(new InstallerError("interrupted", { message: "Left." })),
      });
    });
  const { signal } = new AbortController();
  const print = (line: string) => void said.push(line);
  const next = async () => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    const asked = waiting.shift();
    if (asked === undefined) throw new Error("Nothing was asked.");
    return asked;
  };
  return {
    said,
    next,
    voice: { ask, askLines: async () => undefined, hearCtrlC: () => () => undefined, print, signal, stop: signal },
  };
}

const never = new AbortController().signal;

test("questions come one after the other, and what is said meanwhile after the answer", async () => {
  const { said, next, voice } = slowPerson();
  const turns = takeTurns(voice);
  const answers = [turns.ask(trust("cp-1"), never), turns.ask(trust("w-1"), never)];
  const first = await next();
  turns.print("w-2: Logged in");
  expect(turns.asking()).toBe(true);
  expect(said).toEqual(["Trust cp-1?", "  1  No", "  2  Yes", "Number [1]: "]);
  first.answer("2");
  (await next()).answer("");
  expect(await Promise.all(answers)).toEqual(["yes", "no"]);
  expect(said.slice(4)).toEqual(["w-2: Logged in", "Trust w-1?", "  1  No", "  2  Yes", "Number [1]: "]);
  expect(turns.asking()).toBe(false);
});

test("a question that nobody waits for any more is withdrawn, and the next one is asked", async () => {
  const { said, next, voice } = slowPerson();
  const turns = takeTurns(voice);
  const gone = new AbortController();
  const withdrawn = turns.ask(trust("cp-1"), gone.signal);
  const answered = turns.ask(trust("w-1"), never);
  await next();
  gone.abort(new Error("The connection was closed."));
  await expect(withdrawn).rejects.toThrow("The connection was closed.");
  expect(said).toContain("Nobody waits for the answer any more.");
  (await next()).answer("2");
  expect(await answered).toBe("yes");
});

test("who leaves at a question is reported; who only pressed Ctrl-C is asked again", async () => {
  const { said, next, voice } = slowPerson();
  const left: InstallerError[] = [];
  const turns = takeTurns(voice, (thrown) => left.push(thrown));
  const answer = turns.ask(trust("cp-1"), never);
  (await next()).leave();
  (await next()).answer("no");
  expect(left).toEqual([]);
  (await next()).leave();
  (await next()).answer("yes");
  await expect(answer).rejects.toMatchObject({ code: "interrupted" });
  expect(left).toHaveLength(1);
  expect(said.filter((line) => line.startsWith("Leave?"))).toHaveLength(2);
});
