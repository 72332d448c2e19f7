import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPlan, type Plan } from "../../../src/engine/plan.ts";
import { createSchedule, type Schedule } from "../../../src/engine/schedule.ts";
import { emptyWorld, onceStep, type Place, run } from "./steps.ts";

const world = emptyWorld();
const group = "control-plane-join";
const join = onceStep(world, "join", { oneAtATime: group });
const prepare = onceStep(world, "prepare");

const onEach = (names: readonly string[], ...steps: readonly ReturnType<typeof onceStep>[]) =>
  names.map((node) => ({ node, steps }));
const keysOf = (steps: readonly { key: string }[]) => steps.map(({ key }) => key);

/** Everything that may start now. */
function startable(schedule: Schedule<Place, Place>) {
  const found = [];
  for (let planned = schedule.next(); planned !== undefined; planned = schedule.next()) found.push(planned);
  return found;
}

describe("the order", () => {
  test("a step with more steps behind it starts before one that came first", () => {
    const init = onceStep(world, "init", { needs: ["prepare"] });
    const joins = onceStep(world, "joins", { needs: ["prepare", "init"] });
    const plan = buildPlan([...onEach(["w-1"], prepare, joins), ...onEach(["cp-1"], prepare, init)]);
    expect(keysOf(startable(createSchedule(plan)))).toEqual(["prepare@cp-1", "prepare@w-1"]);
  });

  test("equally urgent steps start in the order of the plan", () => {
    const nodes = ["w-1", "w-2", "w-3", "w-4", "w-5"];
    const schedule = createSchedule(buildPlan(onEach(nodes, prepare)));
    expect(startable(schedule).map(({ node }) => node)).toEqual(nodes);
  });
});

describe("steps of which only one runs at a time", () => {
  const three = () => createSchedule(buildPlan(onEach(["cp-1", "cp-2", "cp-3"], join)));

  test("wait for each other, and nobody waits for ever", () => {
    const schedule = three();
    const order = [];
    for (let [running] = startable(schedule); running !== undefined; [running] = startable(schedule)) {
      order.push(running.key);
      schedule.ended(running);
    }
    expect(order).toEqual(["join@cp-1", "join@cp-2", "join@cp-3"]);
    expect(schedule.left()).toEqual([]);
  });

  test("do not keep others waiting", () => {
    const other = onceStep(world, "other");
    const schedule = createSchedule(buildPlan(onEach(["cp-1", "cp-2"], join, other)));
    expect(keysOf(startable(schedule))).toEqual(["join@cp-1", "other@cp-1", "other@cp-2"]);
  });

  test("let the next one go also when the running one failed and its node was given up", () => {
    const schedule = three();
    const [first] = startable(schedule);
    if (first === undefined) throw new Error("nothing started");
    schedule.ended(first);
    schedule.giveUp("cp-1");
    expect(keysOf(startable(schedule))).toEqual(["join@cp-2"]);
  });

  test("pass over those that were given up meanwhile", () => {
    const schedule = three();
    const [first] = startable(schedule);
    if (first === undefined) throw new Error("nothing started");
    schedule.ended(first);
    expect(keysOf(schedule.giveUp("cp-2"))).toEqual(["join@cp-2"]);
    expect(keysOf(startable(schedule))).toEqual(["join@cp-3"]);
  });

  test("take their turn again when they are to be repeated", () => {
    const schedule = three();
    const [first] = startable(schedule);
    if (first === undefined) throw new Error("nothing started");
    schedule.ended(first);
    schedule.again(first);
    const order = [];
    for (let now = startable(schedule); now[0] !== undefined; now = startable(schedule)) {
      order.push(keysOf(now));
      schedule.ended(now[0]);
    }
    expect(order.sort()).toEqual([["join@cp-1"], ["join@cp-2"], ["join@cp-3"]]);
  });

  test("never overlap in a run, even when one of them fails", async () => {
    const joining = emptyWorld();
    let now = 0;
    let most = 0;
    const slow = onceStep(joining, "join", {
      oneAtATime: group,
      apply: async ({ node }) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        if (node === "cp-2") throw new Error("no");
        joining.done.add(`join@${node}`);
      },
    });
    const { summary } = await run({ plan: buildPlan(onEach(["cp-1", "cp-2", "cp-3", "cp-4"], slow)) });
    expect(most).toBe(1);
    expect(summary).toMatchObject({ counts: { changed: 3, failed: 1 }, setAside: ["cp-2"] });
  });
});

test("whatever the plan and whoever is given up, every step starts once, after its needs and alone in its group", () => {
  const node = fc.record({
    chain: fc.array(fc.constantFrom(undefined, "one", "two"), { minLength: 1, maxLength: 5 }),
    lost: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 6 }), (told) => {
      const plan: Plan<Place, Place> = buildPlan(
        told.map(({ chain }, index) => ({
          node: `n-${index}`,
          steps: chain.map((name, at) =>
            onceStep(world, `s-${index}-${at}`, {
              ...(name === undefined ? {} : { oneAtATime: name }),
              needs: at === 0 ? [] : [`s-${index}-${at - 1}`, `s-${index - 1}-${at - 1}`],
            }),
          ),
        })),
      );
      const schedule = createSchedule(plan);
      const started: string[] = [];
      const running: (typeof plan.steps)[number][] = [];
      const given = new Set<string>();
      for (;;) {
        for (const planned of startable(schedule)) {
          started.push(planned.key);
          running.push(planned);
        }
        const groups = running.flatMap(({ step }) => step.oneAtATime ?? []);
        expect(new Set(groups).size).toBe(groups.length);
        const ended = running.shift();
        if (ended === undefined) break;
        schedule.ended(ended);
        const index = Number(ended.node?.slice(2));
        if (told[index]?.lost === true && !given.has(ended.node ?? "")) {
          given.add(ended.node ?? "");
          for (const { key } of schedule.giveUp(ended.node ?? "")) expect(started).not.toContain(key);
        } else {
          schedule.met(ended);
        }
      }
      expect(schedule.left()).toEqual([]);
      expect(new Set(started).size).toBe(started.length);
      const expected = plan.steps.filter((planned) => !given.has(planned.node ?? "")).map(({ key }) => key);
      expect(started).toEqual(expect.arrayContaining(expected));
    }),
    { numRuns: 300 },
  );
});
