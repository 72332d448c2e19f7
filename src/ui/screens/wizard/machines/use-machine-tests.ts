import { useEffect, useRef } from "react";
import { useApp } from "../../../app/app-model.tsx";
import { testMachines } from "../../../wizard/machines/machine-tests.ts";
import { machinesToTest } from "../../../wizard/machines/machines-to-test.ts";

export interface TestControl {
  /** Tests machines by their places in the list. */
  start(indices: readonly number[]): void;
  /** Ends the tests that are under way. */
  end(): void;
}

/** Tests connections while mounted; what is found out stays. */
export function useMachineTests(): TestControl {
  const app = useApp();
  const under = useRef<AbortController>(new AbortController());
  useEffect(() => () => under.current.abort(), []);
  return {
    start: (indices) => {
      if (under.current.signal.aborted) under.current = new AbortController();
      void testMachines({
        machines: machinesToTest(app, indices, app.questions.ask),
        tell: app.machineTests.dispatch,
        signal: under.current.signal,
      });
    },
    end: () => under.current.abort(),
  };
}
