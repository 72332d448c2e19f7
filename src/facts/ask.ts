import { type Command, sh } from "../ssh/shell.ts";
import type { SectionName } from "./sections.ts";

/** What the node answered to a question; empty when it failed or was not reached. */
export type Answer = (name: SectionName) => string;

const separator = "\u001e";

/**
 * Joins questions into one script whose answers can be told apart: each one begins with a record separator and its name.
 * A question that fails leaves an empty answer, and nothing it prints on stderr counts.
 */
export function askAll(questions: Readonly<Record<string, Command>>): Command {
  const parts = Object.entries(questions).map(
    ([name, question]) => sh`printf '\\036%s\\n' ${name}
( ${question}
) 2>/dev/null
`,
  );
  return sh`LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export LC_ALL PATH
${parts}
exit 0`;
}

/** The answers by name; a name that was not reached is absent. */
export function splitAnswers(output: string): ReadonlyMap<string, string> {
  const answers = output.split(separator).slice(1);
  return new Map(
    answers.map((answer) => {
      const end = answer.indexOf("\n");
      return end < 0 ? [answer, ""] : [answer.slice(0, end), answer.slice(end + 1)];
    }),
  );
}
