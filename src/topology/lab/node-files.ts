import { proxyPort } from "./addresses.ts";
import type { HostApt } from "./host-apt.ts";
import type { Variant } from "./inventory.ts";

/** The user of the variants in which root may not log in. */
export const sudoUser = "admin";
/** The user one has on the jump node. */
export const jumpUser = "jump";
/** Where sshd listens in the variant `port`. */
export const otherPort = 2222;

export function sshPort(variant: Variant): number {
  return variant === "port" ? otherPort : 22;
}

export interface NodeFile {
  readonly path: string;
  readonly content: string;
  readonly mode?: number;
}

/** What a node knows about itself from the start. */
export interface NodeIdentity {
  readonly name: string;
  readonly machineId: string;
  readonly hostKey: { readonly secret: string; readonly public: string };
  /** Nothing answers name queries there, which is refused at once. */
  readonly resolver: string;
  readonly packageProxy: string;
  readonly apt: HostApt;
}

/** Files that make a node out of the base image. */
export function identityFiles(identity: NodeIdentity): NodeFile[] {
  const { name, machineId, hostKey, resolver, packageProxy, apt } = identity;
  return [
    { path: "etc/hostname", content: `${name}\n` },
    { path: "etc/machine-id", content: `${machineId}\n`, mode: 0o444 },
    {
      path: "etc/hosts",
      content: `127.0.0.1 localhost\n127.0.1.1 ${name}\n::1 localhost ip6-localhost ip6-loopback\n`,
    },
    { path: "etc/resolv.conf", content: `nameserver ${resolver}\n` },
    { path: "etc/ssh/ssh_host_ed25519_key", content: hostKey.secret, mode: 0o600 },
    { path: "etc/ssh/ssh_host_ed25519_key.pub", content: `${hostKey.public}\n` },
    { path: "etc/apt/sources.list", content: "" },
    { path: "etc/apt/sources.list.d/debian.sources", content: debianSources(apt) },
    {
      path: "etc/apt/apt.conf.d/20lab-packages",
      content: [`Acquire::http::Proxy "${packageProxy}";`, 'Acquire::Retries "3";', ...apt.options, ""].join("\n"),
    },
  ];
}

/** The sources of a Debian machine; an https mirror is asked for through the proxy, which speaks TLS in the node's place. */
function debianSources({ mirror, securityMirror }: HostApt): string {
  const stanza = (uri: string, suites: string) =>
    [
      "Types: deb",
      `URIs: ${uri.replace(/^https:\/\//, "http://HTTPS///")}`,
      `Suites: ${suites}`,
      "Components: main",
      "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg",
      "",
    ].join("\n");
  return `${stanza(mirror, "bookworm bookworm-updates")}\n${stanza(securityMirror, "bookworm-security")}`;
}

/** How the login of a variant is set up: files, and what is run in the node's root file system as root. */
export interface LoginSetup {
  readonly files: readonly NodeFile[];
  readonly script: string;
}

/**
 * `publicKey` is the line that goes into authorized_keys; on the jump node one is an ordinary user.
 * The password for sudo comes to the script through standard input.
 */
export function loginSetup({
  variant,
  publicKey,
  jump,
}: {
  variant: Variant;
  publicKey: string;
  jump: boolean;
}): LoginSetup {
  const port = sshPort(variant);
  const sshd = (lines: string) => ({ path: "etc/ssh/sshd_config.d/login.conf", content: lines });
  if (jump) return userLogin(jumpUser, publicKey, [sshd("PermitRootLogin no\n")]);
  if (variant === "sudo" || variant === "sudo-password") {
    const grant = variant === "sudo" ? "NOPASSWD: ALL" : "ALL";
    const rule = { path: "etc/sudoers.d/lab", content: `${sudoUser} ALL=(ALL:ALL) ${grant}\n`, mode: 0o440 };
    const setup = userLogin(sudoUser, publicKey, [sshd("PermitRootLogin no\n"), rule]);
    return variant === "sudo" ? setup : { ...setup, script: `${setup.script}\nchpasswd` };
  }
  const key = { path: "root/.ssh/authorized_keys", content: `${publicKey}\n`, mode: 0o600 };
  return { files: [key, ...(port === 22 ? [] : [sshd(`Port ${port}\n`)])], script: "chmod 700 /root/.ssh" };
}

function userLogin(user: string, publicKey: string, files: readonly NodeFile[]): LoginSetup {
  const key = { path: `home/${user}/.ssh/authorized_keys`, content: `${publicKey}\n`, mode: 0o600 };
  const script = [
    `id ${user} >/dev/null 2>&1 || useradd --create-home --shell /bin/bash ${user}`,
    `chown -R ${user}:${user} /home/${user}`,
    `chmod 700 /home/${user}/.ssh`,
  ].join("\n");
  return { files: [...files, key], script };
}

/** Lets the nodes behind the jump node reach the package proxy, and nothing else, through it. */
export function packageForwarding(proxy: { readonly address: string }, innerAddress: string): NodeFile[] {
  const folder = "etc/systemd/system";
  return [
    {
      path: `${folder}/packages.socket`,
      content: `[Socket]\nListenStream=${innerAddress}:${proxyPort}\nFreeBind=yes\n\n[Install]\nWantedBy=sockets.target\n`,
    },
    {
      path: `${folder}/packages.service`,
      content: `[Service]\nExecStart=/lib/systemd/systemd-socket-proxyd ${proxy.address}:${proxyPort}\n`,
    },
  ];
}
