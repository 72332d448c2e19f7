import { InstallerError } from "../engine/errors.ts";
import { inTime } from "../engine/in-time.ts";
import { formatDuration, seconds } from "../engine/time.ts";
import type { Command } from "../ssh/shell.ts";
import { type Answer, askAll, splitAnswers } from "./ask.ts";
import type { Facts } from "./facts.ts";
import { parseKernel } from "./parse/kernel.ts";
import { parseKubernetes } from "./parse/kubernetes.ts";
import { parseNetwork } from "./parse/network.ts";
import { parseSockets } from "./parse/sockets.ts";
import { parseSoftware } from "./parse/software.ts";
import { parseStorage } from "./parse/storage.ts";
import { parseSurroundings } from "./parse/surroundings.ts";
import { parseSystem } from "./parse/system.ts";
import { sections } from "./sections.ts";

/** Anything that runs a read-only command as root on one machine. */
export interface Reader {
  read(command: Command, options: { signal: AbortSignal }): Promise<{ readonly stdout: string }>;
}

export interface ProbeOptions {
  readonly signal: AbortSignal;
  /** The operator's clock when the question is sent, in milliseconds since the epoch; now unless told. */
  readonly askedAt?: number;
}

/**
 * Looks at a machine once, with one read-only script that takes about a tenth of a second there.
 * @throws InstallerError `command-failed` when the machine cannot run it, `unreachable` when it hangs, and whatever the reader throws
 */
export async function probeFacts(reader: Reader, { signal, askedAt = Date.now() }: ProbeOptions): Promise<Facts> {
  const started = performance.now();
  const limit = { signal, patience: longestProbe, tooLate: hangs };
  const { stdout } = await inTime(limit, (limited) => reader.read(wholeQuestion(), { signal: limited }));
  return parseFacts(stdout, { askedAt, answeredAt: askedAt + (performance.now() - started) });
}

let question: Command | undefined;

/** The same for every machine. */
function wholeQuestion(): Command {
  question ??= askAll(sections);
  return question;
}

function hangs(cause: unknown): InstallerError {
  return new InstallerError("unreachable", {
    message: `The machine did not answer within ${formatDuration(longestProbe)} after the login.`,
    likelyCause: "It is frozen, out of memory, or a disk or network file system does not respond.",
    nextSteps: ["Look at its console, then run the same command again."],
    cause,
  });
}

/** A healthy machine needs a tenth of a second; one that swaps or starts up, a few. */
const longestProbe = seconds(30);

/** Makes facts of what the probe's script printed. @throws InstallerError `command-failed` when the output is cut short */
export function parseFacts(output: string, asked: { askedAt: number; answeredAt: number }): Facts {
  const answers = splitAnswers(output);
  if (!answers.has("ended-at")) {
    throw new InstallerError("command-failed", {
      message: "The look at the node broke off before its end.",
      output: output.slice(-500),
      nextSteps: ["Run the same command again.", "Log in and check that /bin/sh works and that the disk is readable."],
    });
  }
  const answer: Answer = (name) => answers.get(name) ?? "";
  const [start, end] = [millisecondsOf(answer("started-at")), millisecondsOf(answer("ended-at"))];
  return {
    ...parseSystem(answer),
    ...parseKernel(answer),
    ...parseNetwork(answer),
    ...parseSockets(answer),
    ...parseStorage(answer),
    ...parseSoftware(answer),
    ...parseSurroundings(answer),
    kubernetes: parseKubernetes(answer),
    clock: { ...asked, nodeTime: (start + end) / 2, nodeSpent: end - start },
  };
}

/** Nanoseconds since the epoch; where `date` knows no `%N`, seconds. */
function millisecondsOf(text: string): number {
  const [digits = ""] = /^\d+/.exec(text.trim()) ?? [];
  return digits.length > 12 ? Number(BigInt(digits) / 1000n) / 1000 : Number(digits) * 1000;
}
