import { sanitizeLine } from "../../../engine/sanitize.ts";
import type { AppModel } from "../../app/app-model.tsx";
import type { AskingTools, TestedMachine } from "../../services.ts";
import type { TestRound } from "./machine-tests.ts";
import { loginKey, machinesOf, sharedLoginOf } from "./machines.ts";

/** How to test machines by their places in the list, but those without an address and those that are being tested. */
export function machinesToTest(
  { services, wizard, machineTests }: Pick<AppModel, "services" | "wizard" | "machineTests">,
  indices: readonly number[],
  ask: AskingTools["ask"],
): TestRound["machines"] {
  const { draft, folder } = wizard.get();
  const [machines, sharedLogin, known] = [machinesOf(draft), sharedLoginOf(draft), machineTests.get()];
  const cluster = draft.metadata?.name ?? "";
  return new Map(
    indices.flatMap((index) => {
      const machine = machines[index];
      if (machine === undefined || !machine.address) return [];
      const key = loginKey(machine, sharedLogin);
      const state = known.get(key)?.state;
      if (state === "waiting" || state === "testing") return [];
      const test = async (signal: AbortSignal) =>
        cleaned(await services.testMachine({ cluster, machine, sharedLogin, folder }, { ask, signal }));
      return [[key, test] as const];
    }),
  );
}

/** Machines may say anything; what is shown of it must be nothing but text. */
function cleaned(test: TestedMachine): TestedMachine {
  if (test.state === "fine") return { ...test, os: sanitizeLine(test.os) };
  const { message, likelyCause, next } = test;
  return {
    state: "failed",
    message: inOneLine(message),
    ...(likelyCause === undefined ? {} : { likelyCause: inOneLine(likelyCause) }),
    next: next.map(inOneLine),
  };
}

function inOneLine(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => sanitizeLine(line))
    .join(" ");
}
