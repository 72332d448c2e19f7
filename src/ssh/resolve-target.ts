import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { InstallerError } from "../engine/errors.ts";
import type { Secret } from "../engine/secret.ts";
import { type OpensshConfig, readOpensshConfig } from "./openssh-config.ts";
import type { ReadConfig } from "./share-openssh-config.ts";
import type { HostKeyPolicy, SshTarget } from "./target.ts";

/** A target with every question answered: by the preset first, then by ~/.ssh/config, then by OpenSSH's defaults. */
export interface ResolvedTarget {
  /** Where the connection goes. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly keyFiles: readonly string[];
  /** Whether someone named the key files; if not, absent ones are no news. */
  readonly keyFilesNamed: boolean;
  /** Whether other keys of the agent stay out of it. */
  readonly identitiesOnly: boolean;
  readonly agentSocket?: string;
  readonly passphrase?: Secret;
  readonly password?: Secret;
  readonly passwordFirst: boolean;
  /** The name known_hosts files have for it: `host`, `[host]:port`, or HostKeyAlias. */
  readonly hostKeyName: string;
  readonly hostKeys: HostKeyPolicy;
  readonly pinned: readonly string[];
  /** known_hosts files to look into; they are not written to. */
  readonly knownHostsFiles: readonly string[];
  readonly jump?: ResolvedTarget;
}

export interface ResolveOptions {
  /** Another file in place of ~/.ssh/config. */
  readonly configFile?: string;
  readonly signal: AbortSignal;
  /** How OpenSSH's configuration is asked; for each host by itself unless told. */
  readonly readConfig?: ReadConfig;
}

const mostJumps = 8;

/** Answers every question about a target. @throws InstallerError `ssh-config-invalid` */
export async function resolveTarget(target: SshTarget, options: ResolveOptions, depth = 0): Promise<ResolvedTarget> {
  if (depth > mostJumps) throw tooManyJumps(target);
  const { readConfig = readOpensshConfig, ...place } = options;
  const config: OpensshConfig =
    (await readConfig({
      host: target.address,
      ...(target.user === undefined ? {} : { user: target.user }),
      ...(target.port === undefined ? {} : { port: target.port }),
      ...place,
    })) ?? new Map();
  const one = (name: string): string | undefined => unlessNone(config.get(name)?.[0]);
  const address = one("hostname") ?? target.address;
  const port = target.port ?? Number(one("port") ?? 22);
  const bastion = target.bastion ?? jumpOf(one("proxyjump"));
  const jump = bastion && (await resolveTarget(bastion, options, depth + 1));
  if (jump === undefined && one("proxycommand") !== undefined) throw proxyCommand(target);
  const agentSocket = agentOf(one("identityagent"));
  const alias = one("hostkeyalias");
  const user = target.user ?? one("user") ?? userInfo().username;
  const configuredKeys = (config.get("identityfile") ?? defaultKeys).map((path) =>
    expandTokens(path, { address, user }),
  );
  return {
    address,
    port,
    user,
    keyFiles: (target.keyFile === undefined ? configuredKeys : [target.keyFile]).map(expandHome),
    keyFilesNamed: target.keyFile !== undefined,
    identitiesOnly: target.keyFile !== undefined || one("identitiesonly") === "yes",
    ...(agentSocket === undefined ? {} : { agentSocket }),
    ...(target.passphrase === undefined ? {} : { passphrase: target.passphrase }),
    ...(target.password === undefined ? {} : { password: target.password }),
    passwordFirst: target.password !== undefined && target.keyFile === undefined,
    hostKeyName: (alias ?? (port === 22 ? address : `[${address}]:${port}`)).toLowerCase(),
    hostKeys: target.hostKeys ?? policyOf(one("stricthostkeychecking")),
    pinned: target.hostKeyFingerprints ?? [],
    knownHostsFiles: [
      ...filesOf(config.get("userknownhostsfile"), ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]),
      ...filesOf(config.get("globalknownhostsfile"), ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"]),
    ],
    ...(jump === undefined ? {} : { jump }),
  };
}

/** The path with `~` replaced by the user's home directory. */
export function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

/** @see https://man.openbsd.org/ssh_config.5#TOKENS */
function expandTokens(path: string, { address, user }: { address: string; user: string }): string {
  const tokens: Record<string, string> = { d: homedir(), h: address, r: user, u: userInfo().username, "%": "%" };
  return path.replace(/%([dhru%])/g, (token, letter: string) => tokens[letter] ?? token);
}

const defaultKeys = ["~/.ssh/id_rsa", "~/.ssh/id_ecdsa", "~/.ssh/id_ed25519"];

function unlessNone(value: string | undefined): string | undefined {
  return value === undefined || value.toLowerCase() === "none" ? undefined : value;
}

function filesOf(configured: readonly string[] | undefined, usual: readonly string[]): string[] {
  return (configured?.flatMap((value) => value.split(/\s+/)) ?? usual)
    .filter((path) => path !== "" && path !== "none")
    .map(expandHome);
}

function agentOf(configured: string | undefined): string | undefined {
  if (configured === undefined || configured === "SSH_AUTH_SOCK") return process.env.SSH_AUTH_SOCK;
  return configured.startsWith("$") ? process.env[configured.slice(1)] : expandHome(configured);
}

/** `no` of OpenSSH, which accepts changed keys as well, becomes `accept-new`: a changed key is never accepted. */
function policyOf(configured: string | undefined): HostKeyPolicy {
  if (configured === "yes" || configured === "true") return "strict";
  return configured === "ask" || configured === undefined ? "ask" : "accept-new";
}

/** `user@one:22,two` → two, reached through one. */
function jumpOf(configured: string | undefined): SshTarget | undefined {
  return configured?.split(",").reduce<SshTarget | undefined>((before, text) => {
    const [, user, bracketed, plain, port] =
      /^(?:ssh:\/\/)?(?:(.+)@)?(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?\/?$/.exec(text.trim()) ?? [];
    return {
      address: bracketed ?? plain ?? text,
      ...(user === undefined ? {} : { user }),
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(before === undefined ? {} : { bastion: before }),
    };
  }, undefined);
}

function tooManyJumps({ address }: SshTarget): InstallerError {
  return new InstallerError("ssh-config-invalid", {
    message: `The way to ${address} leads through more than ${mostJumps} jump hosts.`,
    likelyCause: "Two hosts in ~/.ssh/config name each other as ProxyJump.",
    nextSteps: [`Look at \`ssh -G ${address}\`.`],
  });
}

function proxyCommand({ address }: SshTarget): InstallerError {
  return new InstallerError("ssh-config-invalid", {
    message: `~/.ssh/config reaches ${address} with ProxyCommand, which this program does not run.`,
    nextSteps: ["Use ProxyJump there, or name the machine to go through as `bastion` in the preset."],
  });
}
