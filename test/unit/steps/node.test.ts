import { expect, test } from "vitest";
import type { Host, HostCommandOptions } from "../../../src/ssh/host.ts";
import { sh } from "../../../src/ssh/shell.ts";
import { nodeForStep } from "../../../src/steps/node.ts";
import { recordedFacts } from "../facts/recorded.ts";
import { situation } from "./situation.ts";

test("commands end with their step, except those that take away what it made for itself", async () => {
  const given: HostCommandOptions[] = [];
  const refuse = () => Promise.reject(new Error("not part of this test"));
  const run: Host["run"] = async (_command, options) => {
    given.push(options);
    return { exitCode: 0, signal: null, stdout: "", stderr: "" };
  };
  const host: Host = {
    name: "w-1",
    transport: { execute: refuse, spawn: refuse, upload: refuse, download: refuse, tunnel: refuse, close: refuse },
    becomeRoot: refuse,
    run,
    read: run,
    feed: refuse,
    readFile: refuse,
    writeFile: refuse,
    upload: refuse,
    download: refuse,
    close: refuse,
  };
  const step = new AbortController();
  const { machine } = situation({ "w-1": {} }).context.node;
  const ground = { machine, host, facts: recordedFacts("debian-12") };
  const node = nodeForStep(ground, { signal: step.signal, log: () => {} });
  step.abort();
  await node.change("work", sh`true`);
  await node.change("clean up", sh`true`, { evenWhenEnded: true });
  expect(given.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});
