import { spawn } from "node:child_process";
import { resolve } from "node:path";

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program beside the fleet with a state folder of its own; `KUBE_INSTALLER_PROGRAM` names another build. */
export function runInstaller(stateFolder: string, ...args: readonly string[]): Promise<Ended> {
  const program = process.env.KUBE_INSTALLER_PROGRAM ?? resolve("dist/cli.js");
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, XDG_STATE_HOME: stateFolder, CI: "true" },
    });
    const texts = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      texts.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      texts.stderr += chunk;
    });
    child.on("error", failed);
    child.on("close", (exitCode) => done({ exitCode, ...texts }));
  });
}
