import { expect, test } from "vitest";
import { createWaiting, type NeedyEntry } from "../../../src/ui/run/waits-for.ts";

const entry = (key: string, title: string, needs: readonly string[] = []): NeedyEntry => {
  const [step = "", node] = key.split("@");
  return { key, step, title, needs, ...(node === undefined ? {} : { node }) };
};
const plan = [
  entry("packages@cp-1", "Install packages"),
  entry("init@cp-1", "Initialise the control plane", ["packages@cp-1"]),
  entry("packages@w-1", "Install packages"),
  entry("join@w-1", "Join the cluster", ["packages@w-1", "init@cp-1"]),
  entry("verify", "Verify the cluster", ["join@w-1", "init@cp-1"]),
];

test("a node whose own steps are done says what it waits for and where", () => {
  const waiting = createWaiting(plan);
  waiting.over({ step: "packages", node: "w-1" });
  expect(waiting.of("w-1")).toBe("Initialise the control plane on cp-1");
  waiting.over({ step: "init", node: "cp-1" });
  expect(waiting.of("w-1")).toBe("");
});

test("what a node has to do itself first is no waiting", () => {
  const waiting = createWaiting(plan);
  expect(waiting.of("cp-1")).toBe("");
  expect(waiting.of("w-1")).toBe("");
});

test("several things are counted", () => {
  expect(createWaiting(plan).of("cluster")).toBe("Join the cluster on w-1 and 1 more");
});

test("a node without steps waits for nothing", () => {
  expect(createWaiting(plan).of("w-9")).toBe("");
});
