import { sanitizeLine } from "../../../engine/sanitize.ts";
import { checkAddress, checkIPAddress, checkLabel } from "../../../preset/formats.ts";
import { nodeNameFor } from "../../../preset/node-name.ts";
import { quote } from "../../../preset/path.ts";
import type { MachineRole } from "./machines.ts";

/** One machine as a list names it. */
export interface ImportedMachine {
  /** Where it stands, from 1. */
  readonly line: number;
  readonly address: string;
  readonly name?: string;
  readonly internalAddress?: string;
  readonly roles: readonly MachineRole[];
  readonly user?: string;
  readonly port?: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Something that was not understood. */
export interface ImportProblem {
  readonly line: number;
  readonly reason: string;
}

export interface Imported {
  readonly machines: readonly ImportedMachine[];
  readonly problems: readonly ImportProblem[];
}

export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** The lines that say something, without comments and without what could move a cursor. */
export function linesOf(text: string): readonly TextLine[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/)
    .map((line, index) => ({ number: index + 1, text: sanitizeLine(line).replaceAll("\t", " ").trim() }))
    .filter(({ text: line }) => line !== "" && !/^[#;]/.test(line));
}

const roleNames: Readonly<Record<string, MachineRole>> = {
  "control-plane": "control-plane",
  controlplane: "control-plane",
  "kube-control-plane": "control-plane",
  master: "control-plane",
  masters: "control-plane",
  "kube-master": "control-plane",
  cp: "control-plane",
  server: "control-plane",
  worker: "worker",
  workers: "worker",
  "kube-node": "worker",
  "kube-worker": "worker",
  node: "worker",
  nodes: "worker",
  agent: "worker",
};

/** The role a word stands for in one of the usual spellings. */
export function roleOf(word: string): MachineRole | undefined {
  const spelled = word.toLowerCase().replaceAll("_", "-");
  return Object.hasOwn(roleNames, spelled) ? roleNames[spelled] : undefined;
}

/** What a list may say of a machine, as texts. */
export interface MachineTexts {
  readonly address?: string;
  readonly name?: string;
  readonly internalAddress?: string;
  readonly roles?: readonly string[];
  readonly user?: string;
  readonly port?: string;
  readonly labels?: string;
}

/** A machine out of texts, or what is wrong with them. */
export function machineFrom(texts: MachineTexts, line: number): ImportedMachine | ImportProblem {
  const { user, host, port } = splitLogin(texts.address ?? "");
  const wrong = (reason: string): ImportProblem => ({ line, reason: sanitizeLine(reason) });
  if (host === "") return wrong("there is no address");
  const complaint = checkAddress(host);
  if (complaint !== undefined) return wrong(complaint.message);
  const name = nameFrom(texts.name);
  const nameComplaint = name === undefined ? undefined : checkLabel(name);
  if (nameComplaint !== undefined) return wrong(nameComplaint.message);
  const unknown = texts.roles?.find((role) => roleOf(role) === undefined);
  if (unknown !== undefined) return wrong(`${quote(unknown)} is no role: control-plane and worker are`);
  const portText = filled(texts.port) ?? port;
  const portNumber = portText === undefined ? undefined : Number(portText);
  if (portNumber !== undefined && !(/^\d{1,5}$/.test(portText ?? "") && portNumber >= 1 && portNumber <= 65_535))
    return wrong(`${quote(portText ?? "")} is not a port`);
  const labels = labelsFrom(filled(texts.labels));
  if (labels === undefined) return wrong(`${quote(texts.labels ?? "")} are not labels, such as size=big;zone=a`);
  const internal = filled(texts.internalAddress);
  const internalComplaint = internal === undefined ? undefined : checkIPAddress(internal);
  if (internalComplaint !== undefined) return wrong(internalComplaint.message);
  const login = filled(texts.user) ?? user;
  const roles = (texts.roles ?? []).flatMap((role) => roleOf(role) ?? []);
  return {
    line,
    address: host,
    ...(name === undefined ? {} : { name }),
    ...(internal === undefined || internal === host ? {} : { internalAddress: internal }),
    roles: (["control-plane", "worker"] as const).filter((role) => roles.includes(role)),
    ...(login === undefined ? {} : { user: login }),
    ...(portNumber === undefined ? {} : { port: portNumber }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}

/** `ann@10.0.0.1:2222` in its parts. */
function splitLogin(text: string): { user?: string; host: string; port?: string } {
  const at = text.lastIndexOf("@");
  const user = at > 0 ? text.slice(0, at) : undefined;
  const rest = text.slice(at + 1);
  const [, host, port] = /^([^:]+):(\d+)$/.exec(rest) ?? [];
  return {
    ...(user === undefined ? {} : { user }),
    host: host ?? rest,
    ...(port === undefined ? {} : { port }),
  };
}

/** Host names with a domain give their first part, as where the preset leaves the name out. */
function nameFrom(text: string | undefined): string | undefined {
  const name = filled(text);
  return name === undefined || checkLabel(name) === undefined ? name : nodeNameFor(name);
}

function labelsFrom(text: string | undefined): Readonly<Record<string, string>> | undefined {
  const pairs = (text ?? "").split(/[;,\s]+/).filter((pair) => pair !== "");
  const entries = pairs.map((pair) => /^([^=:]+)[=:](.*)$/.exec(pair));
  if (entries.includes(null)) return undefined;
  return Object.fromEntries(entries.map((entry) => [entry?.[1] ?? "", entry?.[2] ?? ""]));
}

/** Machines and problems apart. */
export function sortedOut(found: readonly (ImportedMachine | ImportProblem)[]): Imported {
  return {
    machines: found.filter((one): one is ImportedMachine => "address" in one),
    problems: found.filter((one): one is ImportProblem => "reason" in one),
  };
}
