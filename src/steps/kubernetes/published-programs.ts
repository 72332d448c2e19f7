import { createHash } from "node:crypto";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { digestFile } from "../../bundle/digest.ts";
import { cacheFolder } from "../../engine/cache-folder.ts";
import { InstallerError } from "../../engine/errors.ts";
import { nodeBinaries } from "../../kubernetes/images.ts";
import { fetchDocument, fetchFile } from "../../topology/lab/kubernetes/download/http.ts";
import type { Program } from "./program.ts";

/**
 * The programs below an address such as `https://dl.k8s.io/release/v1.36.4/bin/linux/amd64`, each with its digest in a
 * `.sha256` file beside it. They are fetched to this machine once; crictl is taken when it is there.
 * @throws InstallerError `kubernetes-unavailable`
 */
export async function publishedPrograms(address: string, signal: AbortSignal): Promise<readonly Program[]> {
  const base = address.replace(/\/+$/, "");
  const folder = cacheFolder("programs", createHash("sha256").update(base).digest("hex").slice(0, 16));
  await mkdir(folder, { recursive: true });
  const fetched = await Promise.all(
    [...nodeBinaries, "crictl"].map(async (name): Promise<Program | undefined> => {
      const sha256 = await publishedDigest(`${base}/${name}.sha256`, name === "crictl", signal);
      if (sha256 === undefined) return undefined;
      const localPath = join(folder, name);
      if (!(await isThere(localPath)) || (await digestFile(localPath, signal)).sha256 !== sha256) {
        await fetchFile({ url: `${base}/${name}`, signal }, localPath, sha256);
      }
      return { name, localPath, sha256 };
    }),
  );
  return fetched.filter((program) => program !== undefined);
}

async function publishedDigest(url: string, optional: boolean, signal: AbortSignal): Promise<string | undefined> {
  const { response, body } = await fetchDocument({ url, signal });
  if (optional && response.status === 404) return undefined;
  const digest = /^[0-9a-f]{64}\b/.exec(body.toString("utf8").trim())?.[0];
  if (response.ok && digest !== undefined) return digest;
  throw new InstallerError("kubernetes-unavailable", {
    message: `${url} ${response.ok ? "holds no sha256" : `answered ${response.status} ${response.statusText}`}.`,
    likelyCause:
      "the address in the preset is not the folder that holds the programs, or this version was not published",
    nextSteps: ["compare it with https://dl.k8s.io/release/v1.36.4/bin/linux/amd64, where Kubernetes publishes them"],
  });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
