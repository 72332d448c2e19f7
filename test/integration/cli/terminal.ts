import { spawn } from "node:child_process";

/** A program at a terminal of its own, and somebody who reads and types there. */
export interface Terminal {
  /** Waits until the text has come since the last answer. */
  readonly sees: (text: string) => Promise<void>;
  readonly types: (text: string) => void;
  /** Everything that was shown and the exit code, once the program has ended. */
  readonly ended: Promise<{ shown: string; exitCode: number }>;
}

/** Runs a command line in a pseudo-terminal made by script(1). */
export function inTerminal(command: string, env: Readonly<Record<string, string>>): Terminal {
  const variables = { ...process.env, TERM: "xterm", CI: "", ...env };
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], { env: variables });
  let shown = "";
  let from = 0;
  let look = (): void => undefined;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    shown += chunk;
    look();
  });
  const ended = new Promise<{ shown: string; exitCode: number }>((resolve) => {
    child.on("close", (code) => {
      resolve({ shown: shown.replaceAll("\r", ""), exitCode: code ?? -1 });
      look();
    });
  });
  return {
    sees: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (shown.includes(text, from)) resolve();
          else if (child.exitCode !== null) reject(new Error(`It ended without "${text}":\n${shown.slice(from)}`));
        };
        look();
      }),
    types: (text) => {
      from = shown.length;
      child.stdin.write(text);
    },
    ended,
  };
}
