import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exclusively } from "../../../../../src/topology/lab/kubernetes/exclusive.ts";
import { signal, temporaryFolder } from "../../../bundle/samples.ts";

const options = () => ({ signal, purpose: "testing", progress: () => {} });

test("of several at once, one works and the others wait and say so", async () => {
  const file = join(await temporaryFolder(), "folder", "lock");
  const lines: string[] = [];
  let othersWait: () => void;
  const bothWait = new Promise<void>((resolve) => {
    othersWait = resolve;
  });
  const progress = (line: string) => {
    if (lines.push(line) === 2) othersWait();
  };
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await bothWait;
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => exclusively(file, { ...options(), progress }, work)));
  expect(lines).toEqual(Array(2).fill(`another process is testing; waiting for it (lock ${file})`));
});

test("work that fails gives the lock back", async () => {
  const file = join(await temporaryFolder(), "lock");
  await expect(exclusively(file, options(), () => Promise.reject(new Error("no luck")))).rejects.toThrow("no luck");
  expect(await exclusively(file, options(), async () => "next")).toBe("next");
});

test("a process that is killed holds nothing, but a command it started does until it ends", async () => {
  const file = join(await temporaryFolder(), "lock");
  const end = `${file}-end`;
  const lines: string[] = [];
  const holder = spawn(
    "flock",
    ["--exclusive", file, "sh", "-c", `echo held; until [ -e ${end} ]; do sleep 0.05; done`],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  await once(holder.stdout, "data");
  holder.kill("SIGKILL");
  const progress = (line: string) => {
    lines.push(line);
    writeFileSync(end, "");
  };
  expect(await exclusively(file, { ...options(), progress }, async () => "mine")).toBe("mine");
  expect(lines).toHaveLength(1);
});

test("waiting ends with the signal", async () => {
  const file = join(await temporaryFolder(), "lock");
  await exclusively(file, options(), async () => {
    const controller = new AbortController();
    const waiting = exclusively(
      file,
      { ...options(), signal: controller.signal, progress: () => controller.abort() },
      async () => {},
    );
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});
