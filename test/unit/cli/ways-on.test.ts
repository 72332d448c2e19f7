import { expect, test } from "vitest";
import { consequence, meantBy, waysOn } from "../../../src/cli/ways-on.ts";

const ways = (command: "install" | "destroy", interrupted: string) =>
  waysOn(command, { command: interrupted }).map(({ way }) => way);

test("an install offers to resume an interrupted install, to start over, or to look at it first", () => {
  expect(ways("install", "install")).toEqual(["resume", "start-over", "inspect"]);
});

test("an install after half a destroy has no choice, a destroy only goes on or looks", () => {
  expect(ways("install", "destroy")).toEqual([]);
  expect(ways("destroy", "install")).toEqual(["resume", "inspect"]);
});

test("a run limited to some nodes does not offer to take away all of them", () => {
  const offers = waysOn("install", { command: "install" }, { limited: true });
  expect(offers.map(({ way }) => way)).toEqual(["resume", "inspect"]);
});

test("the offer to start over says when more than the interrupted run made would go", () => {
  const [, startOver] = waysOn("install", { command: "install", completeBefore: new Date() });
  expect(startOver?.does).toContain("the whole cluster, which was complete before");
});

test.each([
  ["", "resume"],
  ["r", "resume"],
  ["Resume", "resume"],
  ["s", "start-over"],
  ["start-over", "start-over"],
  ["START OVER", "start-over"],
  ["insp", "inspect"],
  ["yes", undefined],
])("the answer %j means %s", (answer, way) => {
  expect(meantBy(answer, waysOn("install", { command: "install" }))?.way).toBe(way);
});

test.each([
  ["install", "install", /goes on/],
  ["destroy", "destroy", /goes on/],
  ["destroy", "install", /takes away/],
  ["install", "destroy", /installs anew/],
] as const)("%s after %s says what happens now", (command, interrupted, text) => {
  expect(consequence(command, { command: interrupted })).toMatch(text);
});
