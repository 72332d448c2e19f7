import { countFindings, type PreflightReport } from "../../engine/findings.ts";
import { jsonLine } from "../../report/json-line.ts";
import { preflightReportLines } from "../../report/preflight-report.ts";
import { runPreflight } from "../../steps/preflight/run.ts";
import { openSession, presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { junitOf, writeJunit } from "../junit-file.ts";

export interface PreflightCommandOptions {
  readonly preset?: string;
  readonly output: "text" | "json" | "junit";
  /** A file that gets the findings as JUnit, whatever is printed. */
  readonly junit?: string;
}

/**
 * `kube-installer preflight`: looks at every node of the preset and prints all findings; changes nothing.
 * The exit code is 0 without errors, 4 when a node could not be used at all, otherwise 3.
 */
export async function run(options: PreflightCommandOptions, context: CommandContext): Promise<number> {
  const session = await openSession(await presetFrom(options.preset, context), context);
  try {
    const { spec, nodes, absent, bundle } = session;
    const { signal } = context;
    const report = await runPreflight({ spec, nodes, absent, ...(bundle === undefined ? {} : { bundle }), signal });
    if (options.junit !== undefined) writeJunit(options.junit, report, context);
    for (const line of linesOf(report, options.output)) context.print(line);
    return absent[0]?.error.exitCode ?? (countFindings(report.findings, "error") > 0 ? 3 : 0);
  } finally {
    await session.close();
  }
}

function linesOf(report: PreflightReport, output: PreflightCommandOptions["output"]): readonly string[] {
  if (output === "json") return [jsonLine(report)];
  return output === "junit" ? [junitOf(report).trimEnd()] : preflightReportLines(report);
}
