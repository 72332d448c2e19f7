import { isIP } from "node:net";
import { checkAddress } from "../../../preset/formats.ts";
import { type Imported, machineFrom, roleOf, sortedOut, type TextLine } from "./import-parts.ts";

/** Whether every line is an address with names behind it, none of which says what the machine is for. */
export function looksLikeHosts(lines: readonly TextLine[]): boolean {
  return lines.every(({ text }) => {
    const [address = "", name] = wordsOf(text);
    return isIP(address) !== 0 && name !== undefined && roleOf(name) === undefined;
  });
}

/** Lines of /etc/hosts: an address and its names, the first of which counts. @see https://man7.org/linux/man-pages/man5/hosts.5.html */
export function importHosts(lines: readonly TextLine[]): Imported {
  return sortedOut(
    lines.map(({ number, text }) => {
      const [address = "", name] = wordsOf(text);
      const unusable = checkAddress(address);
      if (unusable !== undefined) return { line: number, reason: unusable.message };
      return machineFrom({ address, ...(name === undefined ? {} : { name }) }, number);
    }),
  );
}

function wordsOf(text: string): string[] {
  return text.replace(/#.*$/, "").trim().split(/\s+/);
}
