import { expect, test } from "vitest";
import { askInTurn } from "../../../src/ui/spoken/ask-in-turn.ts";
import { back } from "../../../src/ui/spoken/voice.ts";

/** Asks three things, the second of which may need no answer; gives what was asked. */
async function asking(answers: readonly ("answered" | typeof back)[], secondNeeded: boolean) {
  const left = [...answers];
  const asked: string[] = [];
  const ask = (name: string) => async () => {
    asked.push(name);
    return left.shift() ?? "answered";
  };
  const end = await askInTurn([ask("a"), () => (secondNeeded ? ask("b")() : undefined), ask("c")]);
  return { asked: asked.join(""), end };
}

test("one after the other, back to the one before", async () => {
  expect(await asking([], true)).toEqual({ asked: "abc", end: "answered" });
  expect(await asking(["answered", "answered", back], true)).toEqual({ asked: "abcbc", end: "answered" });
});

test("back passes over what needed no answer, and leads out at the first one", async () => {
  expect(await asking(["answered", back, "answered"], false)).toEqual({ asked: "acac", end: "answered" });
  expect(await asking(["answered", back, back], false)).toEqual({ asked: "aca", end: back });
});
