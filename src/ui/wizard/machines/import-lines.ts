import { isIP } from "node:net";
import { type Imported, machineFrom, roleOf, sortedOut, type TextLine } from "./import-parts.ts";

/** Lines of `address`, `address role…`, or `name address role…`. */
export function importLines(lines: readonly TextLine[]): Imported {
  return sortedOut(
    lines.map(({ number, text }) => {
      const words = text.split(/[\s,]+/).filter((word) => word !== "");
      const [first = "", second, ...rest] = words;
      if (second === undefined) return machineFrom({ address: first }, number);
      const addressFirst =
        isIP(first) !== 0 || first.includes("@") || (roleOf(second) !== undefined && isIP(second) === 0);
      return addressFirst
        ? machineFrom({ address: first, roles: [second, ...rest] }, number)
        : machineFrom({ name: first, address: second, roles: rest }, number);
    }),
  );
}
