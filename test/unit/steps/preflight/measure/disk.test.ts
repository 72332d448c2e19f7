import { expect, test } from "vitest";
import { sh } from "../../../../../src/ssh/shell.ts";
import { measureDisk, summariseWrites } from "../../../../../src/steps/preflight/measure/disk.ts";
import { askHere } from "../local-ask.ts";

const here = { architecture: process.arch === "x64" ? "amd64" : process.arch, commands: { perl: "/usr/bin/perl" } };

test("measures this machine's disk and leaves no file behind", async () => {
  const disk = await measureDisk(askHere, here);
  expect(disk).toMatchObject({ directory: "/var/lib/etcd" });
  expect(disk?.samples).toBeGreaterThan(4);
  expect(disk?.median).toBeGreaterThan(0);
  expect(disk?.p99).toBeGreaterThanOrEqual(disk?.median ?? 0);
  const { stdout } = await askHere(sh`ls -A /var/lib /var/lib/etcd 2>/dev/null | grep kube-installer- || true`);
  expect(stdout).toBe("");
});

test("nothing is measured where the clock cannot be read finely", async () => {
  expect(await measureDisk(askHere, { ...here, architecture: "s390x" })).toBeUndefined();
});

/** A disk whose writes take so many milliseconds at each attempt. */
function diskThatTakes(...milliseconds: readonly number[]) {
  const left = [...milliseconds];
  return async () => ({ exitCode: 0, stdout: `${left.shift()}\n`.repeat(100), stderr: "" });
}

test("a disk that was only busy is measured again, one that stays slow counts with its best attempt", async () => {
  expect(await measureDisk(diskThatTakes(300, 2, 900), here)).toMatchObject({ median: 2 });
  expect(await measureDisk(diskThatTakes(300, 150, 200, 400, 1), here)).toMatchObject({ median: 150 });
});

test("the 99th percentile of a hundred writes is the second slowest", () => {
  const times = [...Array.from({ length: 98 }, () => 1), 20, 500];
  expect(summariseWrites(times)).toMatchObject({ samples: 100, median: 1, p99: 20 });
  expect(summariseWrites([1, 2])).toBeUndefined();
});
