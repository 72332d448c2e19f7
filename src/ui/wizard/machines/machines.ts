import type { Path } from "../../../preset/path.ts";
import type { PresetDraft } from "../draft.ts";

type StaticDraft = NonNullable<NonNullable<NonNullable<PresetDraft["spec"]>["topology"]>["static"]>;

/** One machine as far as it is described. */
export type MachineDraft = NonNullable<NonNullable<StaticDraft["nodes"]>[number]>;
export type LoginDraft = NonNullable<StaticDraft["ssh"]>;

export const machinesPath: Path = ["spec", "topology", "static", "nodes"];
export const sharedLoginPath: Path = ["spec", "topology", "static", "ssh"];

/** The machines of a draft; a hole in the list is a machine nothing is known of. */
export function machinesOf({ spec }: PresetDraft): readonly MachineDraft[] {
  const nodes = spec?.topology?.static?.nodes;
  return Array.isArray(nodes) ? nodes.map((node) => node ?? nothing) : none;
}

const nothing: MachineDraft = {};
const none: readonly MachineDraft[] = [];

/** How all machines are logged in to, unless one says otherwise. */
export function sharedLoginOf({ spec }: PresetDraft): LoginDraft {
  return spec?.topology?.static?.ssh ?? {};
}

/** What tells a machine from others while the list changes around it. */
export function machineKey({ name, address, ssh }: MachineDraft): string {
  return JSON.stringify([name, address, ssh?.port]);
}

/** Everything that decides whether one can log in to a machine; what was found out with one does not hold for another. */
export function loginKey(machine: MachineDraft, shared: LoginDraft): string {
  return JSON.stringify([machine.address, { ...shared, ...machine.ssh }]);
}

/** `deploy@, port 2222`: what of the login is the machine's own. */
export function ownLogin({ ssh = {} }: MachineDraft): string {
  const { user, port, keyFile, bastion } = ssh;
  return [
    user === undefined ? [] : [`as ${user}`],
    port === undefined ? [] : [`port ${port}`],
    keyFile === undefined ? [] : [keyFile],
    bastion === undefined ? [] : [`through ${bastion.address ?? "a bastion"}`],
  ]
    .flat()
    .join(", ");
}

/** The shared login in a few words. */
export function sharedLoginInWords(login: LoginDraft): string {
  const { user, port, keyFile, hostKeys, bastion, sudoPassword } = login;
  return [
    [user === undefined ? "as ~/.ssh/config says, else as you" : `as ${user}`],
    port === undefined ? [] : [`port ${port}`],
    keyFile === undefined ? [] : [keyFile],
    hostKeys === undefined ? [] : [`host keys: ${hostKeys}`],
    bastion === undefined ? [] : [`through ${bastion.address ?? "a bastion"}`],
    sudoPassword === undefined ? [] : ["with a sudo password"],
  ]
    .flat()
    .join(", ");
}

/** What is done about a host key that was not seen before; asking is usual. */
export const hostKeyPolicies = [
  { key: "ask", label: "Ask about host keys not seen before" },
  { key: "accept-new", label: "Accept them on first contact" },
  { key: "strict", label: "Refuse them" },
] as const;

export type MachineRole = "control-plane" | "worker";

/** The roles one can choose from, and how they are called in a narrow column. */
export const roleChoices = [
  { roles: ["worker"], label: "worker", short: "worker" },
  { roles: ["control-plane"], label: "control plane", short: "control plane" },
  { roles: ["control-plane", "worker"], label: "control plane and worker", short: "cp + worker" },
] as const satisfies readonly { roles: readonly MachineRole[]; label: string; short: string }[];

/** The roles of a machine in few letters. */
export function rolesInWords({ roles = [] }: MachineDraft): string {
  const known = roleChoices.find((choice) => [...choice.roles].join() === [...roles].toSorted().join());
  return known?.short ?? roles.join(", ");
}
