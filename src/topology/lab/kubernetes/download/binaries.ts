import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { digestFile } from "../../../../bundle/digest.ts";
import { minutes } from "../../../../engine/time.ts";
import { nodeBinaries } from "../../../../kubernetes/images.ts";
import { runCommand } from "../run-command.ts";
import type { Work } from "../work.ts";
import { fetchDocument, fetchFile, unavailable } from "./http.ts";
import type { DownloadSources } from "./sources.ts";

/** Downloads the binaries of a node into `directory`, each checked against the digest published beside it. */
export async function downloadBinaries(
  version: string,
  architecture: string,
  directory: string,
  sources: DownloadSources,
  work: Work,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const name of nodeBinaries) {
    const url = `${sources.binaries}/release/v${version}/bin/linux/${architecture}/${name}`;
    await downloadPublished(url, join(directory, name), work);
  }
  await downloadCrictl(version, architecture, directory, sources, work);
}

/** crictl has releases of its own; the first one of each minor version fits all of Kubernetes' minor version. */
async function downloadCrictl(
  version: string,
  architecture: string,
  directory: string,
  sources: DownloadSources,
  work: Work,
): Promise<void> {
  const [major, minor] = version.split(".");
  const own = `v${major}.${minor}.0`;
  const archive = `${directory}.crictl-${own}.tar.gz`;
  await downloadPublished(`${sources.criTools}/${own}/crictl-${own}-linux-${architecture}.tar.gz`, archive, work);
  const unpacked = `${directory}.crictl`;
  await rm(unpacked, { recursive: true, force: true });
  await mkdir(unpacked);
  const args = ["-xzf", archive, "--no-same-owner", "-C", unpacked, "crictl"];
  await runCommand({ program: "tar", args, deadline: minutes(1) }, work);
  await rename(join(unpacked, "crictl"), join(directory, "crictl"));
  await rm(unpacked, { recursive: true });
}

/** Downloads a file with a `.sha256` beside it, unless an earlier run did. */
async function downloadPublished(url: string, file: string, work: Work): Promise<void> {
  const { response, body } = await fetchDocument({ url: `${url}.sha256`, signal: work.signal });
  if (!response.ok) throw unavailable(`${url}.sha256`, `answered ${response.status} ${response.statusText}`);
  const sha256 = /^[0-9a-f]{64}\b/.exec(body.toString("latin1").trim())?.[0];
  if (sha256 === undefined) throw unavailable(`${url}.sha256`, "does not hold a sha256");
  if (await hasDigest(file, sha256, work.signal)) return;
  work.progress(`downloading ${url}`);
  await fetchFile({ url, signal: work.signal }, file, sha256);
}

/** Whether a file from an earlier run is there and whole. */
export async function hasDigest(file: string, sha256: string, signal: AbortSignal): Promise<boolean> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  return exists && (await digestFile(file, signal)).sha256 === sha256;
}
