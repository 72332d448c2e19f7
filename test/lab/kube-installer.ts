import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What one run of the built program gave. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program under test: what `npm run build` made, or the one the environment names. */
export const program =
  process.env.KUBE_INSTALLER_PROGRAM ?? fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Runs the built program as a user would, without a terminal. */
export function kubeInstaller(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 64 * 1024 * 1024, encoding: "utf8" } as const;
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ exitCode, stdout, stderr });
    });
  });
}

/** The same, for what must succeed; a failure shows everything the program said. */
export async function succeed(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await kubeInstaller(...args);
  if (exitCode !== 0) {
    throw new Error(`kube-installer ${args.join(" ")} ended with ${exitCode}\n${stdout}\n${stderr}`);
  }
  return stdout;
}

/** A lab of real nodes for one test file. */
export function lab(name: string) {
  const inNode = (node: string, script: string) =>
    succeed("lab", "exec", node, "--name", name, "--", "sh", "-c", script);
  return {
    name,
    up: (...options: readonly string[]) => succeed("lab", "up", "--name", name, ...options),
    down: () => succeed("lab", "down", "--name", name),
    fault: (node: string, ...fault: readonly string[]) => succeed("lab", "fault", node, ...fault, "--name", name),
    /** Runs a shell script as root inside a node, past everything the installer does. */
    inNode,
    kubectl: (args: string) =>
      inNode("cp-1", `kubectl --kubeconfig /etc/kubernetes/admin.conf --cache-dir /run/test-kubectl ${args}`),
  };
}
