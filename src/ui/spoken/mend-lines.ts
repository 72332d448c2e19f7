import type { ImportProblem } from "../wizard/machines/import-parts.ts";
import { back, listen, type Voice } from "./voice.ts";

const help = [
  "Say the whole line as it should be; Enter alone leaves it as it is.",
  "A dash alone takes it out of the list, back leaves the rest as it is.",
];

/** Asks for the lines that were not understood once more, one after the other; gives all lines. */
export async function mendLines(
  voice: Voice,
  lines: readonly string[],
  problems: readonly ImportProblem[],
): Promise<readonly string[]> {
  const mended = [...lines];
  const asked = new Map(problems.map(({ line, reason }) => [line, reason]));
  for (const [number, reason] of asked) {
    const before = lines[number - 1] ?? "";
    if (asked.size > 1) voice.print(`Line ${number}: ${reason}`);
    const said = await listen(voice, `Line ${number} [${before.trim()}]: `, { help });
    if (said === back) return mended;
    if (said !== "") mended[number - 1] = said === "-" ? "" : `${/^\s*/.exec(before)?.[0] ?? ""}${said}`;
  }
  return mended;
}
