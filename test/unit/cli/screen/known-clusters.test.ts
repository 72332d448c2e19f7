import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { keptPresetFile } from "../../../../src/cli/screen/kept-preset-file.ts";
import { knownClusters } from "../../../../src/cli/screen/known-clusters.ts";
import { clustersFolder, runFiles, runsFolder } from "../../../../src/report/run-folder.ts";
import { events, pastRun } from "../../report/past-run.ts";
import { useOwnStateHome } from "../../report/state-home.ts";

useOwnStateHome();

const done = [events.begun, events.finished("a"), events.ended("ok")];

test("each cluster is known by its last run", async () => {
  await pastRun({ cluster: "alpha", hour: 1, events: done });
  await pastRun({ cluster: "beta", hour: 2, events: done });
  expect(await knownClusters()).toMatchObject([
    { name: "alpha", lastRun: { command: "install", outcome: "ok" } },
    { name: "beta", lastRun: { command: "install", outcome: "ok" } },
  ]);
});

test("runs that stopped before they changed anything can be looked at, too", async () => {
  await pastRun({ cluster: "alpha", hour: 1 });
  await pastRun({ cluster: "alpha", hour: 2, events: [events.begunDry] });
  expect(await knownClusters()).toEqual([{ name: "alpha", runsOnRecord: 2 }]);
});

test("a run whose journal is damaged hides neither the cluster nor its other runs", async () => {
  await pastRun({ cluster: "alpha", hour: 1, events: done });
  const damaged = await pastRun({ cluster: "alpha", hour: 2, events: done });
  await writeFile(runFiles(join(runsFolder("alpha"), damaged)).journal, "\u0000\u0001 no journal");
  expect(await knownClusters()).toMatchObject([{ name: "alpha", lastRun: { outcome: "ok" } }]);
});

test("a cluster whose records cannot be read says so and hides no other", async () => {
  await pastRun({ cluster: "alpha", hour: 1, events: done });
  await pastRun({ cluster: "beta", hour: 1, events: done });
  await rm(runsFolder("alpha"), { recursive: true });
  await writeFile(runsFolder("alpha"), "");
  expect(await knownClusters()).toMatchObject([
    { name: "alpha", problem: expect.stringMatching(/^its records cannot be read: .*ENOTDIR/) },
    { name: "beta", lastRun: { outcome: "ok" } },
  ]);
});

test("a file that lies among the clusters is none", async () => {
  await pastRun({ cluster: "alpha", hour: 1, events: done });
  await writeFile(join(clustersFolder(), "notes"), "");
  expect(await readdir(clustersFolder())).toContain("notes");
  expect((await knownClusters()).map(({ name }) => name)).toEqual(["alpha"]);
});

test("what the wizard kept of a cluster nothing was done with yet is its preset", async () => {
  const kept = keptPresetFile("alpha");
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, "");
  expect(await knownClusters()).toEqual([{ name: "alpha", presetFile: kept, runsOnRecord: 0 }]);
});

test("the file a run was given goes before what the wizard kept", async () => {
  const [given, kept] = [join(clustersFolder(), "given.yaml"), keptPresetFile("alpha")];
  await pastRun({ cluster: "alpha", hour: 1, events: done, header: { presetFile: given } });
  await writeFile(kept, "");
  await writeFile(given, "");
  expect(await knownClusters()).toMatchObject([{ presetFile: given }]);
  await rm(given);
  expect(await knownClusters()).toMatchObject([{ presetFile: kept }]);
});
