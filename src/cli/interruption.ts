import { setMaxListeners } from "node:events";

/** The two ways a run is cut short, as signals for everything that runs. */
export interface Interruption {
  readonly stop: AbortSignal;
  readonly signal: AbortSignal;
  /** 130, 143 or 129 when a process signal came, else undefined. */
  exitCode(): number | undefined;
  dispose(): void;
}

/** How long ending may take before the process leaves; what runs on nodes ends there when its connection closes. */
const patience = 1800;

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Listens for Ctrl-C (once: stop after the running steps, twice: abort), SIGTERM and SIGHUP (abort). */
export function listenForInterruption(inform: (line: string) => void): Interruption {
  const stop = new AbortController();
  const abort = new AbortController();
  setMaxListeners(0, stop.signal, abort.signal);
  let code: number | undefined;
  const onSignal = (name: keyof typeof exitCodes) => {
    code = exitCodes[name];
    if (name === "SIGINT" && !stop.signal.aborted) {
      inform("Stopping after the running steps; press Ctrl-C again to abort at once.");
      stop.abort(new DOMException("Interrupted by Ctrl-C.", "AbortError"));
      return;
    }
    setTimeout(() => {
      inform("Not everything had ended in time; what runs on nodes ends as the connections close.");
      inform("A lock that was not given up is taken over by the next run, which says so.");
      process.exit(code);
    }, patience).unref();
    stop.abort(new DOMException(`Ended by ${name}.`, "AbortError"));
    abort.abort(new DOMException(`Ended by ${name}.`, "AbortError"));
  };
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  for (const name of names) process.on(name, onSignal);
  return {
    stop: stop.signal,
    signal: abort.signal,
    exitCode: () => code,
    dispose: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
