import { differs, satisfied } from "../../engine/step.ts";
import { askAll, splitAnswers } from "../../facts/ask.ts";
import { sh } from "../../ssh/shell.ts";
import { type Observation, step } from "../context.ts";
import { recordOf } from "../receipt/paths.ts";
import { putFiles } from "../receipt/put-files.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { neededResolutions, type Resolution, withHostsBlock } from "./resolution.ts";

const id = "os.hosts";
const record = recordOf(id);

/** Gives the node its name and lets it resolve the names it needs, with DNS where that knows them. */
export const hostNames = step({
  id,
  title: "Set the host name and resolve names",
  on: "node",
  needs: ["os.receipt"],
  check: async (context) => {
    const { hostname, hostnameFile, unresolved } = await look(context);
    const { name } = context.node;
    if (hostname !== name) return differs(`the host name is ${hostname}`, { danger: renamed(hostname, name) });
    if (hostnameFile !== name) return differs(`the host name will be ${hostnameFile || "another one"} after a restart`);
    if (unresolved.length > 0)
      return differs(unresolved.map(({ name, saw }) => `${name} is ${saw || "unknown"}`).join(", "));
    return satisfied(`${name} is ${context.node.machine.internalAddress}`);
  },
  apply: async (context) => {
    const { node } = context;
    const { hostname, hostnameFile, hosts, unresolved } = await look(context);
    const block = withHostsBlock(hosts, neededResolutions(context));
    const files = [
      ...(unresolved.length > 0 ? [{ path: "/etc/hosts", content: block }] : []),
      ...(hostnameFile === node.name ? [] : [{ path: "/etc/hostname", content: `${node.name}\n` }]),
    ];
    await putFiles(
      node,
      id,
      files,
      sh`[ -f ${record}/hostname ] || echo ${hostname} >${record}/hostname
echo ${node.name} >/proc/sys/kernel/hostname`,
    );
  },
  undo: undoFromReceipt(id, {
    title: "Restore the host name and /etc/hosts",
    after: sh`[ ! -f ${record}/hostname ] || cat ${record}/hostname >/proc/sys/kernel/hostname`,
  }),
});

function renamed(hostname: string, name: string): string {
  return `the machine is renamed from ${hostname} to ${name}; whoever knows it by its old name may lose sight of it`;
}

async function look(context: Observation) {
  const needed = neededResolutions(context);
  const { stdout } = await context.node.read(
    askAll({
      hostname: sh`cat /proc/sys/kernel/hostname`,
      "hostname-file": sh`cat /etc/hostname`,
      hosts: sh`cat /etc/hosts`,
      ...Object.fromEntries(
        needed.map(({ name }) => [
          `name ${name}`,
          sh`RES_OPTIONS='timeout:2 attempts:1' getent ahosts ${name} | awk '{ print $1 }' | sort -u`,
        ]),
      ),
    }),
  );
  const answers = splitAnswers(stdout);
  const unresolved = needed.flatMap(({ name, address }): (Resolution & { saw: string })[] => {
    const seen = (answers.get(`name ${name}`) ?? "").split("\n").filter((line) => line !== "");
    return seen.includes(address) ? [] : [{ name, address, saw: seen.join(" and ") }];
  });
  return {
    hostname: (answers.get("hostname") ?? "").trim(),
    hostnameFile: (answers.get("hostname-file") ?? "").trim(),
    hosts: answers.get("hosts") ?? "",
    unresolved,
  };
}
