import { join } from "node:path";
import { toInstallerError } from "../../engine/errors.ts";
import { clusterFolder, isClusterName } from "../../engine/state-folder.ts";
import { seconds } from "../../engine/time.ts";
import { probeFacts } from "../../facts/probe.ts";
import type { Finding } from "../../preset/finding.ts";
import { surroundingsOf } from "../../preset/locations.ts";
import { readReferences } from "../../preset/read-references.ts";
import { listReferences } from "../../preset/references.ts";
import { resolvePreset } from "../../preset/resolve.ts";
import { apiVersion, kind, presetSchema } from "../../preset/schema/preset.ts";
import { type Connector, createConnector } from "../../ssh/connector.ts";
import type { SshTarget } from "../../ssh/target.ts";
import type { MachineToTest, Services, TestedMachine } from "../../ui/services.ts";
import { findingText, judge } from "../../ui/wizard/judge.ts";
import { personAtScreen } from "./person-at-screen.ts";

/** Besides the time a person takes to look at a host key. */
const patience = seconds(60);

/**
 * Makes the service that tests machines. Tests of one cluster at the same time share what a run shares: bastions and the
 * questions about host keys, which are kept where the cluster's runs look for them.
 */
export function machineTester(): Services["testMachine"] {
  const shared = new Map<string, { readonly connector: Connector; users: number }>();
  return async (machine, { ask, signal }) => {
    try {
      const login = await loginOf(machine, signal);
      if ("state" in login) return login;
      const { cluster } = machine;
      const entry = shared.get(cluster) ?? {
        connector: createConnector({
          knownHostsFile: join(clusterFolder(cluster), "known_hosts"),
          confirmHostKey: personAtScreen(ask).confirmHostKey,
        }),
        users: 0,
      };
      shared.set(cluster, entry);
      entry.users += 1;
      try {
        return await lookAt(entry.connector, login.ssh, { name: login.name, signal });
      } finally {
        entry.users -= 1;
        if (entry.users === 0) {
          shared.delete(cluster);
          await entry.connector.close();
        }
      }
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toInstallerError(thrown);
      const { likelyCause, nextSteps = [] } = error.details;
      return {
        state: "failed",
        message: error.message,
        ...(likelyCause === undefined ? {} : { likelyCause }),
        next: nextSteps,
      };
    }
  };
}

async function lookAt(
  connector: Connector,
  target: SshTarget,
  { name, signal }: { name: string; signal: AbortSignal },
): Promise<TestedMachine> {
  const host = await connector.connectHost(name, target, { signal });
  try {
    const { os, cpus, memoryBytes } = await probeFacts(host, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    return { state: "fine", os: os.prettyName, cpus, memoryBytes };
  } finally {
    await host.close();
  }
}

/** How to log in to one machine of a draft; only what is needed for that has to be right. */
async function loginOf(
  { cluster, machine, sharedLogin, folder }: MachineToTest,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly ssh: SshTarget } | TestedMachine> {
  if (!isClusterName(cluster)) {
    const message = "The cluster has no name yet, and host keys are kept by cluster.";
    return { state: "failed", message, next: ["Answer the section Name, then test again."] };
  }
  const { address, ssh } = machine;
  const node = { address, roles: ["control-plane", "worker"], ...(ssh === undefined ? {} : { ssh }) };
  const topology = { static: { ssh: sharedLogin, nodes: [node] } };
  const written = { apiVersion, kind, metadata: { name: "cluster" }, spec: { topology } };
  const { data: preset } = presetSchema.safeParse(written);
  if (preset === undefined) return refused(judge(written as Parameters<typeof judge>[0]).findings);
  const surroundings = surroundingsOf(folder ?? process.cwd());
  const { secrets, findings } = await readReferences(listReferences(preset), surroundings, signal);
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return refused(errors);
  const { topology: resolved } = resolvePreset(preset, { surroundings, secrets });
  const [only] = resolved.kind === "static" ? resolved.nodes : [];
  if (only === undefined) throw new Error("A preset with one machine has one node.");
  return { name: machine.name ?? only.name, ssh: only.ssh };
}

function refused(findings: readonly Finding[]): TestedMachine {
  const [first] = findings;
  return {
    state: "failed",
    message: first === undefined ? "What is said about the machine is not valid." : findingText(first),
    next: ["Mend it in the machine, or in how all of them are logged in to, then test again."],
  };
}
