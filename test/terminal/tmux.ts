import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const variables = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/", LANG: "C.UTF-8" };

/** A tmux server of its own, so that a test meets nobody else's windows, settings or environment. */
export function tmuxServer() {
  const folder = mkdtempSync(join(tmpdir(), "kube-installer-terminal-"));
  const socket = join(folder, "tmux");
  const tmux = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await execute("tmux", ["-u", "-S", socket, "-f", "/dev/null", ...args], {
      env: variables,
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout;
  };
  return {
    folder,
    tmux,
    /** Ends everything that runs in it. */
    close: async (): Promise<void> => {
      await tmux("kill-server").catch((thrown: unknown) => {
        if (!(thrown instanceof Error && /no server running|error connecting/.test(thrown.message))) throw thrown;
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TmuxServer = ReturnType<typeof tmuxServer>;
