import { readFile, stat } from "node:fs/promises";
import { Secret } from "../engine/secret.ts";
import type { Finding } from "./finding.ts";
import { expandPath, type Surroundings } from "./locations.ts";
import { formatPath, quote } from "./path.ts";
import type { Reference } from "./references.ts";
import { whyUnreadable } from "./why-unreadable.ts";

/** What the references of a preset lead to. */
export interface Referenced {
  /** By the path of the reference, as `formatPath` writes it. */
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly findings: readonly Finding[];
}

/**
 * Reads every secret and looks whether every file is there; what fails is told at the place it is named: as an error, or
 * as a warning where only an install needs it, because a cluster can be destroyed without its bundle.
 */
export async function readReferences(
  references: readonly Reference[],
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Referenced> {
  const secrets = new Map<string, Secret>();
  const findings: Finding[] = [];
  for (const reference of references) {
    signal.throwIfAborted();
    const found = await read(reference, surroundings, signal);
    if (found.secret !== undefined) secrets.set(formatPath(reference.path), found.secret);
    const severity = reference.neededTo === "install" ? "warning" : "error";
    if (found.finding !== undefined) findings.push({ severity, path: reference.path, ...found.finding });
  }
  return { secrets, findings };
}

interface Found {
  readonly secret?: Secret;
  readonly finding?: Partial<Finding> & Pick<Finding, "message">;
}

async function read({ kind, target }: Reference, surroundings: Surroundings, signal: AbortSignal): Promise<Found> {
  if (kind === "secret-variable") return readVariable(target, surroundings);
  const file = expandPath(target, surroundings);
  try {
    const { mode } = await stat(file);
    if (kind === "file") return {};
    const found = secretOf(await readFile(file, { encoding: "utf8", signal }), file);
    const open = (mode & 0o077) !== 0;
    const warning = {
      severity: "warning",
      message: `other users of this machine may read ${quote(file)}`,
      hint: `\`chmod 600 ${file}\``,
    } as const;
    return open && found.finding === undefined ? { ...found, finding: warning } : found;
  } catch (thrown) {
    signal.throwIfAborted();
    return { finding: { message: `cannot read ${quote(file)}: ${whyUnreadable(thrown)}`, hint: whereFrom(target) } };
  }
}

function readVariable(name: string, { env }: Surroundings): Found {
  const value = env[name];
  if (value !== undefined && value !== "") return { secret: new Secret(value) };
  const state = value === undefined ? "is not set" : "is empty";
  return {
    finding: {
      message: `the environment variable ${name} ${state}`,
      hint: `set it in the shell that starts the program: \`read -rs ${name} && export ${name}\``,
    },
  };
}

function secretOf(content: string, file: string): Found {
  const lines = content.replace(/\r?\n$/, "").split(/\r?\n/);
  if (lines.length > 1)
    return { finding: { message: `${quote(file)} has ${lines.length} lines, but a secret is one line` } };
  const [line = ""] = lines;
  return line === "" ? { finding: { message: `${quote(file)} is empty` } } : { secret: new Secret(line) };
}

function whereFrom(target: string): string {
  return target.startsWith("~") || target.startsWith("/")
    ? "check the path"
    : "check the path; it counts from the folder of the preset";
}
