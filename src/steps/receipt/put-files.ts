import { createHash } from "node:crypto";
import { type Command, sh } from "../../ssh/shell.ts";
import type { ChangeableNode } from "../context.ts";
import { keepFiles } from "./keep-files.ts";

/** A file a step wants on a node, owned by root. */
export interface WantedFile {
  readonly path: string;
  readonly content: string | Buffer;
  /** Octal permission bits; 0o644 unless told. */
  readonly mode?: number;
}

/** Asks for what `differingFiles` needs: digest and permission bits of each file that is there. */
export function lookAtFiles(files: readonly WantedFile[]): Command {
  return sh`for path in ${files.map(({ path }) => path)}; do
  [ -f "$path" ] && printf '%s %s %s\\n' "$(sha256sum <"$path" | cut -c 1-64)" "$(stat -Lc %a "$path")" "$path"
done; true`;
}

/** The paths whose content or permission bits are not as wanted, seen in the answer to `lookAtFiles`. */
export function differingFiles(files: readonly WantedFile[], answer: string): readonly string[] {
  const seen = new Set(answer.split("\n"));
  return files
    .filter(({ path, content, mode = 0o644 }) => {
      const digest = createHash("sha256").update(content).digest("hex");
      return !seen.has(`${digest} ${mode.toString(8)} ${path}`);
    })
    .map(({ path }) => path);
}

/**
 * Notes the present state in the receipt, then writes every file atomically, then runs `then`; all in one command.
 * @throws InstallerError `command-failed`
 */
export async function putFiles(
  node: ChangeableNode,
  stepId: string,
  files: readonly WantedFile[],
  then: Command = sh`true`,
): Promise<void> {
  const paths = files.map(({ path }) => path);
  const contents = files.map(({ content }) => (typeof content === "string" ? Buffer.from(content) : content));
  const writes = files.map(
    (
      { path, mode = 0o644 },
      index,
    ) => sh`write ${path} ${contents[index]?.length ?? 0} ${mode.toString(8).padStart(4, "0")}
`,
  );
  const what = paths.length === 0 ? "" : `write ${paths.join(", ")}`;
  await node.change(
    what,
    sh`set -e
( ${keepFiles(stepId, paths)}
) </dev/null
write() {
  mkdir -p "\${1%/*}"
  rm -f -- "$1.part"
  head -c "$2" >"$1.part"
  chmod "$3" "$1.part"
  mv -fT -- "$1.part" "$1"
}
${writes}
${then}`,
    { stdin: Buffer.concat(contents) },
  );
}
