import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lab } from "../../../test/lab/kube-installer.ts";
import { differences, nodePicture } from "../../../test/lab/node-picture.ts";

/** Fresh nodes and a preset for them. */
export interface TestCluster {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly machines: ReturnType<typeof lab>;
  readonly preset: string;
  readonly install: readonly string[];
  readonly destroy: readonly string[];
  /** What differs on any node from how it was found, one line per difference. */
  changes(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/** Makes bare nodes, cp-1 and then workers; what is left of an earlier lab of that name goes away first. */
export async function freshCluster(name: string, size: number): Promise<TestCluster> {
  const machines = lab(name);
  const folder = await mkdtemp(join(tmpdir(), "kube-installer-chaos-"));
  const preset = join(folder, `${name}.yaml`);
  await machines.down();
  await machines.up("--nodes", String(size), "--preset-out", preset);
  const nodes = ["cp-1", ...Array.from({ length: size - 1 }, (_, index) => `w-${index + 1}`)];
  const pictureOf = (node: string) => machines.inNode(node, nodePicture);
  const pictures = await Promise.all(nodes.map(pictureOf));
  return {
    name,
    nodes,
    machines,
    preset,
    install: ["install", "--preset", preset],
    destroy: ["destroy", "--preset", preset, "--yes"],
    changes: async () => {
      const now = await Promise.all(nodes.map(pictureOf));
      return nodes.flatMap((node, index) =>
        differences(pictures[index] ?? "", now[index] ?? "").map((line) => `${node}: ${line}`),
      );
    },
    remove: async () => {
      await machines.down();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
