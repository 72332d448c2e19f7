/** One thing wrong with a file the operator wrote, with the place to look at. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly file: string;
  /** Line and column count from 1; a column is one character. */
  readonly line: number;
  readonly column: number;
  /** Where in the document, e.g. `spec.topology.static.nodes[1].address`; empty when it is about the file as a whole. */
  readonly path: string;
  /** What is wrong and what was found, as a sentence without a full stop. */
  readonly message: string;
  /** What would be accepted instead. */
  readonly allowed?: string;
  /** What to do, most often `did you mean …?`. */
  readonly hint?: string;
  /** The line it stands on, made safe to print, and the part of it to underline. */
  readonly excerpt?: { readonly text: string; readonly from: number; readonly length: number };
}

/**
 * Prints a problem as compilers do: `file:line:column: error: path: message`, the line with the place underlined, then
 * what is allowed and what to do.
 */
export function formatProblem(problem: Problem): string {
  const { severity, file, line, column, path, message, excerpt, allowed, hint } = problem;
  const number = String(line);
  const margin = " ".repeat(number.length + 1);
  const lines = [`${file}:${line}:${column}: ${severity}: ${path === "" ? "" : `${path}: `}${message}`];
  if (excerpt !== undefined) {
    const before = excerpt.text.slice(0, excerpt.from).replaceAll(/[^\t]/g, " ");
    lines.push(` ${number} | ${excerpt.text}`, ` ${margin}| ${before}${"^".repeat(Math.max(1, excerpt.length))}`);
  }
  if (hint !== undefined) lines.push(` ${margin}= ${hint}`);
  if (allowed !== undefined) lines.push(` ${margin}= allowed: ${allowed}`);
  return lines.join("\n");
}

/** `3 errors, 1 warning`: how many there are of each. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const counted = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`]);
  return [...counted(errors, "error"), ...counted(warnings, "warning")].join(", ") || "no problems";
}
