import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../engine/cache-folder.ts";
import { InstallerError } from "../../engine/errors.ts";
import { runLocal } from "../../engine/local-command.ts";
import { minutes } from "../../engine/time.ts";
import { baseFiles, basePackages, baseScript } from "./base-files.ts";
import { hostApt } from "./host-apt.ts";
import { type Inventory, readInventory, recordedLabs } from "./inventory.ts";
import { exclusively } from "./kubernetes/exclusive.ts";
import type { LabWork } from "./progress.ts";

const suite = "bookworm";

/** The folder all base images are in. */
export function baseFolder(): string {
  return cacheFolder("lab", "base");
}

/** Named after everything that decides its content, so that a changed recipe is another image. */
function baseImagePath(): string {
  const recipe = JSON.stringify([suite, basePackages, baseFiles, baseScript]);
  return join(baseFolder(), `${suite}-${createHash("sha256").update(recipe).digest("hex").slice(0, 16)}`);
}

/**
 * Gives the root file system all nodes share, read-only; makes it with debootstrap the first time (about a minute).
 * @throws InstallerError `command-failed` when Debian's packages cannot be had
 */
export async function ensureBaseImage(work: LabWork): Promise<string> {
  const path = baseImagePath();
  if (await exists(path)) return path;
  await mkdir(baseFolder(), { recursive: true });
  const purpose = "making the base image";
  return exclusively(join(baseFolder(), ".lock"), { ...work, purpose }, async (lock) => {
    if (await exists(path)) return path;
    await removeUnfinished();
    const part = `${path}.part`;
    await build(part, lock, work);
    await rename(part, path);
    await removeUnused(path);
    return path;
  });
}

/**
 * Makes sure that what the lab's disks lie on is there.
 * @throws InstallerError `preflight-failed` when somebody emptied the cache
 */
export async function requireBaseImage({ name, base }: Inventory): Promise<void> {
  if (await exists(base)) return;
  throw new InstallerError("preflight-failed", {
    message: `The base image of the lab ${name} is gone: ${base}`,
    likelyCause: "The cache was emptied.",
    nextSteps: [`make the lab anew: \`kube-installer lab down --name ${name}\`, then \`lab up\``],
  });
}

/** Base images of older recipes that no lab lies on any more. */
async function removeUnused(current: string): Promise<void> {
  const inventories = await Promise.all((await recordedLabs()).map(readInventory));
  const recorded = new Set(inventories.map((inventory) => inventory?.base));
  const mounted = await readFile("/proc/self/mountinfo", "utf8");
  for (const name of await readdir(baseFolder())) {
    const path = join(baseFolder(), name);
    const used = path === current || recorded.has(path) || mounted.includes(`lowerdir=${path},`);
    if (!used && name.startsWith(`${suite}-`)) await rm(path, { recursive: true, force: true });
  }
}

async function build(path: string, lock: number, { signal, progress }: LabWork): Promise<void> {
  const apt = await hostApt(signal);
  progress(`make the base image of the nodes: Debian ${suite} from ${apt.mirror} (once, one to two minutes)`);
  const env = { DEBIAN_FRONTEND: "noninteractive", ...(apt.proxy === undefined ? {} : { http_proxy: apt.proxy }) };
  const include = `--include=${basePackages.join(",")}`;
  const onLine = stageReporter((stage) => progress(`base image: ${stage}`));
  const options = { signal, env, deadline: minutes(20), inherit: lock };
  for (const file of baseFiles) {
    const target = join(path, file.path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.content);
    await chmod(target, file.mode);
  }
  await contained("debootstrap", ["--variant=minbase", include, suite, path, apt.mirror], { ...options, onLine });
  await contained("chroot", [path, "/bin/sh", "-c", baseScript], options);
}

const stages = [
  [/^I: Retrieving InRelease/, "fetch the package lists"],
  [/^I: (?:Retrieving|Validating) \S+ \d/, "fetch the packages"],
  [/^I: Extracting/, "unpack the core"],
  [/^I: Unpacking required/, "install the core"],
  [/^I: Unpacking the base/, "install the packages"],
] as const;

/** Says once when debootstrap enters a stage of its work. */
function stageReporter(report: (stage: string) => void): (line: string) => void {
  const told = new Set<string>();
  return (line) => {
    const stage = stages.find(([pattern]) => pattern.test(line))?.[1];
    if (stage === undefined || told.has(stage)) return;
    told.add(stage);
    report(stage);
  };
}

/** Runs a program whose processes and mounts all end with this process, even when that is killed. */
async function contained(
  program: string,
  args: readonly string[],
  options: Parameters<typeof runLocal>[2],
): Promise<void> {
  const shell = [
    "setpriv",
    "--pdeathsig",
    "KILL",
    "unshare",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
  ];
  await runLocal("setsid", ["--wait", ...shell, program, ...args], options);
}

/** What an interrupted build left; the lock says that nobody is at it. */
async function removeUnfinished(): Promise<void> {
  for (const name of await readdir(baseFolder())) {
    if (name.endsWith(".part")) await rm(join(baseFolder(), name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
