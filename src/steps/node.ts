import { type Observed, until } from "../engine/time.ts";
import type { Facts } from "../facts/facts.ts";
import type { Host } from "../ssh/host.ts";
import type { Semaphore } from "../ssh/semaphore.ts";
import type { Machine } from "../topology/machine.ts";
import type { ChangeableNode, CommandOptions } from "./context.ts";
import { withTimeToCleanUp } from "./time-to-clean-up.ts";

/** A machine with an open connection and what was observed on it. */
export interface ConnectedNode {
  readonly machine: Machine;
  readonly host: Host;
  readonly facts: Facts;
}

export interface StepBinding {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** The run's places for large files on their way; every step of every node shares them. */
  readonly uploadPlaces: Semaphore;
}

/** The node as one step sees it: every command ends with the step's signal, its output goes into the step's log. */
export function nodeForStep(
  { machine, host, facts }: ConnectedNode,
  { signal, log, uploadPlaces }: StepBinding,
): ChangeableNode {
  const transfer = async <T>(what: string, send: () => Promise<T>): Promise<T> => {
    const release = await uploadPlaces.acquire(signal);
    try {
      log(what);
      return await send();
    } finally {
      release();
    }
  };
  return {
    machine,
    facts,
    name: machine.name,
    read: (command, options: CommandOptions = {}) => host.read(command, { ...options, signal }),
    readFile: (path) => host.readFile(path, { signal }),
    change: (what, command, { evenWhenEnded = false, ...options }: CommandOptions = {}) => {
      log(what);
      const perform = (until: AbortSignal) =>
        host.run(command, { ...options, signal: until, onLine: (line) => log(line) });
      return evenWhenEnded ? withTimeToCleanUp(signal, perform) : perform(signal);
    },
    feed: (what, localPath, sha256, command) =>
      transfer(what, () => host.feed(localPath, command, { sha256, signal, onLine: (line) => log(line) })),
    writeFile: (path, content, options = {}) => {
      log(`write ${path}`);
      return host.writeFile(path, content, { ...options, signal });
    },
    upload: (localPath, path, options = {}) =>
      transfer(`upload ${path}`, () => host.upload(localPath, path, { ...options, signal })),
  };
}

/** The waiting function of a step's context: tells in the log what it waits for. */
export function waitInStep({ signal, log }: { signal: AbortSignal; log: (line: string) => void }) {
  return async <T>(what: string, deadline: number, look: () => Promise<Observed<T>>): Promise<T> => {
    log(`wait for ${what}`);
    return until(what, look, { signal, deadline });
  };
}
