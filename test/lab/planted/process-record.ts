import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** An argument list or environment some process had, with NULs between its parts. */
export interface SeenProcess {
  readonly pid: number;
  readonly kind: "cmdline" | "environ";
  readonly text: string;
}

export interface ProcessRecord {
  /** Ends the recording; gives how often all processes were looked at and what was seen. */
  stop(): Promise<{ readonly looks: number; readonly seen: readonly SeenProcess[] }>;
}

/** Begins to record what every process of this machine and of the nodes on it shows to others. */
export async function recordProcesses(): Promise<ProcessRecord> {
  const program = fileURLToPath(new URL("record-processes.mjs", import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  await once(child.stdout, "data");
  return {
    async stop() {
      child.stdin.end();
      await once(child, "close");
      return JSON.parse(output.slice(output.indexOf("\n") + 1));
    },
  };
}
