import { Box, Text } from "ink";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";
import { Styled } from "../../widgets/styled.tsx";
import type { SectionStatus } from "../../wizard/section.ts";
import type { HubItem } from "./hub-item.ts";
import { useWizard } from "./use-wizard.ts";

const looks: Readonly<Record<SectionStatus["state"], { symbol: SymbolName; meaning: Meaning }>> = {
  complete: { symbol: "ok", meaning: "ok" },
  warning: { symbol: "warning", meaning: "warning" },
  missing: { symbol: "skipped", meaning: "warning" },
  wrong: { symbol: "failed", meaning: "danger" },
};

const titleWidth = 22;

/** A section in one line: whether it is done, what it is, its value or why it is not done. */
export function HubRow({ item, selected }: { item: HubItem; selected: boolean }) {
  const { state } = useWizard();
  const { style, symbols } = useTheme();
  const { section, status } = item;
  const { symbol, meaning } = looks[status.state];
  const value =
    section?.summary(state.draft) ?? (status.state === "complete" ? "nothing is changed before you say so" : "");
  const done = status.reason === undefined;
  return (
    <Box height={1}>
      <Box width={2} flexShrink={0}>
        <Styled as="selected">{selected ? symbols.pointer : " "}</Styled>
      </Box>
      <Text wrap="truncate-end">
        <Text {...style[section === undefined && done ? "accent" : meaning]}>
          {`${section === undefined && done ? symbols.running : symbols[symbol]} `}
        </Text>
        <Text {...style[selected ? "selected" : "plain"]}>
          {(section?.title ?? "Review and install").padEnd(titleWidth)}
        </Text>
        {value === "" ? null : <Text {...style.plain}>{done ? value : `${value}  `}</Text>}
        {done ? null : <Text {...style[meaning]}>{status.reason}</Text>}
      </Text>
    </Box>
  );
}
