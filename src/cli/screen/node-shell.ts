import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { clusterFolder } from "../../engine/state-folder.ts";
import { createConnector } from "../../ssh/connector.ts";
import type { RemoteTerminal } from "../../ssh/terminal.ts";
import { machinesThere } from "../../topology/machines-there.ts";
import type { AskingTools, NodeShell, RunRequest } from "../../ui/services.ts";
import { presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { personAtScreen } from "./person-at-screen.ts";

/**
 * Opens a shell of root on a node over a connection of its own, so that a run that is under way does not notice.
 * @throws InstallerError `usage` for a node that is not there, and those of connecting
 */
export async function openNodeShell(
  { presetFile, cluster }: RunRequest,
  node: string,
  { ask, signal: left }: Pick<AskingTools, "ask" | "signal">,
  given: CommandContext,
): Promise<NodeShell> {
  const signal = AbortSignal.any([left, given.signal]);
  const spec = await presetFrom(presetFile, { ...given, signal, inform: () => undefined });
  const machine = (await machinesThere(spec)).find(({ name }) => name === node);
  if (machine === undefined) throw new InstallerError("usage", { message: `${node} is no node of ${cluster}.` });
  const connector = createConnector({
    knownHostsFile: join(clusterFolder(spec.name), "known_hosts"),
    confirmHostKey: personAtScreen(ask).confirmHostKey,
  });
  const close = () => connector.close();
  try {
    const terminal = await connector.openTerminal(machine.ssh, {
      signal,
      size: sizeOf(process.stdout),
      kind: process.env.TERM ?? "xterm",
    });
    return { attach: () => attach(terminal, { node, signal, streams: process }).finally(close) };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

export interface AttachOptions {
  readonly node: string;
  readonly signal: AbortSignal;
  readonly streams: { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream };
}

/**
 * Connects this terminal with one on a node until the shell there ends; then this one is as it was before.
 * @throws InstallerError `connection-lost`
 */
export async function attach(terminal: RemoteTerminal, { node, signal, streams }: AttachOptions): Promise<void> {
  const { stdin, stdout } = streams;
  const type = (typed: Buffer) => void terminal.stream.write(typed);
  const show = (output: Buffer) => void stdout.write(output);
  const resize = () => terminal.resize(sizeOf(stdout));
  const close = () => void terminal.close();
  stdout.write(`A shell of root on ${node}; \`exit\` or Ctrl-D leads back.\r\n`);
  stdin.setRawMode(true);
  stdin.on("data", type).resume();
  stdout.on("resize", resize);
  terminal.stream.on("data", show);
  signal.addEventListener("abort", close, { once: true });
  resize();
  try {
    await terminal.ended;
  } finally {
    signal.removeEventListener("abort", close);
    terminal.stream.off("data", show);
    stdout.off("resize", resize);
    stdin.off("data", type).pause();
    stdin.setRawMode(false);
    await terminal.close();
  }
}

function sizeOf({ columns, rows }: NodeJS.WriteStream) {
  return { columns: columns || 80, rows: rows || 24 };
}
