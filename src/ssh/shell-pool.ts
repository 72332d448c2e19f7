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

/** Milliseconds all shells must be busy with the same commands before a further one is opened. */
const worthOpening = 250;

/**
 * Makes an empty pool; the first command opens the first shell, and further ones are opened when commands take long.
 * A server that grants fewer shells lowers the limit.
 */
export function createShellPool(spawnRoot: SpawnGrouped, most: number): ShellPool {
  const idle: RootShell[] = [];
  const all = new Set<RootShell>();
  const waiting = new Set<() => void>();
  let limit = most;
  let open = 0;
  let opening = false;
  let lastLent = 0;

  const wakeOne = (): void => {
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    next();
  };
  /** Waits until a shell is free, or for as long as opening one takes. */
  const turn = async (signal: AbortSignal): Promise<void> => {
    let wake = (): void => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const timer = setTimeout(wake, worthOpening);
    waiting.add(wake);
    await orAbort(woken, signal).finally(() => {
      clearTimeout(timer);
      waiting.delete(wake);
    });
  };
  const allBusyForLong = (): boolean => Date.now() - lastLent >= worthOpening;
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
    opening = true;
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
    } finally {
      opening = false;
    }
  };
  const take = async (signal: AbortSignal): Promise<RootShell> => {
    for (;;) {
      signal.throwIfAborted();
      const idleShell = takeIdle();
      if (idleShell !== undefined) return idleShell;
      if (open === 0 || (allBusyForLong() && !opening && open < limit)) {
        const shell = await openAnother(signal);
        if (shell !== undefined) return shell;
      }
      await turn(signal);
    }
  };
  return {
    async withShell(signal, use) {
      const shell = await take(signal);
      lastLent = Date.now();
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
