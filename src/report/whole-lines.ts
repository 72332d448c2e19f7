import { createReadStream } from "node:fs";

/** The lines of a file without their ends; what stands behind the last line end is left out, as it was cut off. */
export async function* wholeLines(path: string): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const chunk of createReadStream(path, { encoding: "utf8" })) {
    const [first = "", ...others] = String(chunk).split("\n");
    begun.push(first);
    const last = others.pop();
    if (last === undefined) continue;
    yield begun.join("");
    yield* others;
    begun = [last];
  }
}
