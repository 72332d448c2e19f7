import type { Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import type { AppModel } from "../app/app-model.tsx";
import { hintFor } from "../wizard/about.ts";
import { emptiedBy } from "../wizard/emptied-by.ts";
import { hostKeyPolicies, sharedLoginOf, sharedLoginPath } from "../wizard/machines/machines.ts";
import { askChoice } from "./ask-choice.ts";
import { askField } from "./ask-field.ts";
import { askInTurn } from "./ask-in-turn.ts";
import { back, type Voice } from "./voice.ts";
import { wizardCommands } from "./wizard-commands.ts";

type Answer = "answered" | typeof back;

const at = sharedLoginPath;
const keep = at.slice(0, -1);

/** How all machines are logged in to; of secrets only where they are. */
export function speakLogin(voice: Voice, app: AppModel): Promise<Answer> {
  const text =
    (path: Path, label: string, otherwise: string, number = false) =>
    () =>
      askField(voice, app, { kind: "text", path, label, otherwise, number, keep });
  const secret = (key: "sudoPassword" | "password" | "passphrase", label: string) => () =>
    askSecret(voice, app, [...at, key], label);
  const bastion = [...at, "bastion"];
  const behindBastion = (ask: () => Promise<Answer>) => () =>
    valueAt(app.wizard.get().draft, bastion) === undefined ? undefined : ask();
  return askInTurn([
    text([...at, "user"], "User", "~/.ssh/config says, else your own"),
    text([...at, "port"], "Port", "~/.ssh/config says, else 22", true),
    text([...at, "keyFile"], "Private key file", "your agent's and the usual ones in ~/.ssh"),
    () => askPolicy(voice, app),
    secret("sudoPassword", "Sudo password"),
    secret("password", "Login password"),
    secret("passphrase", "Passphrase of the key"),
    text([...bastion, "address"], "Bastion, the machine all connections go through", "none"),
    behindBastion(text([...bastion, "user"], "User on the bastion", "~/.ssh/config says, else your own")),
    behindBastion(text([...bastion, "port"], "Port of the bastion", "~/.ssh/config says, else 22", true)),
    behindBastion(text([...bastion, "keyFile"], "Private key file for the bastion", "your agent's and the usual ones")),
  ]);
}

async function askPolicy(voice: Voice, app: AppModel): Promise<Answer> {
  const { draft } = app.wizard.get();
  const path = [...at, "hostKeys"];
  const current = sharedLoginOf(draft).hostKeys ?? "ask";
  const chosen = await askChoice(voice, {
    title: "Host keys not seen before",
    choices: hostKeyPolicies.map(({ key, label }) => ({ value: key, label })),
    current,
    commands: wizardCommands(voice, app, [hintFor(path)]),
  });
  if (chosen === back) return back;
  if (chosen === "ask") app.wizard.dispatch({ type: "unset", path: emptiedBy(draft, path, keep) });
  else app.wizard.dispatch({ type: "put", path, value: chosen });
  return "answered";
}

/** Where a secret is: in a file, or with a dollar sign in front in a variable of the environment. */
function askSecret(voice: Voice, app: AppModel, path: Path, label: string): Promise<Answer> {
  const { draft } = app.wizard.get();
  const file = valueAt(draft, [...path, "file"]);
  const variable = valueAt(draft, [...path, "env"]);
  return askField(voice, app, {
    kind: "text",
    label: `${label}: a file that holds it, or $NAME of a variable`,
    path,
    keep,
    current: typeof file === "string" ? file : typeof variable === "string" ? `$${variable}` : "",
    otherwise: "none",
    take: (text) =>
      text === ""
        ? { type: "unset", path: emptiedBy(draft, path, keep) }
        : { type: "put", path, value: text.startsWith("$") ? { env: text.slice(1) } : { file: text } },
  });
}
