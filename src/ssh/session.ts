import type { Client, ClientChannel } from "ssh2";
import { InstallerError } from "../engine/errors.ts";
import { seconds } from "../engine/time.ts";
import type { Command, ProcessEnd, RemoteProcess } from "./transport.ts";

/** How long output may still come after the command has ended, held open by something it left running. */
const lingering = seconds(2);

/**
 * Starts a command on its own channel.
 * @throws what ssh2 reports when the server grants no channel, and InstallerError `connection-lost`
 */
export function openSession(client: Client, command: Command): Promise<RemoteProcess> {
  return new Promise((resolve, reject) => {
    client.exec(command.text, (error, channel) => (error === undefined ? resolve(processOn(channel)) : reject(error)));
  });
}

/** Listens at once: a quick command's whole life can arrive together with the server's consent to start it. */
function processOn(channel: ClientChannel): RemoteProcess {
  const ended = endOf(channel);
  ended.catch(() => {});
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    ended,
    close: () => channel.close(),
  };
}

function endOf(channel: ClientChannel): Promise<ProcessEnd> {
  let leaving: NodeJS.Timeout | undefined;
  let end: ProcessEnd | undefined;
  channel.once("exit", (exitCode: number | null, signal?: string) => {
    end = { exitCode, signal: signal ?? null };
    leaving = setTimeout(() => channel.close(), lingering);
  });
  const closed = new Promise((resolve) => channel.once("close", resolve));
  const drained = new Promise((resolve) => channel.stderr.once("close", resolve));
  return Promise.all([closed, drained]).then(() => {
    clearTimeout(leaving);
    if (end !== undefined) return end;
    throw new InstallerError("connection-lost", {
      message: "The connection broke off while a command was running.",
      likelyCause: "The machine went down, the network failed, or the ssh server was stopped.",
      nextSteps: ["Check that the machine is up and run the same command again; what is already done is kept."],
    });
  });
}
