import { isIP } from "node:net";
import { type Imported, type MachineTexts, machineFrom, roleOf, sortedOut, type TextLine } from "./import-parts.ts";

type Column = keyof MachineTexts;

const columnNames: Readonly<Record<string, Column>> = {
  name: "name",
  hostname: "name",
  node: "name",
  address: "address",
  ip: "address",
  host: "address",
  "ansible-host": "address",
  internaladdress: "internalAddress",
  "internal-address": "internalAddress",
  "internal-ip": "internalAddress",
  roles: "roles",
  role: "roles",
  user: "user",
  port: "port",
  labels: "labels",
};

/** What tables have their cells apart with; undefined for what is no table. */
export function separatorOf(lines: readonly TextLine[]): "," | ";" | undefined {
  const first = lines[0]?.text ?? "";
  return ([",", ";"] as const).find((separator) => first.includes(separator));
}

/**
 * A table in CSV, with names of columns in its first line or with name, address, roles, user, port and labels.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function importCsv(lines: readonly TextLine[], separator: "," | ";"): Imported {
  const [first] = lines;
  const header = first === undefined ? undefined : headerOf(cellsOf(first.text, separator) ?? []);
  return sortedOut(
    lines.slice(header === undefined ? 0 : 1).map(({ number, text }) => {
      const cells = cellsOf(text, separator);
      if (cells === undefined) return { line: number, reason: "a quotation mark is not closed" };
      const columns = header ?? usualColumns(cells);
      if (cells.slice(columns.length).some((cell) => cell !== ""))
        return { line: number, reason: `there are ${cells.length} cells for ${columns.length} columns` };
      const value = (column: Column) => cells[columns.indexOf(column)] ?? "";
      const roles = value("roles")
        .split(/[\s+|/;,]+/)
        .filter((role) => role !== "");
      const { name, address, internalAddress, user, port, labels } = {
        name: value("name"),
        address: value("address"),
        internalAddress: value("internalAddress"),
        user: value("user"),
        port: value("port"),
        labels: value("labels"),
      };
      return machineFrom({ name, address, internalAddress, roles, user, port, labels }, number);
    }),
  );
}

function headerOf(cells: readonly string[]): readonly (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => {
    const key = cell.toLowerCase().replaceAll(/[\s_]+/g, "-");
    return Object.hasOwn(columnNames, key) ? columnNames[key] : undefined;
  });
  return columns.includes("address") ? columns : undefined;
}

function usualColumns([first = "", second = ""]: readonly string[]): readonly Column[] {
  const rest: readonly Column[] = ["roles", "user", "port", "labels"];
  if (isIP(first) === 0) return ["name", "address", ...rest];
  const isRole = second === "" || second.split(/[\s+|/]+/).every((word) => roleOf(word) !== undefined);
  return isRole ? ["address", ...rest] : ["address", "name", ...rest];
}

/** The cells of one line; undefined when a quotation mark is not closed. */
function cellsOf(line: string, separator: string): readonly string[] | undefined {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (quoted && sign === '"' && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (quoted || cell.trim() === "")) {
      quoted = !quoted;
    } else if (sign === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += sign;
    }
  }
  return quoted ? undefined : [...cells, cell.trim()];
}
