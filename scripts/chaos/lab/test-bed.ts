import type { ProgramEnd } from "./program-run.ts";
import { destroyed, recovered } from "./recovery.ts";
import { freshCluster, type TestCluster } from "./test-cluster.ts";

/** What is on the nodes: as they were found, or a healthy cluster. */
export type NodesState = "bare" | "installed";

/** Nodes ready for a case, and what getting them there showed. */
export interface Prepared {
  readonly cluster: TestCluster;
  readonly runs: readonly ProgramEnd[];
  readonly violations: readonly string[];
}

/** The nodes of one lab. Case after case uses them, as long as no promise was broken on them. */
export interface TestBed {
  /** Folder for the evidence of broken promises. */
  readonly evidence: string;
  /** What the case before left; undefined when there are no nodes. */
  readonly state: () => NodesState | undefined;
  /** Makes nodes, installs or destroys, as far as the state asks for it; both must keep their promises, too. */
  readonly prepare: (wanted: NodesState) => Promise<Prepared>;
  /** Says what a case left; undefined when nobody knows, after which there are no nodes any more. */
  readonly leave: (state: NodesState | undefined) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export interface TestBedOptions {
  /** Name of the lab. */
  readonly lab: string;
  /** How many nodes it has. */
  readonly size: number;
  readonly evidence: string;
  /** Each case gets nodes of its own. */
  readonly fresh: boolean;
}

export function createTestBed({ lab, size, evidence, fresh }: TestBedOptions): TestBed {
  let current: { readonly cluster: TestCluster; readonly state: NodesState } | undefined;
  const remove = async (): Promise<void> => {
    const gone = current;
    current = undefined;
    await gone?.cluster.remove();
  };
  return {
    evidence,
    state: () => current?.state,
    prepare: async (wanted) => {
      current ??= { cluster: await freshCluster(lab, size), state: "bare" };
      const { cluster, state } = current;
      if (state === wanted) return { cluster, runs: [], violations: [] };
      const { runs, violations } = await (wanted === "bare" ? destroyed(cluster) : recovered(cluster));
      return { cluster, runs, violations: violations.map((text) => `before the case, ${text}`) };
    },
    leave: async (state) => {
      if (state === undefined || fresh) await remove();
      else if (current !== undefined) current = { ...current, state };
    },
    remove,
  };
}
