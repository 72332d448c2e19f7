import type { Finding } from "../../../preset/finding.ts";
import { nodeNameFor } from "../../../preset/node-name.ts";
import { formatPath, type Path } from "../../../preset/path.ts";
import { apiVersion, kind } from "../../../preset/schema/preset.ts";
import type { PresetDraft } from "../draft.ts";
import { setAt } from "../edit-draft.ts";
import { findingAt, findingText, type Judged, judge } from "../judge.ts";
import { type MachineDraft, machinesOf, machinesPath, sharedLoginOf } from "./machines.ts";

/** What is wrong by the place of the machine in the list. */
export type MachineProblems = ReadonlyMap<number, string>;

const indexed = new WeakMap<Judged, MachineProblems>();

/** The first problem of every machine that has one, out of what the judgement of the whole draft found. */
export function problemsByMachine(judged: Judged): MachineProblems {
  const before = indexed.get(judged);
  if (before !== undefined) return before;
  const problems = new Map<number, string>();
  for (const finding of judged.findings) {
    const index = finding.path[machinesPath.length];
    const below = machinesPath.every((part, place) => finding.path[place] === part);
    if (below && typeof index === "number" && !problems.has(index)) problems.set(index, problemText(finding));
  }
  indexed.set(judged, problems);
  return problems;
}

function problemText(finding: Finding): string {
  const key = finding.path.slice(machinesPath.length + 1);
  return key.length === 0 ? findingText(finding) : `${formatPath(key)}: ${findingText(finding)}`;
}

/**
 * What is wrong at a place of one machine, judged with no more machines around it than those it can be mistaken for:
 * among a thousand, all of them would take too long for every key.
 */
export function problemOfMachine(draft: PresetDraft, index: number, place: Path): string | undefined {
  const machines = machinesOf(draft);
  const machine = machines[index];
  if (machine === undefined) return undefined;
  const around = [...likeIt(machines, machine), ...firstControlPlanes(machines), index];
  const kept = [...new Set(around)].toSorted((one, other) => one - other);
  const small = aroundLogin(
    draft,
    kept.map((at) => machines[at] ?? {}),
  );
  const finding = findingAt(judge(small), [...machinesPath, kept.indexOf(index), ...place]);
  if (finding === undefined) return undefined;
  return findingText(finding).replaceAll(/nodes\[(\d+)\]/g, (_, at) => `nodes[${kept[Number(at)]}]`);
}

/** What is wrong at a place of the shared login, judged as if there was one machine. */
export function problemOfLogin(draft: PresetDraft, path: Path): string | undefined {
  const some = { address: "192.0.2.1", roles: ["control-plane", "worker"] } as const;
  const finding = findingAt(judge(aroundLogin(draft, [some])), path);
  return finding === undefined ? undefined : findingText(finding);
}

function aroundLogin({ spec = {} }: PresetDraft, nodes: readonly MachineDraft[]): PresetDraft {
  const { network, ha, topology } = spec;
  const base: PresetDraft = {
    apiVersion,
    kind,
    metadata: { name: "cluster" },
    spec: { ...(network === undefined ? {} : { network }), ...(ha === undefined ? {} : { ha }) },
  };
  const ssh = topology?.static?.ssh === undefined ? {} : { ssh: sharedLoginOf({ spec }) };
  return setAt(base, ["spec", "topology", "static"], { ...ssh, nodes });
}

function likeIt(machines: readonly MachineDraft[], wanted: MachineDraft): number[] {
  const marks = new Set(marksOf(wanted));
  return machines.flatMap((machine, at) => (marksOf(machine).some((mark) => marks.has(mark)) ? [at] : [])).slice(0, 5);
}

function marksOf({ name, address, internalAddress }: MachineDraft): string[] {
  const called = name ?? (address === undefined || address === "" ? undefined : nodeNameFor(address));
  return [called, address, internalAddress].flatMap((mark) => (mark === undefined || mark === "" ? [] : [mark]));
}

function firstControlPlanes(machines: readonly MachineDraft[]): number[] {
  const isOne = ({ roles }: MachineDraft) => roles?.includes("control-plane") === true;
  const first = machines.findIndex(isOne);
  const second = machines.findIndex((machine, at) => at > first && isOne(machine));
  return [first, second].filter((at) => at >= 0);
}
