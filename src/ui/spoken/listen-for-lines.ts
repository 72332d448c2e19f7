import { back, sayAll, untilLeft, type Voice } from "./voice.ts";

/**
 * Takes line after line, typed or pasted, after those that are there already, until one says `end`. `back` takes the
 * last line back; without any line it leaves.
 */
export async function listenForLines(
  voice: Voice,
  before: readonly string[],
  help: readonly string[],
): Promise<readonly string[] | typeof back> {
  const lines = [...before];
  let left = false;
  const take = (line: string): boolean => {
    switch (line.trim()) {
      case "end":
        return false;
      case "?":
        sayAll(voice, [...help, "end ends the list; back takes the last line back, without one it leaves."]);
        return true;
      case "back":
        left = lines.length === 0;
        if (!left) voice.print(`Taken back: ${lines.pop()}`);
        return !left;
      case "":
        if (lines.at(-1)?.trim() === "")
          voice.print("An empty line changes nothing. Say end when the list is complete.");
    }
    lines.push(line);
    return true;
  };
  await untilLeft(voice, () => voice.askLines(() => `Line ${lines.length + 1}: `, take, voice.signal));
  return left ? back : lines;
}
