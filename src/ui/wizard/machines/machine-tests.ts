import type { TestedMachine } from "../../services.ts";

/** What is known about logging in to a machine. */
export type MachineTest = { readonly state: "waiting" | "testing" } | TestedMachine;

/** By `loginKey`, so that a result does not outlive the settings it was found out with. */
export type MachineTests = ReadonlyMap<string, MachineTest>;

export type MachineTestsAction =
  | { readonly type: "learned"; readonly keys: readonly string[]; readonly test: MachineTest }
  /** Tests that will not end. */
  | { readonly type: "broken-off"; readonly keys: readonly string[] };

export function reduceTests(tests: MachineTests, action: MachineTestsAction): MachineTests {
  const next = new Map(tests);
  for (const key of action.keys) {
    if (action.type === "learned") next.set(key, action.test);
    else if (!isOver(next.get(key))) next.delete(key);
  }
  return next;
}

function isOver(test: MachineTest | undefined): boolean {
  return test?.state === "fine" || test?.state === "failed";
}

export interface TestRound {
  /** What to test, by `loginKey`. */
  readonly machines: ReadonlyMap<string, (signal: AbortSignal) => Promise<TestedMachine>>;
  readonly tell: (action: MachineTestsAction) => void;
  readonly signal: AbortSignal;
}

/** How many machines are logged in to at once. */
const atOnce = 10;

/** Tests machines, a few at once, and tells what is learned as it is learned; a test that cannot be made is told as failed. */
export async function testMachines({ machines, tell, signal }: TestRound): Promise<void> {
  const keys = [...machines.keys()];
  const waiting = [...machines];
  if (signal.aborted) return;
  tell({ type: "learned", keys, test: { state: "waiting" } });
  signal.addEventListener("abort", () => tell({ type: "broken-off", keys }), { once: true });
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      const [key, test] = next;
      tell({ type: "learned", keys: [key], test: { state: "testing" } });
      const tested = await test(signal).catch(
        (thrown: unknown): TestedMachine => ({
          state: "failed",
          message: thrown instanceof Error ? thrown.message : String(thrown),
          next: [],
        }),
      );
      if (!signal.aborted) tell({ type: "learned", keys: [key], test: tested });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, keys.length) }, work));
}

/** `12 fine, 1 failed, 3 to go`; empty when nothing was tested. */
export function testsInWords(tests: readonly (MachineTest | undefined)[]): string {
  const count = (...states: readonly MachineTest["state"][]) =>
    tests.filter((test) => test !== undefined && states.includes(test.state)).length;
  const parts = [
    [count("fine"), "can be logged in to"],
    [count("failed"), "cannot"],
    [count("waiting", "testing"), "being tested"],
  ] as const;
  return parts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])).join(", ");
}
