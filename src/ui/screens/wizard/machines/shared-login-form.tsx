import { useKeys } from "../../../keys/keys.tsx";
import type { FormRow } from "../../../widgets/form.tsx";
import type { BodySize } from "../../../widgets/frame.tsx";
import { hintFor } from "../../../wizard/about.ts";
import { emptiedBy } from "../../../wizard/emptied-by.ts";
import { problemOfLogin } from "../../../wizard/machines/judge-machines.ts";
import { hostKeyPolicies, sharedLoginOf, sharedLoginPath } from "../../../wizard/machines/machines.ts";
import { addressCharacters } from "../characters.ts";
import { SectionForm } from "../section-form.tsx";
import { useWizard } from "../use-wizard.ts";
import { useMachineField } from "./use-machine-field.ts";
import { useSecretFields } from "./use-secret-fields.ts";

/** How all machines are logged in to, unless one says otherwise; of secrets only where they are. */
export function SharedLoginForm({ width, height, onClose }: BodySize & { onClose: () => void }) {
  const { state, dispatch } = useWizard();
  useKeys("screen", { back: onClose });
  const at = sharedLoginPath;
  const keep = at.slice(0, -1);
  const field = useMachineField(problemOfLogin, keep);
  const secret = useSecretFields(field, keep);
  const { hostKeys } = sharedLoginOf(state.draft);
  const bastion = [...at, "bastion"];
  const rows: FormRow[] = [
    field([...at, "user"], { label: "User", placeholder: "~/.ssh/config says, else your own" }),
    field([...at, "port"], { label: "Port", number: true, placeholder: "~/.ssh/config says, else 22" }),
    field([...at, "keyFile"], { label: "Key file", placeholder: "your agent's and the usual ones in ~/.ssh" }),
    ...hostKeyPolicies.map(({ key, label }) => ({
      kind: "option" as const,
      id: key,
      label,
      marked: key === (hostKeys ?? "ask"),
      onTake: () => {
        const path = [...at, "hostKeys"];
        if (key === "ask") dispatch({ type: "unset", path: emptiedBy(state.draft, path, keep) });
        else dispatch({ type: "put", path, value: key });
      },
    })),
    ...secret([...at, "sudoPassword"], "Sudo password", hintFor([...at, "sudoPassword"])),
    ...secret([...at, "password"], "Login password", hintFor([...at, "password"])),
    ...secret([...at, "passphrase"], "Passphrase", hintFor([...at, "passphrase"])),
    field([...bastion, "address"], { label: "Bastion", characters: addressCharacters, placeholder: "none" }),
    field([...bastion, "user"], { label: "Bastion user", placeholder: "~/.ssh/config says, else your own" }),
    field([...bastion, "port"], { label: "Bastion port", number: true, placeholder: "~/.ssh/config says, else 22" }),
    field([...bastion, "keyFile"], { label: "Bastion key file", placeholder: "your agent's and the usual ones" }),
    { kind: "action", id: "close", label: "Done", onTake: onClose },
  ];
  return <SectionForm width={width} height={height} rows={rows} edition={state.edition} onDone={onClose} />;
}
