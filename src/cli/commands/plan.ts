import { formatError } from "../../report/error-text.ts";
import type { PlanDocument } from "../../report/plan-document.ts";
import { planDot } from "../../report/plan-dot.ts";
import { planJson } from "../../report/plan-json.ts";
import { planText } from "../../report/plan-text.ts";
import { preflightReportLines } from "../../report/preflight-report.ts";
import { presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { foreseePlan } from "../foresee-plan.ts";
import { version } from "../version.ts";

export interface PlanOptions {
  readonly preset?: string;
  readonly destroy?: boolean;
  /** Names of the nodes to look at. */
  readonly nodes?: readonly string[];
  readonly onlyChanges?: boolean;
  readonly output: "text" | "json" | "dot";
}

/**
 * `kube-installer plan`: looks at every node and prints what an install, or a destroy, would change there; changes nothing.
 * The exit code is 0, also when there is much to do; 3, 4, 6 and 1 mean what they mean for an install.
 */
export async function run(options: PlanOptions, context: CommandContext): Promise<number> {
  const { document, end } = await foreseePlan(await presetFrom(options.preset, context), {
    goal: options.destroy === true ? "destroy" : "install",
    ...(options.nodes === undefined ? {} : { only: options.nodes }),
    onPreflight: (report) => {
      for (const line of preflightReportLines(report)) context.inform(line);
    },
    context,
  });
  for (const line of linesOf(document, options)) context.print(line);
  if (end.error !== undefined) context.inform(formatError(end.error));
  return end.exitCode;
}

function linesOf(document: PlanDocument, { output, onlyChanges = false }: PlanOptions): readonly string[] {
  switch (output) {
    case "text":
      return planText(document, { onlyChanges });
    case "json":
      return [planJson(document, version)];
    case "dot":
      return planDot(document);
  }
}
