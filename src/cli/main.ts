import { CommanderError } from "commander";
import { outliveOutput } from "./outlive-output.ts";
import { createProgram } from "./program.ts";

/**
 * Runs the command line and returns the process exit code.
 * @param argv as `process.argv`
 */
export async function main(argv: readonly string[]): Promise<number> {
  outliveOutput();
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    const { reportFailure } = await import("./failure.ts");
    return reportFailure(thrown);
  }
}
