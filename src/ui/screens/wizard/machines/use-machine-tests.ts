import { useEffect, useRef } from "react";
import { sanitizeLine } from "../../../../engine/sanitize.ts";
import { useApp } from "../../../app/app-model.tsx";
import type { TestedMachine } from "../../../services.ts";
import { testMachines } from "../../../wizard/machines/machine-tests.ts";
import { loginKey, machinesOf, sharedLoginOf } from "../../../wizard/machines/machines.ts";

export interface TestControl {
  /** Tests machines by their places in the list. */
  start(indices: readonly number[]): void;
  /** Ends the tests that are under way. */
  end(): void;
}

/** Tests connections while mounted; what is found out stays. */
export function useMachineTests(): TestControl {
  const { services, wizard, questions, machineTests } = useApp();
  const under = useRef<AbortController>(new AbortController());
  useEffect(() => () => under.current.abort(), []);
  return {
    start: (indices) => {
      const { draft, folder } = wizard.get();
      const [machines, shared, known] = [machinesOf(draft), sharedLoginOf(draft), machineTests.get()];
      if (under.current.signal.aborted) under.current = new AbortController();
      const wanted = indices.flatMap((index) => {
        const machine = machines[index];
        if (machine === undefined || !machine.address) return [];
        const key = loginKey(machine, shared);
        const state = known.get(key)?.state;
        if (state === "waiting" || state === "testing") return [];
        const cluster = draft.metadata?.name ?? "";
        const test = async (signal: AbortSignal) =>
          cleaned(
            await services.testMachine(
              { cluster, machine, sharedLogin: shared, folder },
              { ask: questions.ask, signal },
            ),
          );
        return [[key, test] as const];
      });
      void testMachines({
        machines: new Map(wanted),
        tell: machineTests.dispatch,
        signal: under.current.signal,
      });
    },
    end: () => under.current.abort(),
  };
}

/** Machines may say anything; on the screen it must be nothing but text. */
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
