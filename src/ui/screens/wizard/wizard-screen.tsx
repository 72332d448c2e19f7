import { Hub } from "./hub.tsx";
import { SectionScreen } from "./section-screen.tsx";
import { sections } from "./section-table.ts";

/** Where a cluster is described: all sections at once, or one of them. */
export function WizardScreen({ section }: { readonly section?: string }) {
  const open = sections.find(({ id }) => id === section);
  return open === undefined ? <Hub /> : <SectionScreen section={open} />;
}
