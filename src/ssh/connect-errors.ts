import { InstallerError } from "../engine/errors.ts";
import type { Credentials, LoginRecord } from "./credentials.ts";
import type { HandshakeFailure, Stage } from "./handshake.ts";
import type { ResolvedTarget } from "./resolve-target.ts";

/** The name of an endpoint in errors: `user@address:port`. */
export function endpointOf({ user, address, port }: Pick<ResolvedTarget, "user" | "address" | "port">): string {
  return `${user}@${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** @see https://www.rfc-editor.org/rfc/rfc4254#section-5.1 */
const administrativelyProhibited = 1;

/** Whether another attempt may succeed: the server was too busy to greet or to open a channel. */
export function worthRetrying({ stage, message, cause }: HandshakeFailure): boolean {
  if (cause instanceof Error && "reason" in cause && cause.reason === administrativelyProhibited) return false;
  return (
    /Connection lost before handshake|Channel open failure: (?:open failed|resource shortage)/i.test(message) ||
    (stage === "greet" && /ECONNRESET|closed the connection/.test(message))
  );
}

/** What went wrong when connecting, with its likely cause and what to do. */
export function connectError(
  failure: HandshakeFailure,
  target: ResolvedTarget,
  credentials: Credentials,
  record: LoginRecord,
): InstallerError {
  const { message, stage, cause } = failure;
  if (isAuthentication(message)) return authenticationFailed(message, target, credentials, record);
  const through = target.jump === undefined ? "" : ` through ${endpointOf(target.jump)}`;
  const advice = unreachableAdvice.find(({ pattern, at }) => pattern.test(message) && (at ?? stage) === stage);
  return new InstallerError("unreachable", {
    message: `Cannot connect to ${endpointOf(target)}${through}: ${advice?.said ?? message}.`,
    likelyCause: advice?.cause ?? "The ssh server there behaves in a way that was not expected.",
    nextSteps: advice?.next({ ...target }) ?? [
      `Try by hand: \`ssh -v -p ${target.port} ${target.user}@${target.address}\`.`,
    ],
    cause,
  });
}

interface Advice {
  readonly pattern: RegExp;
  readonly at?: Stage;
  /** What happened in plain words, where the system's own are cryptic. */
  readonly said?: string;
  readonly cause: string;
  readonly next: (target: ResolvedTarget) => readonly string[];
}

const unreachableAdvice: readonly Advice[] = [
  {
    pattern: /ECONNREFUSED|Connection refused/i,
    said: "the connection was refused",
    cause: "The machine is up, but no ssh server listens on that port.",
    next: ({ port }) => [
      `Check on the machine that sshd runs and which port it has: \`ss -ltnp | grep sshd\`; the preset says ${port}.`,
    ],
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN|Name or service not known/i,
    said: "the name is not known",
    cause: "The name cannot be resolved.",
    next: ({ address }) => [`Correct the address in the preset, or make \`getent hosts ${address}\` work.`],
  },
  {
    pattern: /EHOSTUNREACH|ENETUNREACH|No route to host|unreachable/i,
    said: "there is no route to it",
    cause: "There is no way to that address from here, or a firewall rejects it.",
    next: ({ address }) => [`Look at \`ip route get ${address}\`; machines behind another one need a \`bastion\`.`],
  },
  {
    pattern: /no answer|ETIMEDOUT|timed out/i,
    at: "connect",
    cause: "The machine is down, the address is wrong, or a firewall drops packets.",
    next: ({ address, port }) => [
      `Check the address and that the machine is up; try \`nc -vz ${address} ${port}\`.`,
      "Machines that can be reached only through another one need a `bastion` in the preset.",
    ],
  },
  {
    pattern: /no answer|ETIMEDOUT|timed out/i,
    cause: "Something accepts connections but does not answer as an ssh server in time; the machine may be overloaded.",
    next: ({ address, port }) => [`See what answers there: \`nc ${address} ${port} </dev/null\` must print SSH-2.0-….`],
  },
  {
    pattern: /Connection lost before handshake|closed the connection|ECONNRESET/i,
    cause: "The server drops connections at once: too many at a time (MaxStartups), or a block list such as fail2ban.",
    next: () => ["Look at the log of sshd on the machine: `journalctl -u ssh`."],
  },
  {
    pattern: /no matching|negotiat/i,
    cause: "The server allows only algorithms this program does not have, for example post-quantum key exchange alone.",
    next: () => ["Allow `curve25519-sha256` (KexAlgorithms) and `aes256-gcm@openssh.com` (Ciphers) in sshd_config."],
  },
  {
    pattern: /administratively prohibited|Channel open failure/i,
    cause: "The jump host does not forward connections there.",
    next: () => ["Set `AllowTcpForwarding yes` in the jump host's sshd_config, and check the address as seen from it."],
  },
];

function isAuthentication(message: string): boolean {
  return /authentication methods failed|too many authentication failures|password has expired/i.test(message);
}

function authenticationFailed(
  message: string,
  target: ResolvedTarget,
  { unusable }: Credentials,
  { tried, accepted }: LoginRecord,
): InstallerError {
  const list = (items: readonly string[]): string => (items.length === 0 ? "nothing" : items.join(", "));
  const notTried = unusable.length === 0 ? "" : ` Not usable: ${unusable.join("; ")}.`;
  const methods = accepted.length === 0 ? "" : ` The server accepts: ${accepted.join(", ")}.`;
  return new InstallerError("authentication-failed", {
    message: `${endpointOf(target)} refused the login. Tried: ${list(tried)}.${notTried}${methods}`,
    likelyCause: causeOfRefusal(message, { unusable, tried }),
    nextSteps: nextAfterRefusal(message, target, unusable),
  });
}

function causeOfRefusal(
  message: string,
  { unusable, tried }: { unusable: readonly string[]; tried: readonly string[] },
) {
  if (/expired/.test(message)) return "The password has expired; the server wants a new one first.";
  if (/too many/i.test(message)) return "The ssh agent holds more keys than the server lets one try (MaxAuthTries).";
  if (unusable.length > 0 && tried.length === 0) return "No key could be used.";
  return "The key is not in ~/.ssh/authorized_keys of that user, the password is wrong, or the user is another one.";
}

function nextAfterRefusal(message: string, target: ResolvedTarget, unusable: readonly string[]): string[] {
  const login = `ssh -p ${target.port} ${target.user}@${target.address}`;
  if (/expired/.test(message)) return [`Change the password by hand: \`${login}\`.`];
  if (/too many/i.test(message))
    return ["Name the right key in the preset: `keyFile: ~/.ssh/NAME`; then only it is tried."];
  const encrypted = unusable.some((reason) => reason.includes("encrypted"));
  return [
    ...(encrypted ? ["Load the encrypted key into an agent with `ssh-add FILE`, or give its `passphrase`."] : []),
    `Find the user and key that work by hand (\`${login}\`), and name them in the preset.`,
  ];
}
