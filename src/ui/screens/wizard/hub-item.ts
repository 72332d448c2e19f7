import type { SectionStatus } from "../../wizard/section.ts";
import type { WizardSection } from "./section-table.ts";

/** One line of the hub: a section with its state, or, without one, the way on to the review. */
export interface HubItem {
  readonly id: string;
  readonly section: WizardSection | undefined;
  readonly status: SectionStatus;
}
