import { randomUUID } from "node:crypto";
import { chmod, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import type { Secret } from "../../engine/secret.ts";
import { makePrivateFolder, privateFileMode } from "../../engine/state-folder.ts";
import { differs, missing, satisfied } from "../../engine/step.ts";
import { apiForOperator } from "../../kubernetes/api-endpoint.ts";
import { operatorKubeconfig } from "../../kubernetes/kubeconfig.ts";
import { kubeconfigPath } from "../../kubernetes/kubeconfig-path.ts";
import { adminConf } from "../../kubernetes/node-paths.ts";
import { type Observation, step } from "../context.ts";

/** Brings the administrator's credentials to the operator, as a file only the operator can read. */
export const fetchKubeconfig = step({
  id: "kubeconfig",
  title: "Fetch the kubeconfig",
  on: "cluster",
  needs: ["kubeadm.init"],
  check: async (context) => {
    const path = kubeconfigPath(context.spec);
    const present = await readIfThere(path);
    const wanted = await wantedContent(context);
    if (present === undefined) return missing(`no ${path}`);
    if (present !== wanted.reveal()) {
      return differs(`${path} is of another cluster or address`, {
        danger: "the file is replaced, and the credentials in it are lost",
      });
    }
    const mode = (await stat(path)).mode & 0o777;
    return mode === privateFileMode ? satisfied(path) : differs(`others may read ${path}`);
  },
  apply: async (context) => {
    const path = kubeconfigPath(context.spec);
    await writePrivately(path, await wantedContent(context));
    context.log(`wrote ${path}`);
  },
  undo: {
    title: "Remove the fetched kubeconfig",
    check: async ({ spec }) => {
      const path = kubeconfigPath(spec);
      return (await readIfThere(path)) === undefined ? satisfied("none") : differs(path);
    },
    apply: async ({ spec }) => rm(kubeconfigPath(spec), { force: true }),
  },
});

async function wantedContent({ spec, firstControlPlane }: Observation): Promise<Secret> {
  const admin = await firstControlPlane.readFile(adminConf);
  if (admin === undefined) {
    throw new InstallerError("step-failed", { message: `${firstControlPlane.name} has no ${adminConf}.` });
  }
  return operatorKubeconfig(admin, { name: spec.name, apiServer: apiForOperator(spec, firstControlPlane.machine) });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw thrown;
  }
}

async function writePrivately(path: string, content: Secret): Promise<void> {
  await makePrivateFolder(dirname(path));
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, content.reveal(), { mode: privateFileMode });
    await chmod(part, privateFileMode);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}
