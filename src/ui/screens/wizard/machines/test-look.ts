import type { Meaning } from "../../../theme/colours.ts";
import type { SymbolName } from "../../../theme/symbols.ts";
import type { MachineTest } from "../../../wizard/machines/machine-tests.ts";
import { memoryText } from "../../../wizard/machines/test-in-words.ts";

export interface TestLook {
  readonly as: Meaning;
  readonly symbol: SymbolName;
  /** For a line of the list. */
  readonly short: string;
}

/** How what is known of a connection is shown. */
export function testLook(test: MachineTest): TestLook {
  switch (test.state) {
    case "waiting":
      return { as: "muted", symbol: "waiting", short: "waits" };
    case "testing":
      return { as: "running", symbol: "running", short: "testing" };
    case "fine":
      return {
        as: "ok",
        symbol: "ok",
        short: `${shortOs(test.os)}, ${test.cpus} CPU, ${memoryText(test.memoryBytes)}`,
      };
    case "failed":
      return { as: "danger", symbol: "failed", short: test.message };
  }
}

/** `Debian GNU/Linux 12 (bookworm)` gives `Debian 12`. */
function shortOs(prettyName: string): string {
  return prettyName.replace(/ GNU\/Linux/, "").replace(/ \(.*\)$/, "");
}
