import { githubActions } from "./github-actions.ts";
import { plainLines } from "./plain-lines.ts";
import type { Reporter } from "./reporter.ts";

export interface LinesOptions {
  readonly write: (line: string) => void;
  readonly verbose?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Lines for people, in the form the place they are read at understands: a job of GitHub Actions or anything else. */
export function linesForPlace({ write, verbose = false, env = process.env }: LinesOptions): Reporter {
  if (env.GITHUB_ACTIONS !== "true") return plainLines({ write, verbose });
  return githubActions({ write, summaryFile: env.GITHUB_STEP_SUMMARY });
}
