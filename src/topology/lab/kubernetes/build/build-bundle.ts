import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createBundle } from "../../../../bundle/create.ts";
import { InstallerError } from "../../../../engine/errors.ts";
import { seconds } from "../../../../engine/time.ts";
import { listRequiredImages, nodeBinaries, parseImageName } from "../../../../kubernetes/images.ts";
import { hostArchitecture } from "../host-architecture.ts";
import { requireHostPackages } from "../missing-host-packages.ts";
import { nameABundle } from "../name-a-bundle.ts";
import { runCommand } from "../run-command.ts";
import type { Work } from "../work.ts";
import { compileGuests, compileKubernetes } from "./compile.ts";
import { openDebianArchive } from "./debian-archive.ts";
import { makeImages } from "./images.ts";
import { compilePause } from "./pause.ts";
import { ownPrograms } from "./recipe.ts";
import { prepareSource } from "./source-tree.ts";
import { standIns } from "./stand-ins.ts";

/**
 * Builds a bundle of Kubernetes 1.20 from Debian 12's source package: about five minutes on two cores, seconds when an
 * earlier run got part of the way. Call it under a lock: two builds in one directory would spoil each other's.
 * @param directory where sources and everything compiled stay for the next time
 * @param out where the bundle's directory appears once it is whole
 * @throws InstallerError `kubernetes-unavailable` for another minor version, `preflight-failed` without a compiler
 */
export async function buildBundle(version: string, directory: string, out: string, work: Work): Promise<void> {
  requireBuildable(version);
  requireHostPackages();
  work.progress(`building Kubernetes ${version} from Debian's source package; the first time takes about 5 minutes`);
  await mkdir(directory, { recursive: true });
  const debian = await openDebianArchive(join(directory, "apt"), work);
  const tree = await prepareSource(directory, debian, work);
  work.progress("compiling Kubernetes");
  const kubernetes = await compileKubernetes(tree, version, directory, work);
  work.progress("compiling the stand-ins for crictl and CoreDNS");
  const compiled = await compileGuests(tree, await ownPrograms(), version, directory, work);
  const names = await listRequiredImages(join(kubernetes, "kubeadm"), version, work.signal);
  const pauseTag = names.map(parseImageName).find(({ component }) => component === "pause")?.tag ?? "unknown";
  const pause = await compilePause(tree, pauseTag, directory, work);
  const architecture = await hostArchitecture(work);
  const images = join(directory, "images");
  const parts = { architecture, kubernetes, coredns: join(compiled, "coredns"), pause, debian };
  await makeImages(names, parts, images, work);
  const binaries = join(directory, "bin");
  await gatherBinaries(
    binaries,
    [...nodeBinaries.map((name) => join(kubernetes, name)), join(compiled, "crictl")],
    work,
  );
  const notes = standIns(names, version, tree.packageVersion);
  await createBundle({ version, binaries, images, out, standIns: notes, ...work });
  for (const path of [images, binaries, kubernetes, compiled]) await rm(path, { recursive: true });
}

/**
 * Whether a build can give this version; the release Debian packages can be stamped as another patch release of its
 * minor one.
 */
export function isBuildable(version: string): boolean {
  return /^1\.20\.\d+$/.test(version);
}

function requireBuildable(version: string): void {
  if (isBuildable(version)) return;
  throw new InstallerError("kubernetes-unavailable", {
    message: `Kubernetes ${version} cannot be built here: Debian 12 has the source of 1.20 only.`,
    nextSteps: [nameABundle, "use version 1.20.2"],
  });
}

async function gatherBinaries(directory: string, files: readonly string[], work: Work): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  await runCommand({ program: "cp", args: ["--reflink=auto", "-t", directory, ...files], deadline: seconds(60) }, work);
}
