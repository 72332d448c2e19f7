import { checks } from "../../src/steps/preflight/checks.ts";

/** Every preflight check with what it looks at, what it accepts, how bad a failure is and where that comes from. */
export function checkTable(): string {
  const rows = checks.map(
    ({ id, looksAt, limit, severity, source }) =>
      `| \`${id}\` | ${cell(looksAt)} | ${cell(limit)} | ${severity} | [source](${source}) |`,
  );
  return ["| check | looks at | accepts | otherwise | why |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
