import { type KeyDescription, listKeys } from "./list-keys.ts";

/** Every key as a Markdown table, for the documentation. */
export function keyTable(): string {
  const rows = listKeys().map((key) => [
    `\`${key.path}\``,
    key.type,
    key.required ? "required" : (key.default ?? ""),
    key.allowed ?? "",
    meaning(key),
  ]);
  const header = ["key", "type", "default", "allowed", "what it is for"];
  return [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(" | ")} |`)
    .join("\n");
}

function meaning({ description, sameAs }: KeyDescription): string {
  return sameAs === undefined ? description : `${description} Takes the keys of \`${sameAs}\`.`;
}

function escapeCell(cell: string): string {
  return cell.replaceAll("|", "\\|");
}
