import { toInstallerError } from "../engine/errors.ts";
import { orAbort } from "./or-abort.ts";
import type { SpawnGrouped } from "./process-group.ts";
import { openRootShell, type RootShell } from "./root-shell.ts";

/** The root shells of one machine: as many as commands run at once, up to a limit; idle ones are kept. */
export interface ShellPool {
  /** Lends a shell for the time of `use`. */
  withShell<T>(signal: AbortSignal, use: (shell: RootShell) => Promise<T>): Promise<T>;
  /** Closes the shells nobody uses, to give their channels back to the server. */
  closeIdle(): void;
  close(): void;
}

/** Makes an empty pool; the first command opens the first shell. A server that grants fewer shells lowers the limit. */
export function createShellPool(spawnRoot: SpawnGrouped, most: number): ShellPool {
  const idle: RootShell[] = [];
  const all = new Set<RootShell>();
  const waiting = new Set<() => void>();
  let limit = most;
  let open = 0;

  const wakeOne = (): void => {
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    next();
  };
  const turn = async (signal: AbortSignal): Promise<void> => {
    let wake = (): void => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    waiting.add(wake);
    await orAbort(woken, signal).finally(() => waiting.delete(wake));
  };
  const forget = (shell: RootShell): void => {
    shell.close();
    if (all.delete(shell)) open -= 1;
  };
  const takeIdle = (): RootShell | undefined => {
    for (let shell = idle.pop(); shell !== undefined; shell = idle.pop()) {
      if (shell.usable) return shell;
      forget(shell);
    }
    return undefined;
  };
  const openAnother = async (signal: AbortSignal): Promise<RootShell | undefined> => {
    const besides = open;
    open += 1;
    try {
      const shell = await openRootShell(spawnRoot, { signal, impatient: besides > 0 });
      all.add(shell);
      return shell;
    } catch (thrown) {
      open -= 1;
      wakeOne();
      if (besides === 0 || open === 0 || toInstallerError(thrown).code !== "no-channel") throw thrown;
      limit = open;
      return undefined;
    }
  };
  const take = async (signal: AbortSignal): Promise<RootShell> => {
    for (;;) {
      signal.throwIfAborted();
      const shell = takeIdle() ?? (open < limit ? await openAnother(signal) : await turn(signal));
      if (shell !== undefined) return shell;
    }
  };
  return {
    async withShell(signal, use) {
      const shell = await take(signal);
      try {
        return await use(shell);
      } finally {
        if (shell.usable) idle.push(shell);
        else forget(shell);
        wakeOne();
      }
    },
    closeIdle() {
      for (let shell = idle.pop(); shell !== undefined; shell = idle.pop()) forget(shell);
    },
    close() {
      for (const shell of all) forget(shell);
      idle.length = 0;
    },
  };
}
