import { InstallerError } from "../../engine/errors.ts";
import { seconds } from "../../engine/time.ts";
import type { AppModel } from "../app/app-model.tsx";
import { countOf } from "../state/count-of.ts";
import {
  type MachineTest,
  type MachineTestsAction,
  testMachines,
  testsInWords,
} from "../wizard/machines/machine-tests.ts";
import { loginKey, machinesOf, sharedLoginOf } from "../wizard/machines/machines.ts";
import { machinesToTest } from "../wizard/machines/machines-to-test.ts";
import { testInWords } from "../wizard/machines/test-in-words.ts";
import { machineName } from "./machine-aloud.ts";
import { takeTurns } from "./take-turns.ts";
import type { Voice } from "./voice.ts";

/** How long nothing may be heard before the machines that are waited for are named. */
const silence = seconds(10);

/**
 * Logs in to machines and says of each what was found, as it is found; unknown host keys are asked about.
 * @throws InstallerError `interrupted` when the person leaves meanwhile
 */
export async function speakTests(voice: Voice, app: AppModel, indices: readonly number[]): Promise<void> {
  const { machineTests, wizard } = app;
  const { draft } = wizard.get();
  const shared = sharedLoginOf(draft);
  const round = new AbortController();
  let left: InstallerError | undefined;
  const turns = takeTurns(voice, (thrown) => {
    left = thrown;
    round.abort();
  });
  const machines = machinesToTest(app, indices, turns.ask);
  if (machines.size === 0) return voice.print("There is no address to log in to yet.");
  const all = machinesOf(draft);
  const names = new Map(
    indices.flatMap((at) => (all[at] === undefined ? [] : [[loginKey(all[at], shared), machineName(all[at])]])),
  );
  const nameOf = (key: string) => names.get(key) ?? "the machine";
  let spoke = Date.now();
  const tell = (action: MachineTestsAction): void => {
    machineTests.dispatch(action);
    if (action.type !== "learned" || (action.test.state !== "fine" && action.test.state !== "failed")) return;
    spoke = Date.now();
    const [first = "", ...more] = testInWords(action.test);
    for (const key of action.keys) turns.print(`${nameOf(key)}: ${first}`);
    for (const line of more) turns.print(`  ${line}`);
  };
  const underWay = () => [...machines.keys()].filter((key) => machineTests.get().get(key)?.state === "testing");
  voice.print(`Logging in to ${countOf(machines.size, "machine")}. Nothing is changed. Ctrl-C ends it.`);
  const timer = setInterval(() => {
    if (turns.asking()) spoke = Date.now();
    if (Date.now() - spoke < silence) return;
    spoke = Date.now();
    turns.print(`Still waiting for ${underWay().map(nameOf).join(", ")}.`);
  }, silence / 4);
  let ended = false;
  const hearNoMore = voice.hearCtrlC(() => {
    ended = true;
    round.abort();
  });
  try {
    await testMachines({ machines, tell, signal: AbortSignal.any([round.signal, voice.signal, voice.stop]) });
  } finally {
    hearNoMore();
    clearInterval(timer);
  }
  voice.signal.throwIfAborted();
  if (left !== undefined) throw left;
  if (voice.stop.aborted) throw new InstallerError("interrupted", { message: "The machines were not all tested." });
  if (ended) return voice.print("The tests were ended; what was found out stays.");
  const known = machineTests.get();
  if (machines.size > 1) {
    voice.print(`Of ${machines.size} machines, ${foundInWords([...machines.keys()].map((key) => known.get(key)))}.`);
  }
}

/** `all can be logged in to`, `2 can be logged in to, 1 cannot`; of machines that were tested or not. */
export function foundInWords(tests: readonly (MachineTest | undefined)[]): string {
  const states = new Set(tests.map((test) => test?.state));
  if (states.size > 1) return testsInWords(tests);
  const how = states.has("fine") ? "all" : "none";
  return states.has(undefined) ? "none was tested yet" : `${how} can be logged in to`;
}
