import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seconds, until } from "../../../src/engine/time.ts";

/** A real OpenSSH server on a random port of 127.0.0.1 with keys and configuration of its own. */
export interface SshServer {
  readonly port: number;
  readonly pid: number;
  /** Private key file that may log in as root. */
  readonly clientKey: string;
  readonly hostKey: (type: KeyType) => string;
  /** Its directory, also fit for other files of the test. */
  readonly directory: string;
  log(): string;
  /** Ends it and everything it started with SIGKILL, as a power failure does; its files stay. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export type KeyType = "ed25519" | "ecdsa" | "rsa";

export interface SshServerOptions {
  /** Lines that come before the usual configuration and so win over it. */
  readonly config?: readonly string[];
  readonly hostKeyTypes?: readonly KeyType[];
}

/** Starts sshd in a temporary directory; it ends with `stop`, and with the test process in any case. */
export async function startSshServer({
  config = [],
  hostKeyTypes = ["ed25519"],
}: SshServerOptions = {}): Promise<SshServer> {
  const directory = await mkdtemp(join(tmpdir(), "sshd-"));
  chmodSync(directory, 0o755);
  const port = await freePort();
  const hostKey = (type: KeyType): string => join(directory, `host_${type}`);
  for (const type of hostKeyTypes) makeKey(hostKey(type), { type });
  const clientKey = join(directory, "client");
  makeKey(clientKey);
  writeFileSync(join(directory, "authorized_keys"), readFileSync(`${clientKey}.pub`));
  const configFile = join(directory, "sshd_config");
  const lines = [
    ...config,
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    ...hostKeyTypes.map((type) => `HostKey ${hostKey(type)}`),
    `AuthorizedKeysFile ${join(directory, "authorized_keys")}`,
    "PermitRootLogin yes",
    "StrictModes no",
    "UsePAM no",
    "PidFile none",
    "LogLevel VERBOSE",
    "Subsystem sftp internal-sftp",
  ];
  writeFileSync(configFile, `${lines.join("\n")}\n`);
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const logFile = join(directory, "log");
  let running = await launch({ configFile, logFile, port });
  return {
    port,
    get pid() {
      return running.pid;
    },
    clientKey,
    hostKey,
    directory,
    log: () => readFileSync(logFile, "utf8"),
    kill: () => running.kill(),
    async start() {
      running = await launch({ configFile, logFile, port });
    },
    async stop() {
      await running.kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Starts sshd under a guard that ends it when the pipe from this process closes, however this process ends. */
async function launch({ configFile, logFile, port }: { configFile: string; logFile: string; port: number }) {
  const script = '/usr/sbin/sshd -D -E "$1" -f "$2" & echo $!; cat >/dev/null; kill $! 2>/dev/null; true';
  const guard = spawn("sh", ["-c", script, "sh", logFile, configFile], { stdio: ["pipe", "pipe", "inherit"] });
  const pid = await new Promise<number>((resolve) => guard.stdout.once("data", (data) => resolve(Number(data))));
  const exited = new Promise((resolve) => guard.once("exit", resolve));
  await until("sshd to listen", () => portAnswers(port), {
    signal: AbortSignal.timeout(seconds(30)),
    deadline: seconds(20),
    interval: 20,
  });
  return {
    pid,
    async kill() {
      killTree(pid);
      guard.stdin.end();
      await exited;
    },
  };
}

/** Makes a key pair with the real ssh-keygen. */
export function makeKey(
  path: string,
  { type = "ed25519", passphrase = "" }: { type?: KeyType; passphrase?: string } = {},
) {
  execFileSync("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", path.replace(/.*\//, ""), "-f", path]);
}

/** Ends a process and all its descendants, parents first, so that none of them notices the end of a child. */
export function killTree(pid: number): void {
  const descendants = (parent: number): number[] => [parent, ...childrenOf(parent).flatMap(descendants)];
  for (const one of descendants(pid)) {
    try {
      process.kill(one, "SIGKILL");
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH")) throw thrown;
    }
  }
}

export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function portAnswers(port: number) {
  return new Promise<{ done: true; value: undefined } | { done: false; saw: string }>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("data", () => {
      socket.destroy();
      resolve({ done: true, value: undefined });
    });
    socket.once("error", (error) => resolve({ done: false, saw: error.message }));
  });
}
