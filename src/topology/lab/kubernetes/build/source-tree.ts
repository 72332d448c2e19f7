import { cp, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { minutes } from "../../../../engine/time.ts";
import { runCommand } from "../run-command.ts";
import type { Work } from "../work.ts";
import type { DebianArchive } from "./debian-archive.ts";

/** Kubernetes' source, ready to compile, and the environment Go needs for it. */
export interface SourceTree {
  /** The tree as Go sees it, below GOPATH. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Version of Debian's source package, e.g. `1.20.5+really1.20.2-1.1+deb12u1`. */
  readonly packageVersion: string;
}

/**
 * Downloads, unpacks and prepares Debian's `kubernetes` source package below `directory`; what an earlier run finished
 * is kept. GOPATH mode, because the vendored tree of 1.20 is refused by the module mode of newer Go.
 */
export async function prepareSource(directory: string, debian: DebianArchive, work: Work): Promise<SourceTree> {
  work.progress("downloading Debian's source package of Kubernetes (34 MB)");
  const dsc = await debian.source("kubernetes");
  const packageVersion = basename(dsc, ".dsc").replace(/^kubernetes_/, "");
  const gopath = join(directory, `kubernetes_${packageVersion}`);
  const tree = join(gopath, "src/k8s.io/kubernetes");
  if (!(await exists(tree))) await unpack(dsc, gopath, debian, work);
  const environment = {
    GOPATH: gopath,
    GOCACHE: join(directory, "go-build"),
    GO111MODULE: "off",
    GOFLAGS: "",
    CGO_ENABLED: "0",
  };
  await generate(tree, gopath, environment, work);
  return { directory: tree, environment, packageVersion };
}

async function unpack(dsc: string, gopath: string, debian: DebianArchive, work: Work): Promise<void> {
  const part = `${gopath}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(join(part, "src/k8s.io"), { recursive: true });
  work.progress("unpacking the source package and applying Debian's patches");
  const tree = join(part, "src/k8s.io/kubernetes");
  const args = ["--require-strong-checksums", "-x", dsc, tree];
  await runCommand({ program: "dpkg-source", args, deadline: minutes(5) }, work);
  await replaceReflect2(tree, debian, work);
  await rename(part, gopath);
}

/**
 * Puts Debian's reflect2 in place of the vendored 1.0.1, which crashes when compiled with Go 1.18 or newer.
 * @see https://github.com/modern-go/reflect2/issues/24
 */
async function replaceReflect2(tree: string, debian: DebianArchive, work: Work): Promise<void> {
  const [deb = ""] = await debian.packages(["golang-github-modern-go-reflect2-dev"]);
  const unpacked = join(tree, "../reflect2");
  await runCommand({ program: "dpkg-deb", args: ["-x", deb, unpacked], deadline: minutes(1) }, work);
  const source = join(unpacked, "usr/share/gocode/src/github.com/modern-go/reflect2");
  const vendored = join(tree, "vendor/github.com/modern-go/reflect2");
  const isCode = (name: string) => /\.(go|s)$/.test(name);
  for (const name of (await readdir(vendored)).filter(isCode)) await rm(join(vendored, name));
  for (const name of (await readdir(source)).filter(isCode)) await cp(join(source, name), join(vendored, name));
  await rm(unpacked, { recursive: true });
}

/** Runs Kubernetes' own code generators: without their output kube-apiserver does not compile. */
async function generate(
  tree: string,
  gopath: string,
  environment: Readonly<Record<string, string>>,
  work: Work,
): Promise<void> {
  const stamp = join(gopath, "generated");
  if (await exists(stamp)) return;
  work.progress("generating code (make generated_files)");
  await runCommand(
    {
      program: "make",
      args: ["generated_files"],
      cwd: tree,
      env: { ...environment, PWD: tree },
      deadline: minutes(30),
      onLine: (line) => {
        const target = /^\s+(\S+\/)?([\w-]+)$/.exec(line)?.[2];
        if (target !== undefined) work.progress(`generating code: ${target}`);
      },
    },
    work,
  );
  await writeFile(stamp, "");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
