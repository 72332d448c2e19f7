import { Box } from "ink";
import { useMemo, useState } from "react";
import { useApp } from "../../../app/app-model.tsx";
import { useKeys } from "../../../keys/keys.tsx";
import { useStore } from "../../../state/use-store.ts";
import { fitWindow, type WindowAction } from "../../../state/window.ts";
import { useTheme } from "../../../theme/theme.tsx";
import { Styled } from "../../../widgets/styled.tsx";
import { problemsByMachine } from "../../../wizard/machines/judge-machines.ts";
import { testsInWords } from "../../../wizard/machines/machine-tests.ts";
import {
  loginKey,
  machineKey,
  machinesOf,
  sharedLoginInWords,
  sharedLoginOf,
} from "../../../wizard/machines/machines.ts";
import { settledJudgement } from "../../../wizard/machines/settled-judgement.ts";
import type { SectionScreenProps } from "../use-wizard.ts";
import { MachineDetail } from "./machine-detail.tsx";
import { MachineRow } from "./machine-row.tsx";
import type { MachinesView } from "./machines-view.ts";
import { RolesDialog } from "./roles-dialog.tsx";
import { useListChanges } from "./use-list-changes.ts";
import type { TestControl } from "./use-machine-tests.ts";

export interface MachineListProps extends SectionScreenProps {
  readonly said: string | undefined;
  readonly tests: TestControl;
  readonly onShow: (view: MachinesView) => void;
}

/** All machines below how they are logged in to, and in full what there is to say of the highlighted one. */
export function MachineList(props: MachineListProps) {
  const { width, height, tests, onShow, onDone } = props;
  const { wizard, machines: place, machineTests } = useApp();
  const { symbols } = useTheme();
  const draft = useStore(wizard, (state) => state.draft);
  const { window: moved, marked } = useStore(place, (state) => state);
  const known = useStore(machineTests, (state) => state);
  const judgement = useStore(
    useMemo(() => settledJudgement(wizard), [wizard]),
    (state) => state,
  );
  const [choosingRoles, setChoosingRoles] = useState(false);
  const machines = machinesOf(draft);
  const shared = sharedLoginOf(draft);
  const problems = problemsByMachine(judgement.judged);
  const detailHeight = height >= 17 ? 6 : 4;
  const listHeight = height - detailHeight;
  const window = fitWindow(moved, { count: machines.length + 1, height: listHeight });
  const bounds = () => ({ count: machinesOf(wizard.get().draft).length + 1, height: listHeight });
  const changes = useListChanges({ bounds, onShow });
  const move = (by: WindowAction) => () => place.dispatch({ type: "move", by, bounds: bounds() });
  useKeys("list", {
    up: move({ type: "move", by: -1 }),
    down: move({ type: "move", by: 1 }),
    pageUp: move({ type: "move", by: -listHeight }),
    pageDown: move({ type: "move", by: listHeight }),
    first: move({ type: "go", to: 0 }),
    last: move({ type: "last" }),
  });
  const some = machines.length > 0;
  const all = machines.map((_, index) => index);
  const testing = [...known.values()].some(({ state }) => state === "testing" || state === "waiting");
  useKeys("machines", {
    add: changes.add,
    edit: () => {
      const index = changes.current();
      onShow(index === undefined ? { show: "login" } : { show: "machine", index });
    },
    importFile: () => onShow({ show: "file" }),
    remove: some ? changes.remove : undefined,
    duplicate: some ? changes.duplicate : undefined,
    mark: some ? changes.mark : undefined,
    markRange: some ? changes.markRange : undefined,
    markAll: some ? changes.markAll : undefined,
    roles: some ? () => (changes.meant().length > 0 ? setChoosingRoles(true) : undefined) : undefined,
    test: some ? () => tests.start([changes.current() ?? []].flat()) : undefined,
    testAll: some ? () => tests.start(marked.size > 0 ? changes.meant() : all) : undefined,
    endTests: testing ? tests.end : undefined,
    done: onDone,
  });
  if (choosingRoles) {
    return (
      <RolesDialog
        width={width}
        height={height}
        count={changes.meant().length}
        onChoose={(roles) => {
          changes.setRoles(roles);
          setChoosingRoles(false);
        }}
        onClose={() => setChoosingRoles(false)}
      />
    );
  }
  const testOf = (index: number) => {
    const machine = machines[index];
    return machine === undefined ? undefined : known.get(loginKey(machine, shared));
  };
  const lines = Array.from(
    { length: Math.min(listHeight, machines.length + 1 - window.top) },
    (_, line) => window.top + line - 1,
  );
  const at = machines[window.cursor - 1];
  const summary = [
    `${machines.length} ${machines.length === 1 ? "machine" : "machines"}`,
    ...(marked.size === 0 ? [] : [`${marked.size} marked`]),
    ...(problems.size === 0 ? [] : [`${problems.size} to mend`]),
    ...[testsInWords(known.size === 0 ? [] : all.map(testOf))].filter((text) => text !== ""),
    ...(judgement.stale ? ["checking"] : []),
  ].join(", ");
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Box flexDirection="column" width={width} height={listHeight} overflow="hidden">
        {lines.map((index) => {
          const machine = machines[index];
          const selected = index + 1 === window.cursor;
          return machine === undefined ? (
            <Styled key="login" as={selected ? "selected" : "plain"}>
              {`${selected ? symbols.pointer : " "}   Log in: ${sharedLoginInWords(shared)}`}
            </Styled>
          ) : (
            <MachineRow
              key={index}
              machine={machine}
              marked={marked.has(machineKey(machine))}
              selected={selected}
              problem={problems.get(index)}
              test={testOf(index)}
              width={width}
            />
          );
        })}
      </Box>
      <MachineDetail
        summary={summary}
        said={changes.said() ?? props.said}
        machine={at}
        problem={problems.get(window.cursor - 1)}
        test={at === undefined ? undefined : known.get(loginKey(at, shared))}
        empty={!some}
        width={width}
        height={detailHeight}
      />
    </Box>
  );
}
