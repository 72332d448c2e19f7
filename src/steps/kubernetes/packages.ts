import { readFile } from "node:fs/promises";
import { InstallerError, toInstallerError } from "../../engine/errors.ts";
import { differs, missing, satisfied, type Verdict } from "../../engine/step.ts";
import { sh } from "../../ssh/shell.ts";
import { fetchDocument } from "../../topology/lab/kubernetes/download/http.ts";
import type { Action, Observation } from "../context.ts";
import { aptInstall } from "../os/apt.ts";
import { perRun } from "../per-run.ts";
import { recordOf } from "../receipt/paths.ts";
import { differingFiles, lookAtFiles, putFiles, type WantedFile } from "../receipt/put-files.ts";
import { keepService } from "../receipt/services.ts";
import { kubeletStep, kubeletUnit } from "./kubelet-files.ts";
import { communityRepository, packageFiles, pinnedPackages } from "./package-files.ts";

const sharedByNodes = perRun((): { files?: Promise<readonly WantedFile[]> } => ({}));

/** Where apt notes what it installs for Kubernetes. */
export const transactionOf = (stepId: string) => `${recordOf(stepId)}/transaction`;

/** Whether the packages of the wanted version are installed and stay on it. */
export async function judgePackages(context: Observation): Promise<Verdict> {
  const files = await wantedFiles(context);
  const { version } = context.spec.kubernetes;
  const { stdout } =
    await context.node.read(sh`dpkg-query -W -f '\${Package} \${db:Status-Abbrev} \${Version}\\n' ${pinnedPackages} 2>/dev/null
${lookAtFiles(files)}`);
  const rows = stdout.split("\n").map((line) => line.split(/\s+/));
  const wrong = pinnedPackages.filter(
    (name) => !rows.some(([found, status, has]) => found === name && status === "ii" && has?.startsWith(`${version}-`)),
  );
  if (wrong.length === pinnedPackages.length) return missing("none of the packages is installed");
  if (wrong.length > 0) return differs(`missing or of another version: ${wrong.join(", ")}`);
  const stale = differingFiles(files, stdout);
  return stale.length > 0
    ? differs(`${stale.join(", ")} is not as wanted`)
    : satisfied(`Kubernetes ${version} from packages`);
}

/**
 * Adds the repository and installs the packages of exactly the wanted version. The packages enable the kubelet, so
 * how that was is noted here for the step that undoes it.
 */
export async function installPackages(context: Action, stepId: string): Promise<void> {
  const { node, spec } = context;
  const { version } = spec.kubernetes;
  const { proxy } = spec.packages;
  await putFiles(node, stepId, await wantedFiles(context), keepService(kubeletStep, kubeletUnit));
  const wanted = pinnedPackages.map((name) => `${name}=${version}-*`);
  try {
    await aptInstall(node, wanted, {
      transaction: transactionOf(stepId),
      ownLists: true,
      ...(proxy === undefined ? {} : { proxy }),
    });
  } catch (thrown) {
    throw explained(toInstallerError(thrown), version, repositoryOf(context));
  }
}

async function wantedFiles(context: Observation): Promise<readonly WantedFile[]> {
  const shared = sharedByNodes(context);
  shared.files ??= (async () => {
    const repository = repositoryOf(context);
    const { source, version } = context.spec.kubernetes;
    const named = source.kind === "packages" ? source.signingKey : undefined;
    return packageFiles(version, repository, await signingKey(named ?? `${repository}/Release.key`, context.signal));
  })();
  return shared.files;
}

function repositoryOf({ spec }: Observation): string {
  const { source, version } = spec.kubernetes;
  const named = source.kind === "packages" ? source.repository : undefined;
  return (named ?? communityRepository(version)).replace(/\/+$/, "");
}

async function signingKey(place: string, signal: AbortSignal): Promise<Buffer> {
  if (!/^https?:\/\//.test(place)) {
    return readFile(place).catch((cause: unknown) => {
      throw noKey(`${place} cannot be read`, cause);
    });
  }
  const { response, body } = await fetchDocument({ url: place, signal });
  if (response.ok) return body;
  throw noKey(`${place} answered ${response.status} ${response.statusText}`);
}

function noKey(what: string, cause?: unknown): InstallerError {
  return new InstallerError("kubernetes-unavailable", {
    message: `The key that signs Kubernetes' packages cannot be had: ${what}.`,
    nextSteps: ["name it in the preset: kubernetes.source.packages.signingKey, a file or an address"],
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What apt says when a repository is not what the preset thinks it is, the first that fits. */
const reasons: readonly { readonly pattern: RegExp; says(version: string): string }[] = [
  {
    pattern: /Version '[^']*' for '[^']*' was not found|Unable to locate package kube/,
    says: (version) => `it has no packages of Kubernetes ${version}`,
  },
  { pattern: /Failed to fetch/, says: () => "not everything could be fetched" },
  {
    pattern: /NO_PUBKEY|is not signed|signatures were invalid|EXPKEYSIG/,
    says: () => "its signature does not fit the key",
  },
];

function explained(error: InstallerError, version: string, repository: string): InstallerError {
  const { output = "" } = error.details;
  const why = reasons.find(({ pattern }) => pattern.test(output))?.says(version);
  if (error.code !== "command-failed" || why === undefined) return error;
  return new InstallerError("kubernetes-unavailable", {
    ...error.details,
    message: `Packages cannot be installed out of ${repository}: ${why}.`,
    nextSteps: ["compare kubernetes.version and kubernetes.source in the preset with what the repository has"],
    cause: error,
  });
}
