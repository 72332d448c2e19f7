import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { useStore } from "../../state/use-store.ts";
import { aboutSection } from "../../wizard/about.ts";
import { judge } from "../../wizard/judge.ts";
import { nextToDo } from "../../wizard/section.ts";
import { sections, type WizardSection } from "./section-table.ts";
import { WizardFrame } from "./wizard-frame.tsx";

/** One section with its frame; once it is answered the hub points to what is still to do. */
export function SectionScreen({ section }: { section: WizardSection }) {
  const { trail, wizard } = useApp();
  const back = () => trail.dispatch({ type: "back" });
  useKeys("screen", { back });
  const draft = useStore(wizard, (state) => state.draft);
  const { Screen } = section;
  const done = (): void => {
    const { draft: newest } = wizard.get();
    const next = nextToDo(section.id, sections, { draft: newest, judged: judge(newest) });
    wizard.dispatch({ type: "highlight", section: next?.id ?? "review" });
    back();
  };
  return (
    <WizardFrame
      crumbs={[section.title]}
      status={`${sections.indexOf(section) + 1}/${sections.length + 1} ${section.title}`}
      about={aboutSection(section, draft)}
      section={section}
    >
      {(size) => <Screen {...size} onDone={done} />}
    </WizardFrame>
  );
}
