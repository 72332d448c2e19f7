import type { Answer } from "../ask.ts";
import type { Facts } from "../facts.ts";
import { linesOf, rowsOf } from "./text.ts";

/** What the running kernel can do. */
export function parseKernel(answer: Answer): Pick<Facts, "kernelParts" | "kernelOptions" | "selinux" | "appArmor"> {
  const parts = rowsOf(answer("kernel-parts")).map(([name = "", state]) => [name, stateOf(state)] as const);
  const options = linesOf(answer("kernel-options")).flatMap((line) => {
    const set = /^CONFIG_(\w+)=(.*)$/.exec(line);
    if (set !== null) return [[set[1] ?? "", set[2] ?? ""] as const];
    const unset = /^# CONFIG_(\w+) is not set$/.exec(line);
    return unset === null ? [] : [[unset[1] ?? "", "n"] as const];
  });
  const security = Object.fromEntries(rowsOf(answer("security")));
  return {
    kernelParts: Object.fromEntries(parts),
    kernelOptions: Object.fromEntries(options),
    selinux: security.selinux === "1" ? "enforcing" : security.selinux === "0" ? "permissive" : "off",
    appArmor: security.apparmor === "Y",
  };
}

function stateOf(text: string | undefined): "present" | "loadable" | "absent" {
  return text === "present" || text === "loadable" ? text : "absent";
}
