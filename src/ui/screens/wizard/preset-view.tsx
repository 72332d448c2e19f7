import { Box, Text } from "ink";
import { useMemo } from "react";
import { Overlay, useKeys } from "../../keys/keys.tsx";
import { List } from "../../widgets/list.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { presetLines } from "../../wizard/preview.ts";
import { useWizard } from "./use-wizard.ts";

export interface PresetViewProps {
  readonly width: number;
  readonly height: number;
  readonly onClose: () => void;
  readonly onSave: () => void;
}

/** The preset as it would be saved right now. */
export function PresetView(props: PresetViewProps) {
  return (
    <Overlay>
      <Preset {...props} />
    </Overlay>
  );
}

function Preset({ width, height, onClose, onSave }: PresetViewProps) {
  const { state, judged } = useWizard();
  const lines = useMemo(
    () => presetLines(state.draft).map((text, index) => ({ text, number: index + 1 })),
    [state.draft],
  );
  useKeys("overlay", { close: onClose });
  useKeys("wizard", { preset: onClose, save: onSave });
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Styled as={judged.preset === undefined ? "warning" : "ok"}>
        {judged.preset === undefined ? "The preset so far; something is missing or wrong still:" : "The preset:"}
      </Styled>
      <List
        items={lines}
        width={width}
        height={height - 1}
        keyOf={({ number }) => String(number)}
        row={({ text }, selected) =>
          selected ? <Styled as="selected">{text}</Styled> : <Text wrap="truncate-end">{text}</Text>
        }
      />
    </Box>
  );
}
