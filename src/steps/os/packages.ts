import { InstallerError } from "../../engine/errors.ts";
import { missing, satisfied } from "../../engine/step.ts";
import { minutes } from "../../engine/time.ts";
import { sh } from "../../ssh/shell.ts";
import { type ObservedNode, step } from "../context.ts";
import { recordOf } from "../receipt/paths.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { aptInstall } from "./apt.ts";
import { purgeTransaction } from "./apt-undo.ts";
import { unfinishedPackages } from "./apt-unfinished.ts";
import { requiredPackages } from "./required-packages.ts";

const id = "os.packages";
const record = recordOf(id);
const transaction = `${record}/transaction`;

/** Installs the tools and the container runtime a node lacks, in one transaction. */
export const osPackages = step({
  id,
  title: "Install packages",
  on: "node",
  needs: ["os.receipt"],
  deadline: minutes(15),
  check: async ({ node }) => {
    const lacking = await lackingPackages(node);
    if (lacking.length > 0) return missing(`missing: ${lacking.join(", ")}`);
    const unfinished = await unfinishedPackages(node, transaction);
    return unfinished.length === 0 ? satisfied("everything is there") : missing(`unfinished: ${unfinished.join(", ")}`);
  },
  apply: async ({ node, spec }) => {
    const lacking = await lackingPackages(node);
    if (node.facts.commands["apt-get"] === undefined) throw noApt(node, lacking);
    const { proxy } = spec.packages;
    await aptInstall(node, lacking, { transaction, ...(proxy === undefined ? {} : { proxy }) });
  },
  undo: undoFromReceipt(id, { title: "Remove the packages that were installed", after: purgeTransaction(transaction) }),
});

async function lackingPackages(node: ObservedNode): Promise<readonly string[]> {
  const looks = requiredPackages.map(
    ({ name, commands, files = [] }) => sh`found=yes
for command in ${commands}; do command -v "$command" >/dev/null || found=; done
set -- ${files}
[ $# -eq 0 ] || { for file; do [ -e "$file" ] && break; done; } || found=
[ -n "$found" ] || echo ${name}
`,
  );
  const { stdout } = await node.read(sh`${looks}`);
  return stdout.split("\n").filter((line) => line !== "");
}

function noApt(node: ObservedNode, packages: readonly string[]): InstallerError {
  return new InstallerError("step-failed", {
    message: `${node.name} lacks ${packages.join(", ")}, and it has no apt to install them with.`,
    likelyCause: `its system is ${node.facts.os.prettyName}; packages are installed on Debian and its descendants only`,
    nextSteps: [`install ${packages.join(", ")} by hand, then run the same command again`],
  });
}
