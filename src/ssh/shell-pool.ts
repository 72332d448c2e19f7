import { orAbort } from "./or-abort.ts";
import type { SpawnRoot } from "./root.ts";
import { openRootShell, type RootShell } from "./root-shell.ts";

/** The root shells of one machine: as many as commands run at once, up to a limit; idle ones are kept. */
export interface ShellPool {
  /** Lends a shell for the time of `use`. */
  withShell<T>(signal: AbortSignal, use: (shell: RootShell) => Promise<T>): Promise<T>;
  close(): void;
}

/** Makes an empty pool; the first command opens the first shell. */
export function createShellPool(spawnRoot: SpawnRoot, most: number): ShellPool {
  const idle: RootShell[] = [];
  const all = new Set<RootShell>();
  const waiting = new Set<() => void>();
  let open = 0;
  const wakeOne = (): void => {
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    next();
  };
  const takeIdle = (): RootShell | undefined => {
    for (let shell = idle.pop(); shell !== undefined; shell = idle.pop()) {
      if (shell.usable) return shell;
      forget(shell);
    }
    return undefined;
  };
  const forget = (shell: RootShell): void => {
    shell.close();
    if (all.delete(shell)) open -= 1;
  };
  const take = async (signal: AbortSignal): Promise<RootShell> => {
    for (;;) {
      const shell = takeIdle();
      if (shell !== undefined) return shell;
      if (open < most) break;
      let wake = (): void => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      waiting.add(wake);
      await orAbort(woken, signal).finally(() => waiting.delete(wake));
    }
    open += 1;
    try {
      const shell = await openRootShell(spawnRoot, signal);
      all.add(shell);
      return shell;
    } catch (thrown) {
      open -= 1;
      wakeOne();
      throw thrown;
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
    close() {
      for (const shell of all) forget(shell);
      idle.length = 0;
    },
  };
}
