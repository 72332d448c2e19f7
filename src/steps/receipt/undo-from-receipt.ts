import { differs, satisfied, type Undo } from "../../engine/step.ts";
import { type Command, sh } from "../../ssh/shell.ts";
import type { Action, Observation } from "../context.ts";
import { restoreFiles } from "./keep-files.ts";
import { recordOf } from "./paths.ts";

export interface Restoration {
  readonly title: string;
  /** Why an operator should think twice. */
  readonly danger?: string;
  /** Runs before the files are put back, the step's own files still in place. */
  readonly before?: Command;
  /** Runs after the files are put back. */
  readonly after?: Command;
}

/**
 * The undo of a step that kept a record: puts its files back and removes the record at the very end, so that an undo
 * that was cut short is repeated as a whole. A node without the record was not changed by the step and is left alone.
 */
export function undoFromReceipt(
  stepId: string,
  { title, danger, before, after }: Restoration,
): Undo<Observation, Action> {
  const record = recordOf(stepId);
  return {
    title,
    check: async ({ node }) => {
      const { stdout } = await node.read(sh`[ ! -d ${record} ] || echo kept`);
      return stdout === "" ? satisfied("as it was found") : differs("the receipt holds what to restore", { danger });
    },
    apply: async ({ node }) => {
      await node.change(
        title.toLowerCase(),
        sh`${sequence([before, restoreFiles(stepId), after])}
rm -rf ${record}`,
      );
    },
  };
}

/** Each command in a shell of its own; the first that fails ends it all. */
function sequence(commands: readonly (Command | undefined)[]): Command {
  const parts = commands.flatMap((command) =>
    command === undefined
      ? []
      : [
          sh`( ${command}
) || exit
`,
        ],
  );
  return sh`${parts}`;
}
