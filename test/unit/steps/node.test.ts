import { expect, test } from "vitest";
import type { Host, HostCommandOptions } from "../../../src/ssh/host.ts";
import { createSemaphore } from "../../../src/ssh/semaphore.ts";
import { sh } from "../../../src/ssh/shell.ts";
import { lookOnly } from "../../../src/steps/look-only.ts";
import { type ConnectedNode, nodeForStep } from "../../../src/steps/node.ts";
import { recordedFacts } from "../facts/recorded.ts";
import { situation } from "./situation.ts";

const refuse = () => Promise.reject(new Error("not part of this test"));

/** A host that refuses everything. */
function hostOf(name: string): Host {
  return {
    name,
    transport: { execute: refuse, spawn: refuse, upload: refuse, download: refuse, tunnel: refuse, close: refuse },
    becomeRoot: refuse,
    run: refuse,
    read: refuse,
    feed: refuse,
    readFile: refuse,
    writeFile: refuse,
    upload: refuse,
    download: refuse,
    close: refuse,
  };
}

function groundOf(name: string): ConnectedNode {
  const { machine } = situation({ [name]: {} }).context.node;
  return { machine, host: hostOf(name), facts: recordedFacts("debian-12") };
}

function withResolvers() {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test("commands end with their step, except those that take away what it made for itself", async () => {
  const given: HostCommandOptions[] = [];
  const run: Host["run"] = async (_command, options) => {
    given.push(options);
    return { exitCode: 0, signal: null, stdout: "", stderr: "" };
  };
  const step = new AbortController();
  const ground = { ...groundOf("w-1"), host: { ...hostOf("w-1"), run } };
  const node = nodeForStep(ground, { signal: step.signal, log: () => {}, uploadPlaces: createSemaphore(1) });
  step.abort();
  await node.change("work", sh`true`);
  await node.change("clean up", sh`true`, { evenWhenEnded: true });
  expect(given.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

test("large files of all nodes share the places there are", async () => {
  const { promise: sent, resolve: arrive } = withResolvers();
  const begun: string[] = [];
  const upload = (name: string) => async () => {
    begun.push(name);
    await sent;
  };
  const uploadPlaces = createSemaphore(2);
  const { signal } = new AbortController();
  const nodes = ["w-1", "w-2", "w-3"].map((name) =>
    nodeForStep(
      { ...groundOf(name), host: { ...hostOf(name), upload: upload(name) } },
      { signal, log: () => {}, uploadPlaces },
    ),
  );
  const all = Promise.all(nodes.map((node) => node.upload("/images.tar", "/images.tar")));
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(["w-1", "w-2"]);
  arrive();
  await all;
  expect(begun).toEqual(["w-1", "w-2", "w-3"]);
});

test("in a dry run nothing but a look reaches the machine, whatever a step does", async () => {
  const looks: string[] = [];
  const read: Host["read"] = async ({ text }) => {
    looks.push(text);
    return { exitCode: 0, signal: null, stdout: "", stderr: "" };
  };
  const { host } = lookOnly({ ...groundOf("w-1"), host: { ...hostOf("w-1"), read } });
  const { signal } = new AbortController();
  await host.read(sh`uptime`, { signal });
  await expect(host.run(sh`reboot`, { signal })).rejects.toMatchObject({ code: "bug" });
  await expect(host.writeFile("/etc/motd", "", { signal })).rejects.toThrow("kept from it");
  await expect(host.upload("/motd", "/etc/motd", { signal })).rejects.toThrow("w-1");
  await expect(host.feed("/motd", sh`cat`, { sha256: "", signal })).rejects.toThrow("w-1");
  expect(looks).toEqual(["uptime"]);
});
