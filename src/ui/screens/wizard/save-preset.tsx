import { Box } from "ink";
import { useState } from "react";
import { useApp } from "../../app/app-model.tsx";
import { Overlay, useKeys } from "../../keys/keys.tsx";
import { Dialog } from "../../widgets/dialog.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { TextField } from "../../widgets/text-field.tsx";
import { concealSecrets } from "../../wizard/draft.ts";
import { useWizard } from "./use-wizard.ts";

export interface SavePresetProps {
  readonly width: number;
  readonly height: number;
  readonly onClose: () => void;
  readonly onSaved: (path: string) => void;
}

/** Asks where to write the preset and writes it; a file that is there is replaced only when the person says so. */
export function SavePreset(props: SavePresetProps) {
  return (
    <Overlay>
      <AskPath {...props} />
    </Overlay>
  );
}

function AskPath({ width, height, onClose, onSaved }: SavePresetProps) {
  const { services } = useApp();
  const { state, judged, dispatch } = useWizard();
  const [taken, setTaken] = useState<{ typed: string; path: string }>();
  const [failure, setFailure] = useState<string>();
  useKeys("screen", { back: onClose });
  const { draft, folder, file } = state;
  const save = async (path: string, overwrite: boolean): Promise<void> => {
    setFailure(undefined);
    const saved = await services.savePreset({ draft: concealSecrets(draft), folder, path, overwrite });
    if (saved.outcome === "exists") return setTaken({ typed: path, path: saved.path });
    if (saved.outcome === "failed") return setFailure(saved.reason);
    if (judged.preset !== undefined) dispatch({ type: "saved", file: { path: saved.path, draft } });
    onSaved(saved.path);
  };
  if (taken !== undefined) {
    return (
      <Dialog
        title="Replace the file?"
        lines={[`There is a file ${taken.path} already.`, "It is replaced as a whole: comments in it go."]}
        danger
        choices={[
          { value: "keep", label: "Keep it" },
          { value: "replace", label: "Replace it", danger: true },
        ]}
        initial="keep"
        width={width}
        height={height}
        footer={false}
        onChoose={(choice) => {
          setTaken(undefined);
          if (choice === "replace") void save(taken.typed, true);
        }}
        onClose={() => setTaken(undefined)}
      />
    );
  }
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Styled as="heading">Save the preset</Styled>
      <TextField
        label="File"
        value={file?.path ?? `${draft.metadata?.name || "cluster"}.yaml`}
        focused
        width={width}
        hint="Counts from the current folder; only you will be able to read it."
        problem={(text) => (text.trim() === "" ? "Name a file" : undefined)}
        onSubmit={(path) => void save(path.trim(), false)}
      />
      {judged.preset === undefined ? (
        <Styled as="warning">Something is missing or wrong still; the file will be as unfinished as this is.</Styled>
      ) : null}
      {failure === undefined ? null : (
        <Styled as="danger" wrap="wrap">
          {failure}
        </Styled>
      )}
    </Box>
  );
}
