/**
 * A line in which the runner of GitHub Actions finds no command, whatever a machine printed; it reads both outputs of a
 * job, looks past blanks at the beginning of a line, and for `##[` also within.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function harmlessLine(line: string): string {
  const safe = line.replaceAll("##[", "## [");
  return safe.trimStart().startsWith("::") ? `.${safe}` : safe;
}

/** Text for people in which no machine gives the runner commands, when this is a job of GitHub Actions. */
export function harmlessText(text: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.GITHUB_ACTIONS === "true" ? text.split("\n").map(harmlessLine).join("\n") : text;
}
