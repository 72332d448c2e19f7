import type { Answer } from "../ask.ts";
import type { Facts, FileSystem } from "../facts.ts";
import { linesOf } from "./text.ts";

/** How full the file systems are below the directories that grow. */
export function parseStorage(answer: Answer): Pick<Facts, "freeBytes" | "fileSystems"> {
  const entries = linesOf(answer("file-systems")).flatMap((line): [string, FileSystem][] => {
    const [, directory = "", type = "", total = "", free = "", mountPoint = ""] =
      /^(\S+) .+? (\S+) +(\d+) +\d+ +(\d+) +\d+% (.*)$/.exec(line) ?? [];
    if (directory === "") return [];
    return [[directory, { mountPoint, type, totalBytes: Number(total) * 1024, freeBytes: Number(free) * 1024 }]];
  });
  return {
    fileSystems: Object.fromEntries(entries),
    freeBytes: Object.fromEntries(entries.map(([directory, { freeBytes }]) => [directory, freeBytes])),
  };
}
