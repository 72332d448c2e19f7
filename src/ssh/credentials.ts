import type { AnyAuthMethod, AuthenticationType } from "ssh2";
import { type AgentKey, agentKeys } from "./agent.ts";
import { loadPrivateKey, publicPart } from "./private-key.ts";
import type { ResolvedTarget } from "./resolve-target.ts";

/** One thing to log in with. */
export interface Credential {
  /** What errors call it. */
  readonly label: string;
  /** The method as the server calls it. */
  readonly method: "publickey" | "password" | "keyboard-interactive";
  readonly attempt: AnyAuthMethod;
}

export interface Credentials {
  readonly usable: readonly Credential[];
  /** Credentials that could not even be tried, each with the reason. */
  readonly unusable: readonly string[];
}

/**
 * Everything to log in with, in the order of OpenSSH: keys of the agent that are configured, its other keys, key files.
 * A key file the preset names stands alone, so that an agent with many keys does not use up the server's patience; a
 * password without a key file comes before all keys for the same reason.
 */
export async function gatherCredentials(target: ResolvedTarget): Promise<Credentials> {
  const held = await agentKeys(target.agentSocket);
  const files = await Promise.all(target.keyFiles.map((path) => fromFile(path, held, target)));
  const configured = files.flatMap((file) => ("held" in file ? [file.held] : []));
  const others = target.identitiesOnly ? [] : held.filter((key) => !configured.includes(key));
  const keys = [...configured, ...others].map((key) => fromAgent(key, target.user));
  const keyCredentials = [...keys, ...files.flatMap((file) => ("credential" in file ? [file.credential] : []))];
  const passwords = fromPassword(target);
  return {
    usable: target.passwordFirst ? [...passwords, ...keyCredentials] : [...keyCredentials, ...passwords],
    unusable: files.flatMap((file) => ("unusable" in file ? [file.unusable] : [])),
  };
}

type FromFile =
  | { readonly held: AgentKey }
  | { readonly credential: Credential }
  | { readonly unusable: string }
  | Record<string, never>;

async function fromFile(path: string, held: readonly AgentKey[], target: ResolvedTarget): Promise<FromFile> {
  if (held.length > 0) {
    const wanted = await publicPart(path);
    const match = wanted && held.find(({ key }) => key.getPublicSSH().equals(wanted));
    if (match !== undefined) return { held: match };
  }
  const loaded = await loadPrivateKey(path, target.passphrase);
  if ("key" in loaded) {
    const { key } = loaded;
    const attempt: AnyAuthMethod = { type: "publickey", username: target.user, key };
    return { credential: { label: `key ${path}`, method: "publickey", attempt } };
  }
  if (loaded.problem === "absent")
    return target.keyFilesNamed ? { unusable: `key ${path}: there is no such file` } : {};
  if (loaded.problem === "encrypted") return { unusable: `key ${path}: encrypted, and no passphrase was given` };
  return { unusable: `key ${path}: ${loaded.problem}` };
}

function fromAgent({ key, agent }: AgentKey, username: string): Credential {
  const label = `agent key ${key.comment === "" ? key.type : key.comment}`;
  return { label, method: "publickey", attempt: { type: "agent", username, agent } };
}

function fromPassword({ password, user }: ResolvedTarget): Credential[] {
  if (password === undefined) return [];
  const reveal = (): string => password.reveal();
  return [
    { label: "password", method: "password", attempt: { type: "password", username: user, password: reveal() } },
    {
      label: "password (asked for by the server)",
      method: "keyboard-interactive",
      attempt: {
        type: "keyboard-interactive",
        username: user,
        prompt: (_name, _instructions, _language, prompts, finish) =>
          finish(prompts.map(({ echo }) => (echo === true ? user : reveal()))),
      },
    },
  ];
}

/** What happened to the credentials of one connection attempt. */
export interface LoginRecord {
  readonly tried: string[];
  /** The methods the server last said it would accept. */
  accepted: readonly string[];
}

/** Feeds credentials to ssh2 one by one, only those whose method the server accepts, and keeps a record. */
export function authHandler(credentials: Credentials, user: string, record: LoginRecord) {
  const left = [...credentials.usable];
  let asked = false;
  return (accepted: AuthenticationType[] | null): AnyAuthMethod | false => {
    if (!asked) {
      asked = true;
      return { type: "none", username: user };
    }
    if (accepted !== null) record.accepted = accepted;
    const index = left.findIndex(({ method }) => accepted === null || accepted.includes(method));
    const [credential] = index < 0 ? [] : left.splice(index, 1);
    if (credential === undefined) return false;
    record.tried.push(credential.label);
    return credential.attempt;
  };
}
