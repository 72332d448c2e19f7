import type { RunRequest } from "../services.ts";

/** The command that does the same without the screen, ready to be pasted into a shell. */
export function commandLine({ command, presetFile, only, startOver, breakLock }: RunRequest): string {
  return [
    "kube-installer",
    command,
    "--preset",
    quoted(presetFile),
    ...(only === undefined ? [] : ["--nodes", only.join(",")]),
    ...(startOver ? ["--start-over"] : []),
    ...(breakLock ? ["--break-lock"] : []),
  ].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
