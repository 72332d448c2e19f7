import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { program } from "../kube-installer.ts";
import { type Needle, shownIn } from "./needles.ts";

/** A file in which secrets stand, with who may read it. */
export interface FoundFile {
  readonly path: string;
  /** Octal permission bits. */
  readonly mode: string;
  readonly secrets: readonly string[];
}

/** Looks through every file below a folder of this machine. */
export function searchFolder(folder: string, needles: readonly Needle[]): FoundFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => {
      const secrets = shownIn(readFileSync(path, "latin1"), needles);
      const mode = (statSync(path).mode & 0o777).toString(8);
      return secrets.length === 0 ? [] : [{ path, mode, secrets }];
    });
}

/**
 * Everything on a node that lasts or is handed around. Left out: the unpacked images and file systems of containers,
 * and etcd's database, which is the cluster's own and which only root can enter (looked at by its own test).
 */
const places = "/etc /home /root /run /tmp /var /opt /srv /dev/shm /usr/local";
const search = `set -e
needles=$(mktemp /dev/shm/XXXXXXXX)
trap 'rm -f "$needles"' EXIT
cat >"$needles"
grep -rlaF -D skip --exclude-dir=io.containerd.* -f "$needles" ${places} 2>/dev/null | grep -vxF "$needles" >"$needles.hits" || true
trap 'rm -f "$needles" "$needles.hits"' EXIT
while IFS= read -r file; do
  printf 'FILE %s %s\\n' "$(stat -L -c %a "$file")" "$file"
  grep -oaF -f "$needles" "$file" | sort -u
done <"$needles.hits"
printf 'FILE 0 journal\\n'
journalctl --all --no-pager --output=export | grep -aoF -f "$needles" | sort -u
true`;

/** Looks through the files and the whole journal of a node; the journal is called `journal`. */
export async function searchNode(lab: string, node: string, needles: readonly Needle[]): Promise<FoundFile[]> {
  const output = await inNodeWithInput(lab, node, search, `${needles.map(({ text }) => text).join("\n")}\n`);
  const [, ...blocks] = output.split(/^FILE /m);
  if (!blocks.at(-1)?.startsWith("0 journal"))
    throw new Error(`the search on ${node} did not come to its end: ${output}`);
  return blocks.flatMap((block) => {
    const [head = "", ...hits] = block.trimEnd().split("\n");
    const [mode = "", path = ""] = head.split(" ");
    return hits.length === 0 ? [] : [{ path, mode, secrets: shownIn(hits.join("\n"), needles) }];
  });
}

/** Runs a script in a node with input, so that what is looked for stands in no argument. */
function inNodeWithInput(lab: string, node: string, script: string, input: string): Promise<string> {
  const args = [program, "lab", "exec", node, "--name", lab, "--", "sh", "-c", script];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("latin1").on("data", (chunk: string) => {
    output += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(output) : reject(new Error(`${node}: ended with ${code}`))));
  });
}
