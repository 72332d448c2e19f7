import { Box } from "ink";
import { nodeNameFor } from "../../../../preset/node-name.ts";
import { useTheme } from "../../../theme/theme.tsx";
import { Styled } from "../../../widgets/styled.tsx";
import type { MachineTest } from "../../../wizard/machines/machine-tests.ts";
import { type MachineDraft, ownLogin, rolesInWords } from "../../../wizard/machines/machines.ts";
import { testLook } from "./test-look.ts";

export interface MachineRowProps {
  readonly machine: MachineDraft;
  readonly marked: boolean;
  readonly selected: boolean;
  readonly problem: string | undefined;
  readonly test: MachineTest | undefined;
  readonly width: number;
}

/** One machine in one line: what it is called, where it is, what it is for, and what is wrong or known. */
export function MachineRow({ machine, marked, selected, problem, test, width }: MachineRowProps) {
  const { symbols } = useTheme();
  const { address = "" } = machine;
  const name = machine.name ?? (address === "" ? "new machine" : nodeNameFor(address));
  const [nameWidth, addressWidth, loginWidth] = width >= 110 ? [26, 18, 22] : width >= 76 ? [19, 16, 0] : [14, 15, 0];
  const look = test === undefined ? undefined : testLook(test);
  const login = ownLogin(machine);
  const rest =
    problem === undefined
      ? [look === undefined ? "" : `${symbols[look.symbol]} ${look.short}`, loginWidth === 0 ? login : ""]
      : [`${symbols.failed} ${problem}`];
  return (
    <Box width={width} height={1}>
      <Box flexShrink={0} width={4}>
        <Styled as="selected">{`${selected ? symbols.pointer : " "} ${marked ? symbols.marked : " "}`}</Styled>
      </Box>
      <Cell as={selected ? "selected" : "plain"} text={name} width={nameWidth} />
      <Cell as={selected ? "selected" : "plain"} text={address} width={addressWidth} />
      <Cell as="muted" text={rolesInWords(machine)} width={14} />
      {loginWidth === 0 ? null : <Cell as="muted" text={login} width={loginWidth} />}
      <Styled as={problem === undefined ? (look?.as ?? "muted") : "danger"}>
        {rest.filter((text) => text !== "").join(" ")}
      </Styled>
    </Box>
  );
}

function Cell({ as, text, width }: { as: "selected" | "plain" | "muted"; text: string; width: number }) {
  return (
    <Box flexShrink={0} width={width} paddingRight={1}>
      <Styled as={as}>{text}</Styled>
    </Box>
  );
}
