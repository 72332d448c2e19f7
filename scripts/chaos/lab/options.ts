import { parseArgs } from "node:util";
import { labFaults } from "./faults.ts";
import { type KillPoint, parsePoint } from "./kill-point.ts";

export interface LabOptions {
  /** `all`, how many of them evenly spread, or which. */
  readonly points: "all" | number | readonly KillPoint[];
  readonly moments: number;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly chained: boolean;
  readonly fresh: boolean;
  readonly nodes: number;
  readonly labs: number;
  readonly name: string;
  readonly from: number;
  readonly results: string;
}

export const help = `npm run chaos -- --target lab [OPTION…]

Kills and disturbs installs on real nodes; each time the next run must come to a healthy cluster and a third find
nothing to do. Without options everything is tried, which takes hours; what --results names is not tried again.

  --points all|none|N|LIST   boundaries of steps at which a run is killed: all of an install and a destroy, N evenly
                        spread ones of an install, or a comma-separated list like kubeadm.init@cp-1:started,runtime.images@w-1:started+2000,destroy/kubeadm.init@cp-1:started
  --moments N           random moments at which an install is killed (50)
  --seed S              what the moments come from (1)
  --faults all|none|LIST   ${labFaults.map(({ name }) => name).join(", ")}
  --chained             each killed run is followed by the next that is killed: minutes, see docs/chaos.md
  --fresh               new nodes for each case; else a destroy makes them as they were found, which is compared
  --nodes N             nodes of a lab (2)
  --labs N              labs at the same time (1)
  --name NAME           name of the lab, or what their names begin with (chaos)
  --from K              begin with the case of that number
  --results FILE        JSON lines; cases that are in it are not run again (chaos-lab.jsonl)`;

/** Reads the command line; text says what is wrong with it. */
export function parseOptions(args: readonly string[]): LabOptions | string {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  const numbers = ["moments", "seed", "nodes", "labs", "from"] as const;
  const wrong = numbers.find((name) => !/^\d+$/.test(values[name]));
  if (wrong !== undefined) return `--${wrong} needs a number, not "${values[wrong]}"`;
  const points = pointsOf(values.points);
  if (typeof points === "string" && points !== "all") return points;
  const faults = faultsOf(values.faults);
  if (typeof faults === "string") return faults;
  return {
    points,
    faults,
    moments: Number(values.moments),
    seed: Number(values.seed),
    nodes: Math.max(1, Number(values.nodes)),
    labs: Math.max(1, Number(values.labs)),
    from: Number(values.from),
    chained: values.chained,
    fresh: values.fresh,
    name: values.name,
    results: values.results,
  };
}

function parse(args: readonly string[]) {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const flag = { type: "boolean", default: false } as const;
  return parseArgs({
    args: [...args],
    options: {
      points: text("all"),
      moments: text("50"),
      seed: text("1"),
      faults: text("all"),
      chained: flag,
      fresh: flag,
      nodes: text("2"),
      labs: text("1"),
      name: text("chaos"),
      from: text("1"),
      results: text("chaos-lab.jsonl"),
    },
  }).values;
}

function pointsOf(text: string): LabOptions["points"] | string {
  if (text === "all") return text;
  if (text === "none") return 0;
  if (/^\d+$/.test(text)) return Number(text);
  const points = text.split(",").map((one) => ({ one, point: parsePoint(one.trim()) }));
  const wrong = points.find(({ point }) => point === undefined);
  if (wrong !== undefined) return `"${wrong.one}" is no point; one is written like kubeadm.init@cp-1:started+2000`;
  return points.flatMap(({ point }) => (point === undefined ? [] : [point]));
}

function faultsOf(text: string): readonly string[] | string {
  const known = labFaults.map(({ name }) => name);
  if (text === "all") return known;
  if (text === "none") return [];
  const wanted = text.split(",");
  const wrong = wanted.find((name) => !known.includes(name));
  return wrong === undefined ? wanted : `There is no fault "${wrong}"; there are: ${known.join(", ")}`;
}
