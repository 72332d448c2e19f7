import { seconds } from "../../../engine/time.ts";
import { runCommand } from "./run-command.ts";
import type { Work } from "./work.ts";

/**
 * This machine's architecture, e.g. `amd64`; Debian and Go use the same names for those Kubernetes is published for.
 */
export async function hostArchitecture(work: Work): Promise<string> {
  const printed = await runCommand({ program: "dpkg", args: ["--print-architecture"], deadline: seconds(10) }, work);
  return printed.trim();
}
