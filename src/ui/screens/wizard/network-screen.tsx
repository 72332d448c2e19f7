import { useState } from "react";
import { networkPlugins, pluginObstacle } from "../../../preset/network-plugins.ts";
import type { FormRow } from "../../widgets/form.tsx";
import { defaultVersion } from "../../wizard/summaries.ts";
import { domainCharacters, rangeCharacters } from "./characters.ts";
import { namesOf } from "./names-of.ts";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard } from "./use-wizard.ts";

const plugins = namesOf(networkPlugins);

/** How pods reach each other, what follows from it, and from which ranges they get their addresses. */
export function NetworkScreen(props: SectionScreenProps) {
  const { state, dispatch, field } = useWizard();
  const { network, kubernetes } = state.draft.spec ?? {};
  const version = kubernetes?.version ?? defaultVersion(state.draft);
  const chosen = network?.plugin ?? "bridge";
  const [focused, setFocused] = useState<string>(chosen);
  const rows: FormRow[] = [
    ...plugins.map((name) => ({
      kind: "option" as const,
      id: name,
      label: networkPlugins[name].title,
      note: pluginObstacle(networkPlugins[name], version) ?? networkPlugins[name].summary,
      marked: name === chosen,
      onTake: () => dispatch({ type: "set", path: ["spec", "network", "plugin"], value: name }),
    })),
    field(["spec", "network", "podCIDR"], { label: "Pods", characters: rangeCharacters }),
    field(["spec", "network", "serviceCIDR"], { label: "Services", characters: rangeCharacters }),
    field(["spec", "network", "nodePrefix"], { label: "Prefix per node", number: true }),
    field(["spec", "network", "dnsDomain"], { label: "DNS domain", characters: domainCharacters }),
  ];
  const plugin = networkPlugins[plugins.find((name) => name === focused) ?? chosen];
  const { oldest, newest } = plugin.minors;
  const details = [
    pluginObstacle(plugin, version) ?? `Goes with Kubernetes 1.${oldest} to 1.${newest}; here it is ${version}.`,
    ...plugin.consequences,
  ];
  return <SectionForm {...props} rows={rows} details={details} onFocus={setFocused} edition={state.edition} />;
}
