import { dirname, resolve } from "node:path";
import { formatDuration } from "../../src/engine/time.ts";
import { chainedKills } from "./lab/chained.ts";
import { faultCase } from "./lab/fault-case.ts";
import { labFaults } from "./lab/faults.ts";
import { killCase, neededFor } from "./lab/kill-case.ts";
import { type KillPoint, nearerAndNearer, pointText } from "./lab/kill-point.ts";
import { help, type LabOptions, parseOptions } from "./lab/options.ts";
import { boundaries, learn, type Reference, randomMoments, spread } from "./lab/reference.ts";
import type { CaseResult } from "./lab/result.ts";
import { appendResult, readResults } from "./lab/results-file.ts";
import { tableOf } from "./lab/table.ts";
import { createTestBed, type NodesState, type TestBed } from "./lab/test-bed.ts";

interface Case {
  readonly id: string;
  readonly needs: NodesState;
  run(bed: TestBed): Promise<readonly CaseResult[]>;
}

/** `npm run chaos -- --target lab`: exit code 0 when every promise was kept. */
export async function run(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) return say(help, 0);
  const options = parseOptions(args);
  if (typeof options === "string") return say(options, 2);
  const earlier = await readResults(options.results);
  const recorded = earlier.find((line): line is Reference => line.type === "reference" && line.size === options.nodes);
  const reference = recorded ?? (await learnAndRecord(options));
  const results = earlier.filter((line): line is CaseResult => line.type === "case" && line.missed !== true);
  const done = new Set(results.map(({ id }) => id));
  const all = casesOf(options, reference);
  const left = all.flatMap((one, index) => (index + 1 >= options.from && !done.has(one.id) ? [{ ...one, index }] : []));
  console.log(`${all.length} cases, ${left.length} to run; results go to ${options.results}`);

  const evidence = resolve(dirname(options.results), "chaos-evidence");
  const work = async (lab: string): Promise<void> => {
    const bed = createTestBed({ lab, size: options.nodes, evidence, fresh: options.fresh });
    for (let one = takeNext(left, bed.state()); one !== undefined; one = takeNext(left, bed.state())) {
      const began = performance.now();
      const came = await one.run(bed);
      for (const result of came) await appendResult(options.results, result);
      results.push(...came);
      const broken = came.flatMap(({ violations }) => violations);
      const how = broken.length > 0 ? `BROKEN: ${broken.join("; ")}` : came.every((r) => r.missed) ? "missed" : "kept";
      const took = formatDuration(performance.now() - began);
      console.log(
        `${new Date().toISOString().slice(11, 19)} ${one.index + 1}/${all.length} ${one.id}: ${how} (${took})`,
      );
    }
    await bed.remove();
  };
  const labs = Array.from({ length: options.labs }, (_, index) => labName(options, index));
  await Promise.all(labs.map(work));
  console.log(`\n${tableOf(results)}`);
  return results.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

/** The next case that finds the nodes as it needs them, so that each undoing is a case as well; else the next. */
function takeNext<T extends Pick<Case, "needs">>(left: T[], state: NodesState | undefined): T | undefined {
  const fitting = left.findIndex(({ needs }) => needs === (state ?? "bare"));
  return left.splice(Math.max(0, fitting), 1)[0];
}

function casesOf(options: LabOptions, reference: Reference): Case[] {
  const point = (command: KillPoint["command"]) => (boundary: string) => ({ command, boundary, delay: 0 });
  const every = boundaries(reference.install).map(point("install"));
  const undoing = boundaries(reference.destroy).map(point("destroy"));
  const { points } = options;
  const chosen =
    points === "all" ? [...every, ...undoing] : typeof points === "number" ? spread(every, points) : points;
  const moments = randomMoments(reference, options.moments, options.seed);
  const atPoints = chosen.map((one) => killedCase("point", `point/${pointText(one)}`, [one]));
  const atMoments = moments.map((one, index) =>
    killedCase("moment", `moment/${options.seed}.${index + 1}/${pointText(one)}`, nearerAndNearer(one)),
  );
  const chained = [...chosen, ...moments];
  const faults = labFaults
    .filter(({ name }) => options.faults.includes(name))
    .map(
      (fault): Case => ({
        id: `fault/${fault.name}`,
        needs: "bare",
        run: async (bed) => [await faultCase(bed, fault)],
      }),
    );
  if (!options.chained) return [...atPoints, ...atMoments, ...faults];
  return [...(chained.length === 0 ? [] : [chainCase({ id: "chained", points: chained })]), ...faults];
}

/** Tries the points in turn until one is reached: a run may be over before the first. */
function killedCase(kind: "point" | "moment", id: string, points: readonly [KillPoint, ...KillPoint[]]): Case {
  return {
    id,
    needs: neededFor(points[0]),
    run: async (bed) => {
      let result = await killCase(bed, { id, kind, point: points[0] });
      for (const point of points.slice(1)) {
        if (result.missed !== true || result.violations.length > 0) break;
        result = await killCase(bed, { id, kind, point });
      }
      return [result];
    },
  };
}

function chainCase(chain: Parameters<typeof chainedKills>[1]): Case {
  const tell = (line: string) => console.log(`  ${line}`);
  return { id: chain.id, needs: "bare", run: (bed) => chainedKills(bed, chain, tell) };
}

async function learnAndRecord(options: LabOptions): Promise<Reference> {
  console.log("learning the boundaries from one install and one destroy that nothing disturbs");
  const reference = await learn(labName(options, 0), options.nodes);
  await appendResult(options.results, reference);
  return reference;
}

function labName({ name, labs }: LabOptions, index: number): string {
  return labs === 1 ? name : `${name}-${index + 1}`;
}

function say(text: string, exitCode: number): number {
  (exitCode === 0 ? console.log : console.error)(text);
  return exitCode;
}
