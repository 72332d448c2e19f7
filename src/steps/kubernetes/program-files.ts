import { InstallerError } from "../../engine/errors.ts";
import { differs, missing, satisfied, type Verdict } from "../../engine/step.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action, ChangeableNode, Observation, ObservedNode } from "../context.ts";
import { keepFiles } from "../receipt/keep-files.ts";
import { recordOf } from "../receipt/paths.ts";
import type { Program } from "./program.ts";

/** Remembers the digest of a file for as long as its size, time and inode stay, because hashing takes a second. */
const known = (stepId: string) => `${recordOf(stepId)}/digests`;

/** Whether every program is there as it should be, and of the wanted version. */
export async function judgeProgramFiles(
  { node, spec }: Observation,
  programs: readonly Program[],
  { folder, stepId }: { folder: string; stepId: string },
): Promise<Verdict> {
  const { there, wrong, replaced } = await look(node, programs, { folder, stepId });
  if (there === 0) return missing("none of them is there");
  if (wrong.length > 0) {
    return differs(`missing or another one: ${wrong.map(({ name }) => name).join(", ")}`, {
      danger:
        replaced.length === 0 ? undefined : `${replaced.join(", ")} of another build in ${folder} will be replaced`,
    });
  }
  const { stdout } = await node.read(sh`${`${folder}/kubeadm`} version -o short`);
  const version = stdout.trim().replace(/^v/, "");
  if (version === spec.kubernetes.version) return satisfied(`Kubernetes ${version} in ${folder}`);
  throw new InstallerError("kubernetes-unavailable", {
    message: `The programs to install are Kubernetes ${version}, the preset asks for ${spec.kubernetes.version}.`,
    nextSteps: ["name another source in the preset", `or ask for kubernetes.version ${version} there`],
  });
}

/** Uploads the programs that are missing or differ; a running one is replaced by renaming, which the kernel allows. */
export async function installProgramFiles(
  context: Action,
  programs: readonly Program[],
  { folder, stepId }: { folder: string; stepId: string },
): Promise<void> {
  const { node } = context;
  const { wrong } = await look(node, programs, { folder, stepId });
  const paths = wrong.map(({ name }) => `${folder}/${name}`);
  await node.change("note which programs there are", keepFiles(stepId, paths));
  await Promise.all(wrong.map((program) => upload(node, program, { folder, stepId })));
}

async function upload(
  node: ChangeableNode,
  { name, localPath, sha256 }: Program,
  { folder, stepId }: { folder: string; stepId: string },
): Promise<void> {
  const path = `${folder}/${name}`;
  await node.upload(localPath, path, { mode: 0o755, sha256 });
  await node.change(
    `note the digest of ${name}`,
    sh`printf '%s %s %s\\n' ${sha256} "$(stat -c '%s %.9Y %i' ${path})" ${path} >>${known(stepId)}`,
  );
}

async function look(
  node: ObservedNode,
  programs: readonly Program[],
  { folder, stepId }: { folder: string; stepId: string },
): Promise<{ there: number; wrong: readonly Program[]; replaced: readonly string[] }> {
  const { stdout } = await node.read(sh`for path in ${programs.map(({ name }) => `${folder}/${name}`)}; do
  [ -f "$path" ] && [ -x "$path" ] || continue
  digest=$(grep -sF -e " $(stat -c '%s %.9Y %i' "$path") $path" ${known(stepId)} | tail -n 1 | cut -c 1-64)
  [ -n "$digest" ] || digest=$(sha256sum <"$path" | cut -c 1-64)
  echo "$digest $path"
done`);
  const seen = new Set(stdout.split("\n"));
  const wrong = programs.filter(({ name, sha256 }) => !seen.has(`${sha256} ${folder}/${name}`));
  const isThere = ({ name }: Program) => [...seen].some((line) => line.endsWith(` ${folder}/${name}`));
  return {
    there: [...seen].filter((line) => line !== "").length,
    wrong,
    replaced: wrong.filter(isThere).map(({ name }) => name),
  };
}
