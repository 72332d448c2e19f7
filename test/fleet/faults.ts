/** When a fault strikes: at the n-th command of a node (from 1), or at the n-th one whose text holds something. */
export type Trigger = { readonly command: number } | { readonly holding: string; readonly occurrence?: number };

/** How much of a command has happened when its answer is lost. */
export type Progress = "none" | "half" | "all";

export type Effect =
  /** The connection breaks off; new ones are welcome. */
  | { readonly kind: "cut"; readonly progress: Progress }
  /** The connection breaks off, and for a while no new one is accepted. */
  | { readonly kind: "cut-for"; readonly progress: Progress; readonly milliseconds: number }
  /** The machine goes down and comes back after a while. */
  | { readonly kind: "reboot"; readonly progress: Progress; readonly milliseconds: number }
  /** The machine goes down and stays down. */
  | { readonly kind: "die"; readonly progress: Progress }
  /** The command is not answered; the connection stays. */
  | { readonly kind: "hang"; readonly progress: Progress }
  /** The command is not run and fails. */
  | { readonly kind: "fail"; readonly exitCode: number; readonly stderr: string }
  /** The answer takes longer. */
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** From now on nothing can be written, for a while. */
  | { readonly kind: "disk-full"; readonly milliseconds: number }
  /** The API of the cluster on this machine answers nobody for a while. */
  | { readonly kind: "api-down"; readonly milliseconds: number };

/** One thing that goes wrong once on one node. */
export interface Fault {
  readonly node: string;
  readonly at: Trigger;
  readonly effect: Effect;
}

/** The faults that are still to come, by node. */
export class FaultScript {
  readonly #open: Map<string, { fault: Fault; seen: number }[]> = new Map();

  add(fault: Fault): void {
    const list = this.#open.get(fault.node) ?? [];
    list.push({ fault, seen: 0 });
    this.#open.set(fault.node, list);
  }

  /** The fault that strikes now, if any; it does not strike again. */
  strike(node: string, command: { readonly number: number; readonly text: string }): Effect | undefined {
    const list = this.#open.get(node);
    if (list === undefined) return undefined;
    for (const [index, entry] of list.entries()) {
      const { at, effect } = entry.fault;
      if ("holding" in at && command.text.includes(at.holding)) entry.seen += 1;
      const now =
        "command" in at
          ? command.number >= at.command
          : entry.seen >= (at.occurrence ?? 1) && command.text.includes(at.holding);
      if (!now) continue;
      list.splice(index, 1);
      return effect;
    }
    return undefined;
  }

  /** The faults that never struck. */
  left(): readonly Fault[] {
    return [...this.#open.values()].flatMap((list) => list.map(({ fault }) => fault));
  }
}
