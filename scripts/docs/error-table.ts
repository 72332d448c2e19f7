import { errorCatalogue } from "../../src/engine/error-catalogue.ts";

const headings: Record<number, string> = {
  1: "a step failed",
  2: "preset or usage",
  3: "preflight",
  4: "unreachable or authentication",
  5: "input needed",
  6: "partial",
  7: "locked",
  130: "interrupted",
  143: "terminated",
};

/** Every error code with what it means and what to do, by exit code. */
export function errorTable(): string {
  const entries = Object.entries(errorCatalogue);
  const exitCodes = [...new Set(entries.map(([, { exitCode }]) => exitCode))].sort((left, right) => left - right);
  return exitCodes
    .map((exitCode) => {
      const rows = entries
        .filter(([, entry]) => entry.exitCode === exitCode)
        .map(([code, { meaning, next }]) => `| \`${code}\` | ${cell(meaning)} | ${cell(next)} |`);
      const heading = headings[exitCode];
      if (heading === undefined) throw new Error(`exit code ${exitCode} has no heading`);
      return [
        `## Exit code ${exitCode}: ${heading}`,
        "",
        "| code | what happened | what to do |",
        "| --- | --- | --- |",
        ...rows,
      ].join("\n");
    })
    .join("\n\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
