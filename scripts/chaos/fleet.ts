import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Played } from "../../test/fleet/chaos/play.ts";
import { createCrew } from "./fleet/crew.ts";
import { outcomeTable, resourceLines } from "./fleet/outcome-table.ts";

const usage = `usage: npm run chaos -- --target fleet [OPTION…]
  --nodes N       simulated nodes (200)
  --schedules N   schedules of failures to play (1000)
  --seed N        which ones; the same seed gives the same ones (1)
  --from N        number of the first one (0)
  --only N        play this one alone and tell everything that happens
  --below WHAT    "ssh": simulated machines behind ssh servers (default); "engine": mere models of them, for the
                  engine and its records alone
  --jobs N        processes that play at the same time (one per processor)`;

interface Wanted {
  readonly nodes: number;
  readonly seed: number;
  readonly indices: readonly number[];
  readonly jobs: number;
  readonly verbose: boolean;
  readonly below: "ssh" | "engine";
}

/** Plays schedules of failures over a simulated fleet and judges each; the result is the process exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const wanted = parse(args);
  if (wanted === undefined) return 2;
  const { nodes, seed, indices, verbose } = wanted;
  console.log(`${indices.length} schedules of failures over ${nodes} simulated nodes, seed ${seed}`);
  const started = Date.now();
  const played: Played[] = [];
  let lastProgress = started;
  const crew = await createCrew(wanted);
  try {
    await crew.play(seed, indices, {
      onLine: verbose ? (line) => console.log(line) : () => {},
      onPlayed: (one, schedule) => {
        played.push(one);
        if (one.violations.length > 0) console.log(complaint(one, schedule, wanted));
        if (verbose || Date.now() - lastProgress < 10_000) return;
        lastProgress = Date.now();
        console.log(progress(played, indices.length, lastProgress - started));
      },
    });
  } finally {
    await crew.end();
  }
  const leaks = crew.leaks();
  for (const line of [...outcomeTable(played), ...resourceLines(played, Date.now() - started), ...leaks])
    console.log(line);
  const broken = played.filter(({ violations }) => violations.length > 0).length;
  console.log(
    broken === 0
      ? `every promise was kept in ${played.length} schedules`
      : `promises were broken in ${broken} of ${played.length} schedules`,
  );
  return broken === 0 && leaks.length === 0 && played.length === indices.length ? 0 : 1;
}

function parse(args: readonly string[]): Wanted | undefined {
  const number = { type: "string" } as const;
  const options = { nodes: number, schedules: number, seed: number, from: number, only: number, jobs: number };
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...options, below: { type: "string" }, help: { type: "boolean" } },
    });
    const { nodes = 200, schedules = 1000, seed = 1, from = 0, only, jobs = availableParallelism() } = numbers(values);
    const { below = "ssh" } = values;
    if (below !== "ssh" && below !== "engine") throw new Error(`--below takes ssh or engine, not "${below}"`);
    if (values.help === true) throw new Error(usage);
    const indices = only === undefined ? Array.from({ length: schedules }, (_, index) => from + index) : [only];
    return { nodes, seed, indices, jobs: Math.min(jobs, indices.length), verbose: only !== undefined, below };
  } catch (thrown) {
    console.error(thrown instanceof Error && thrown.message !== usage ? `${thrown.message}\n${usage}` : usage);
    return undefined;
  }
}

function numbers(values: Readonly<Record<string, string | boolean | undefined>>): Record<string, number | undefined> {
  const given = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(
    given
      .filter(([name]) => name !== "below")
      .map(([name, text]) => {
        if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a number, not "${text}"`);
        return [name, Number(text)];
      }),
  );
}

function complaint({ index, violations }: Played, schedule: readonly string[], { nodes, seed, below }: Wanted): string {
  const again = `npm run chaos -- --target fleet --nodes ${nodes} --seed ${seed}${below === "ssh" ? "" : ` --below ${below}`} --only ${index}`;
  return [
    `schedule ${index} broke ${violations.length} promises:`,
    ...violations.slice(0, 10).map((violation) => `  ${violation}`),
    ...schedule.slice(0, 12).map((line) => `    ${line}`),
    `  again: ${again}`,
  ].join("\n");
}

function progress(played: readonly Played[], total: number, elapsed: number): string {
  const broken = played.filter(({ violations }) => violations.length > 0).length;
  const left = Math.round(((total - played.length) * elapsed) / played.length / 60_000);
  return `${played.length} of ${total} played, ${broken} with broken promises, about ${left} min to go`;
}
