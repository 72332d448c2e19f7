import type { Command } from "commander";
import { printableText } from "../engine/printable.ts";
import { harmlessText } from "../report/harmless-line.ts";
import type { CommandContext, CommandHandler } from "./command-context.ts";
import { isInteractive } from "./interactive.ts";
import { listenForInterruption } from "./interruption.ts";
import { mergedOptions } from "./merged-options.ts";
import { limitsAmong } from "./options.ts";
import { togetherTo } from "./write-together.ts";

/** Makes a command's action out of a handler that is loaded when the command runs. */
export type Runner = ReturnType<typeof runner>;

/** Wraps a lazily loaded handler: signals, output streams, exit code. */
export function runner(finish: (exitCode: number) => void) {
  return <Options extends object>(load: () => Promise<CommandHandler<Options>>) =>
    async (...args: unknown[]): Promise<void> => {
      const command = args.at(-1) as Command;
      const named = command.registeredArguments.map((argument, index) => [argument.name(), args[index]] as const);
      const options = { ...mergedOptions(command), ...Object.fromEntries(named) } as Options;
      const inform = (line: string) => void process.stderr.write(`${harmlessText(printableText(line))}\n`);
      const writeTogether = togetherTo(process.stdout);
      const interruption = listenForInterruption(inform);
      const context: CommandContext = {
        signal: interruption.signal,
        stop: interruption.stop,
        interactive: isInteractive("nonInteractive" in options && options.nonInteractive === true),
        limits: limitsAmong(options),
        print: (line) => writeTogether(`${printableText(line)}\n`),
        inform,
      };
      try {
        const handler = await load();
        const exitCode = await handler(options, context);
        finish(interruption.exitCode() ?? exitCode);
      } catch (thrown) {
        const code = interruption.exitCode();
        if (code === undefined) throw thrown;
        const { reportFailure } = await import("./failure.ts");
        reportFailure(thrown);
        finish(code);
      } finally {
        interruption.dispose();
      }
    };
}
