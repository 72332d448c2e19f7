import type { ServerChannel } from "ssh2";
import { endRequest } from "../../../src/ssh/root-shell-script.ts";
import type { FleetNode } from "./node.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** The command in the wrappings the product puts around each: any login shell, root or sudo, a process group. */
interface Unwrapped {
  /** What is printed on both outputs before the command begins; the process group stands in between on stderr. */
  readonly marker: string;
  readonly text: string;
}

/**
 * Takes the wrappings off: base64 for any login shell, the choice between root and sudo, the marker of the group.
 * Undefined when the product wraps its commands in another way, which must be taught.
 */
export function unwrap(command: string): Unwrapped | undefined {
  const encoded = /^exec sh -c 'eval "\$\(echo ([A-Za-z0-9+/=]+) \| base64 -d\)"'$/.exec(command)?.[1];
  if (encoded === undefined) return undefined;
  const script = Buffer.from(encoded, "base64").toString("latin1");
  const whole =
    /^export LC_ALL=C; if \[ "\$\(id -u\)" -eq 0 \]; then (.*?); else exec sudo .*; fi$/s.exec(script)?.[1] ?? script;
  const words = /^setsid sh -c ('(?:[^']|'\\'')*') sh ('(?:[^']|'\\'')*'); exit "\$\?"$/.exec(whole);
  const [, tell = "", text = ""] = words ?? [];
  const marker = /printf "(<group-[0-9a-f]+-)\$\$>" >&2; printf "\1"; exec sh -c "\$1"/.exec(unquote(tell))?.[1];
  return marker === undefined ? undefined : { marker, text: unquote(text) };
}

function unquote(word: string): string {
  return word.slice(1, -1).replaceAll("'\\''", "'");
}

/** Whether a command is the product's loop that runs one root command after another. */
function isRootShell(text: string): boolean {
  return /while read -r \w+ bytes lines; do/.test(text);
}

/** What the product writes to a root shell to end the command it runs. */
const endLine = bytes(endRequest);

/** Serves one channel: a root shell with its many commands, or a single command with its input. */
export function serveChannel(node: FleetNode, command: string, channel: ServerChannel): void {
  const unwrapped = unwrap(command);
  channel.on("error", () => channel.destroy());
  if (unwrapped === undefined) {
    node.options.onUnknown(`a command wrapped in an unknown way: ${command.slice(0, 300)}`);
    end(channel, 127);
    return;
  }
  const group = node.nextGroup();
  channel.stderr.write(bytes(`${unwrapped.marker}${group}>`));
  channel.write(bytes(unwrapped.marker));
  if (isRootShell(unwrapped.text)) serveRootShell(node, channel);
  else serveCommand(node, unwrapped.text, group, channel);
}

function end(channel: ServerChannel, exitCode: number): void {
  channel.exit(exitCode);
  channel.end();
}

function serveCommand(node: FleetNode, text: string, group: number, channel: ServerChannel): void {
  const chunks: Buffer[] = [];
  channel.on("data", (chunk: Buffer) => chunks.push(chunk));
  channel.once("end", () => {
    const ending = /^kill -s TERM -- '?-(\d+)'?/.exec(text)?.[1];
    if (ending !== undefined) {
      node.endGroup(Number(ending));
      end(channel, 0);
      return;
    }
    node.perform(text, Buffer.concat(chunks).toString("latin1"), group).then((answer) => {
      if (answer === undefined || channel.destroyed) return;
      if (answer.stderr !== "") channel.stderr.write(bytes(answer.stderr));
      if (answer.stdout !== "") channel.write(bytes(answer.stdout));
      end(channel, answer.exitCode);
    });
  });
}

/** Reads requests as the product's root shell does and answers each with the marks it prints. */
function serveRootShell(node: FleetNode, channel: ServerChannel): void {
  let waiting: Buffer = Buffer.alloc(0);
  let running: number | undefined;
  const endRunning = (): void => {
    if (running !== undefined) node.endGroup(running);
  };
  const next = (): void => {
    while (waiting.subarray(0, endLine.length).equals(endLine)) {
      waiting = waiting.subarray(endLine.length);
      endRunning();
    }
    if (running !== undefined) return;
    const request = takeRequest(waiting);
    if (request === undefined) return;
    waiting = waiting.subarray(request.length);
    const group = node.nextGroup();
    running = group;
    channel.stderr.write(bytes(`${request.mark} ${group}\n`));
    node.perform(request.text, request.stdin, group).then((answer) => {
      running = undefined;
      if (answer === undefined || channel.destroyed) return;
      channel.write(bytes(`${answer.stdout}${request.mark} ${answer.exitCode} 0\n`));
      channel.stderr.write(bytes(`${answer.stderr}${request.mark} \n`));
      next();
    });
  };
  channel.on("data", (chunk: Buffer) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    next();
  });
  channel.once("end", () => {
    endRunning();
    end(channel, 0);
  });
}

interface Request {
  readonly mark: string;
  readonly text: string;
  readonly stdin: string;
  /** Bytes the request takes. */
  readonly length: number;
}

/** The first request in the bytes that have arrived, once it is whole: `MARK BYTES LINES`, the lines, the input. */
function takeRequest(data: Buffer): Request | undefined {
  const headEnd = data.indexOf(10);
  if (headEnd < 0) return undefined;
  const [mark = "", size = "", lines = ""] = data.toString("latin1", 0, headEnd).split(" ");
  let at = headEnd + 1;
  for (let line = 0; line < Number(lines); line++) {
    const lineEnd = data.indexOf(10, at);
    if (lineEnd < 0) return undefined;
    at = lineEnd + 1;
  }
  if (data.length < at + Number(size)) return undefined;
  return {
    mark,
    text: data.toString("latin1", headEnd + 1, at),
    stdin: data.toString("latin1", at, at + Number(size)),
    length: at + Number(size),
  };
}
