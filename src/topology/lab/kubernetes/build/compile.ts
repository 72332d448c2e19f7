import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minutes } from "../../../../engine/time.ts";
import { runCommand } from "../run-command.ts";
import type { Work } from "../work.ts";
import type { SourceTree } from "./source-tree.ts";

/** The programs of Kubernetes a cluster needs, each a directory below cmd/ of its source. */
export const kubernetesPrograms = [
  "kubeadm",
  "kubelet",
  "kubectl",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kube-proxy",
] as const;

/**
 * Compiles Kubernetes' programs into a directory below `directory`, stamped with `version`, and returns that directory.
 * Another patch version of the same minor one takes seconds: only the stamp differs, so only linking runs again.
 */
export async function compileKubernetes(
  tree: SourceTree,
  version: string,
  directory: string,
  work: Work,
): Promise<string> {
  const out = join(directory, `kubernetes-v${version}`);
  const packages = kubernetesPrograms.map((name) => `./cmd/${name}`);
  await goBuild(tree, packages, out, versionStamp(version), work);
  return out;
}

/**
 * A program kept outside the source tree that is compiled as if it stood at `cmd/NAME` in it, so that vendor/ is found.
 */
export interface GuestProgram {
  readonly name: string;
  /** Directory with its Go files. */
  readonly source: string;
  readonly files: readonly string[];
}

/** Compiles guest programs into a directory below `directory` and returns it. */
export async function compileGuests(
  tree: SourceTree,
  guests: readonly GuestProgram[],
  version: string,
  directory: string,
  work: Work,
): Promise<string> {
  const overlay = await writeOverlay(tree, guests, directory);
  const out = join(directory, `stand-ins-v${version}`);
  const packages = guests.map(({ name }) => `./cmd/${name}`);
  await goBuild(tree, packages, out, `-X main.version=v${version}`, work, ["-overlay", overlay]);
  return out;
}

/** Compiles the tests that stand beside a guest program into a program that runs them, and returns its path. */
export async function compileGuestTests(
  tree: SourceTree,
  guest: GuestProgram,
  directory: string,
  work: Work,
): Promise<string> {
  const overlay = await writeOverlay(tree, [guest], directory);
  const out = join(directory, `${guest.name}.test`);
  const args = ["test", "-c", "-vet=off", "-overlay", overlay, "-o", out, `./cmd/${guest.name}`];
  const { directory: cwd, environment } = tree;
  await runCommand({ program: "go", args, cwd, env: { ...environment, PWD: cwd }, deadline: minutes(30) }, work);
  return out;
}

/** Tells Go which files of ours to see in the source tree; the tree itself stays as it is. */
async function writeOverlay(tree: SourceTree, guests: readonly GuestProgram[], directory: string): Promise<string> {
  const replace = Object.fromEntries(
    guests.flatMap(({ name, source, files }) =>
      files.map((file) => [join(tree.directory, "cmd", name, file), join(source, file)]),
    ),
  );
  const overlay = join(directory, "overlay.json");
  await mkdir(directory, { recursive: true });
  await writeFile(overlay, JSON.stringify({ Replace: replace }));
  return overlay;
}

/** Linker settings for what `--version` prints; in GOPATH mode a vendored package has its path in the name. */
function versionStamp(version: string): string {
  const [major, minor] = version.split(".");
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  return ["component-base/version", "client-go/pkg/version"]
    .flatMap((name) =>
      Object.entries(values).map(([key, value]) => `-X k8s.io/kubernetes/vendor/k8s.io/${name}.${key}=${value}`),
    )
    .join(" ");
}

async function goBuild(
  tree: SourceTree,
  packages: readonly string[],
  out: string,
  stamp: string,
  work: Work,
  options: readonly string[] = [],
): Promise<void> {
  const part = `${out}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const flags = ["-trimpath", "-ldflags", `-s -w ${stamp}`, ...options];
  await runCommand(
    {
      program: "go",
      args: ["build", "-v", ...flags, "-o", `${part}/`, ...packages],
      cwd: tree.directory,
      env: { ...tree.environment, PWD: tree.directory },
      deadline: minutes(60),
      onLine: countPackages(work.progress),
    },
    work,
  );
  await rm(out, { recursive: true, force: true });
  await rename(part, out);
}

/** Turns one line per compiled package into a line of progress every few seconds. */
function countPackages(progress: (line: string) => void): (line: string) => void {
  let compiled = 0;
  let shown = Date.now();
  return (line) => {
    compiled += 1;
    if (Date.now() - shown < 5000) return;
    shown = Date.now();
    progress(`compiling: ${compiled} packages done, now ${line.replace("k8s.io/kubernetes/vendor/", "")}`);
  };
}
