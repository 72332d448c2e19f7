import type { ClusterWish } from "../preset/cluster-spec.ts";
import { countsInWords } from "../report/event-lines.ts";
import type { Reporter } from "../report/reporter.ts";
import type { CommandEnd } from "./reporters.ts";
import { type TakeAwayOptions, takeAway } from "./take-away.ts";

/**
 * Takes away what an interrupted run made, so that an install begins with nodes as they were found. Its run is recorded
 * as a destroy of its own; in the output it is a part of the install, whose summary is the only one.
 */
export async function startOver(spec: ClusterWish, options: TakeAwayOptions): Promise<CommandEnd> {
  return takeAway(spec, { ...options, reporter: withoutGoodEnd(options.reporter) });
}

function withoutGoodEnd(reporter: Reporter): Reporter {
  return {
    emit: (event) => {
      if (event.type !== "run-finished" || event.outcome !== "ok") return reporter.emit(event);
      const message = `The nodes are as they were found (${countsInWords(event.counts)}); now the install.`;
      reporter.emit({ type: "diagnostic", level: "info", message });
    },
    end: () => undefined,
  };
}
