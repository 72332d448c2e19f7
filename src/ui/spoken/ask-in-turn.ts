import { back } from "./voice.ts";

type Answer = "answered" | typeof back;

/** Asks one thing after the other, without those that need no answer; back leads to the one before, at the first one out. */
export async function askInTurn(questions: readonly (() => Promise<Answer> | undefined)[]): Promise<Answer> {
  const asked: number[] = [];
  for (let at = 0; ; ) {
    const question = questions[at];
    if (question === undefined) return "answered";
    const answering = question();
    const answer = await answering;
    if (answer === back) {
      const before = asked.pop();
      if (before === undefined) return back;
      at = before;
    } else {
      if (answering !== undefined) asked.push(at);
      at += 1;
    }
  }
}
