import { type ErrorCode, InstallerError } from "../engine/errors.ts";
import { survives } from "../steps/quorum.ts";
import type { Machine } from "../topology/machine.ts";
import type { CommandContext } from "./command-context.ts";
import { type AbsentNode, joinAbsent } from "./connect-nodes.ts";
import { personAtPrompt } from "./person-at-prompt.ts";

/** Names of the control planes, the first one first. */
export function controlPlaneNames(machines: readonly Machine[]): readonly string[] {
  return machines.filter(({ roles }) => roles.includes("control-plane")).map(({ name }) => name);
}

/** What a machine that is down or unwell looks like; anything else, such as a refused login, is a mistake to be mended. */
const passing: ReadonlySet<ErrorCode> = new Set([
  ...(["unreachable", "connection-lost", "no-channel", "command-failed", "deadline-exceeded"] as const),
]);

/**
 * Why nothing may be done without the nodes that are absent, or undefined when the rest is safe to work on: their
 * failure is one that machines have, not presets, the first control plane is there and so is a majority of them.
 */
export function reasonToStop(
  absent: readonly AbsentNode[],
  { machines, requireAllNodes }: { machines: readonly Machine[]; requireAllNodes: boolean },
): InstallerError | undefined {
  const lost = new Set(absent.map(({ name }) => name));
  const mistaken = absent.some(({ error }) => !passing.has(error.code));
  const safe = survives(controlPlaneNames(machines), lost);
  return requireAllNodes || mistaken || !safe ? joinAbsent(sterner(absent), machines.length) : undefined;
}

/** The failures that decide come first, so that the exit code is theirs. */
function sterner(absent: readonly AbsentNode[]): readonly AbsentNode[] {
  return [...absent].sort(
    (left, right) => Number(passing.has(left.error.code)) - Number(passing.has(right.error.code)),
  );
}

type Asking = Pick<CommandContext, "inform" | "interactive" | "person" | "signal">;

/**
 * Tells the operator which nodes the run goes on without; a person is asked first, as the address may be a typo.
 * @throws InstallerError what is wrong with the nodes when the person does not want that
 */
export async function goOnWithout(
  absent: readonly AbsentNode[],
  { machines, context }: { machines: readonly Machine[]; context: Asking },
): Promise<void> {
  if (absent.length === 0) return;
  const { inform, interactive, person = personAtPrompt, signal } = context;
  for (const { name, error } of absent) inform(`warning: ${name} cannot be used: ${error.message}`);
  const names = absent.map(({ name }) => name);
  if (!interactive) {
    inform(`The run goes on without ${names.join(", ")}; \`--require-all-nodes\` would stop it here.`);
    return;
  }
  if (await person.goOnWithout(names, signal)) return;
  throw joinAbsent(absent, machines.length) ?? new InstallerError("bug", { message: "No node is absent." });
}

/** One error for a run that went well except for the nodes that were set aside. */
export function partialError(setAside: ReadonlyMap<string, InstallerError>): InstallerError {
  const names = [...setAside.keys()];
  const [was, it] = names.length === 1 ? ["was", "it"] : ["were", "them"];
  return new InstallerError("partial", {
    message: `${names.join(", ")} ${was} set aside; everything else is as wanted.`,
    failures: [...setAside].map(([node, error]) => error.at({ node })),
    nextSteps: [`put right what is wrong with ${it}, then run the same command again: it picks ${it} up`],
  });
}
