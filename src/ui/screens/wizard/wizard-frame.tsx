import { Box } from "ink";
import { type ReactNode, useState } from "react";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { type BodySize, Frame } from "../../widgets/frame.tsx";
import { Styled } from "../../widgets/styled.tsx";
import type { PresetDraft } from "../../wizard/draft.ts";
import type { Section } from "../../wizard/section.ts";
import { PresetView } from "./preset-view.tsx";
import { SavePreset } from "./save-preset.tsx";
import { useWizard } from "./use-wizard.ts";

/** Something to say in the last line. */
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
  const { wizard } = useApp();
  const { state, dispatch } = useWizard();
  const [above, setAbove] = useState<"preset" | "save">();
  const [done, setDone] = useState<{ readonly text: string; readonly draft: PresetDraft }>();
  const say = (text: string) => setDone({ text, draft: wizard.get().draft });
  const close = () => setAbove(undefined);
  useKeys("wizard", {
    preset: () => setAbove("preset"),
    save: () => setAbove("save"),
    reset: section && (() => reset(section)),
    undo: state.past.length === 0 ? undefined : undo,
  });
  const reset = ({ title, paths }: Section): void => {
    dispatch({ type: "reset", paths });
    say(`${title} has its defaults again; undo brings back what was there.`);
  };
  function undo(): void {
    dispatch({ type: "undo" });
    say("The last change is undone.");
  }
  const shown: Notice | undefined = notice ?? (done?.draft === state.draft ? { as: "ok", text: done.text } : undefined);
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
                say(`Saved: ${path}`);
              }}
            />
          ) : null}
        </>
      )}
    </Frame>
  );
}
