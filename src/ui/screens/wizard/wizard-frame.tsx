import { Box } from "ink";
import { type ReactNode, useState } from "react";
import { useKeys } from "../../keys/keys.tsx";
import { type BodySize, Frame } from "../../widgets/frame.tsx";
import { Styled } from "../../widgets/styled.tsx";
import type { Section } from "../../wizard/section.ts";
import { PresetView } from "./preset-view.tsx";
import { SavePreset } from "./save-preset.tsx";
import { useWizard } from "./use-wizard.ts";

/** Something to say in the last line until the next key that changes something. */
export interface Notice {
  readonly as: "ok" | "warning" | "danger";
  readonly text: string;
}

export interface WizardFrameProps {
  readonly crumbs: readonly string[];
  readonly status: string;
  readonly about: readonly string[];
  /** The section that reset gives its defaults again. */
  readonly section: Section | undefined;
  readonly notice?: Notice | undefined;
  readonly children: (size: BodySize) => ReactNode;
}

/** What all screens of the wizard have: the whole preset, saving, reset and undo are one key away. */
export function WizardFrame({ crumbs, status, about, section, notice, children }: WizardFrameProps) {
  const { state, dispatch } = useWizard();
  const [above, setAbove] = useState<"preset" | "save">();
  const [done, setDone] = useState<Notice>();
  const close = () => setAbove(undefined);
  useKeys("wizard", {
    preset: () => setAbove("preset"),
    save: () => setAbove("save"),
    reset: section && (() => reset(section)),
    undo: state.past.length === 0 ? undefined : undo,
  });
  const reset = ({ title, paths }: Section): void => {
    dispatch({ type: "reset", paths });
    setDone({ as: "ok", text: `${title} has its defaults again; u brings back what was there.` });
  };
  function undo(): void {
    dispatch({ type: "undo" });
    setDone({ as: "ok", text: "The last change is undone." });
  }
  const shown = notice ?? done;
  const name = state.draft.metadata?.name;
  const title = name === undefined || name === "" ? "new cluster" : name;
  return (
    <Frame crumbs={["kube-installer", title, ...crumbs]} status={status} about={about}>
      {({ width, height }) => (
        <>
          <Box
            display={above === undefined ? "flex" : "none"}
            flexDirection="column"
            width={width}
            height={height}
            overflow="hidden"
          >
            <Box flexDirection="column" width={width} height={height - 1} overflow="hidden">
              {children({ width, height: height - 1 })}
            </Box>
            <Styled as={shown?.as ?? "plain"}>{shown?.text ?? " "}</Styled>
          </Box>
          {above === "preset" ? (
            <PresetView width={width} height={height} onClose={close} onSave={() => setAbove("save")} />
          ) : null}
          {above === "save" ? (
            <SavePreset
              width={width}
              height={height}
              onClose={close}
              onSaved={(path) => {
                close();
                setDone({ as: "ok", text: `Saved: ${path}` });
              }}
            />
          ) : null}
        </>
      )}
    </Frame>
  );
}
