import { useState } from "react";
import { nodeNameFor } from "../../../preset/node-name.ts";
import type { Path } from "../../../preset/path.ts";
import type { FormRow } from "../../widgets/form.tsx";
import { addressCharacters, nameCharacters } from "./characters.ts";
import { LabNodesScreen } from "./lab-nodes-screen.tsx";
import { SectionForm } from "./section-form.tsx";
import { type SectionScreenProps, useWizard, type Wizard } from "./use-wizard.ts";

const path: Path = ["spec", "topology", "static", "nodes"];
const roles = [["control-plane"], ["worker"], ["control-plane", "worker"]] as const;

/** The machines of the topology that was chosen. */
export function NodesScreen(props: SectionScreenProps) {
  const { state } = useWizard();
  return state.draft.spec?.topology?.lab === undefined ? <ListedNodes {...props} /> : <LabNodesScreen {...props} />;
}

/** The machines by name, address and roles; the open one is edited in place. */
function ListedNodes(props: SectionScreenProps) {
  const wizard = useWizard();
  const { state, dispatch } = wizard;
  const nodes = state.draft.spec?.topology?.static?.nodes ?? [];
  const [open, setOpen] = useState(nodes.length === 0 ? undefined : nodes.length - 1);
  const add = () => {
    const first = nodes.length === 0;
    dispatch({ type: "set", path: [...path, nodes.length], value: { address: "", roles: [...roles[first ? 2 : 1]] } });
    setOpen(nodes.length);
  };
  const rows = nodes.flatMap((node, index): FormRow[] => [
    {
      kind: "action",
      id: `node ${index}`,
      label: node?.name ?? (node?.address ? nodeNameFor(node.address) : "new machine"),
      note: [node?.address ?? "", (node?.roles ?? []).join(", ")].join("  "),
      onTake: () => setOpen(open === index ? undefined : index),
    },
    ...(open === index ? rowsOf(index, wizard, () => setOpen(undefined)) : []),
  ]);
  return (
    <SectionForm
      {...props}
      rows={[
        ...rows,
        { kind: "action", id: "add", label: "Add a machine", onTake: add },
        ...(nodes.length === 0 ? [] : [{ kind: "action" as const, id: "done", label: "Done", onTake: props.onDone }]),
      ]}
      edition={state.edition}
    />
  );
}

function rowsOf(index: number, { state, field, dispatch }: Wizard, close: () => void): FormRow[] {
  const at: Path = [...path, index];
  const current = state.draft.spec?.topology?.static?.nodes?.[index]?.roles ?? [];
  return [
    field([...at, "address"], { label: "Address", characters: addressCharacters }),
    field([...at, "name"], { label: "Name", characters: nameCharacters }),
    ...roles.map((wanted) => ({
      kind: "option" as const,
      id: `${index} ${wanted.join(" ")}`,
      label: wanted.join(" and "),
      marked: wanted.join() === current.join(),
      onTake: () => dispatch({ type: "set", path: [...at, "roles"], value: [...wanted] }),
    })),
    {
      kind: "action",
      id: `remove ${index}`,
      label: "Remove this machine",
      onTake: () => {
        close();
        dispatch({ type: "reset", paths: [at] });
      },
    },
  ];
}
