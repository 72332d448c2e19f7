import { missing, satisfied } from "../../engine/step.ts";
import { seconds } from "../../engine/time.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { type Observation, step } from "../context.ts";
import { accessName, accessObjects, agentToken } from "./agent-access.ts";

/** Lets the agents of all nodes read Nodes. */
export const networkAccess = step({
  id: "network.access",
  title: "Let the network agents read Nodes",
  on: "cluster",
  needs: ["kubeadm.init"],
  check: async (context) => {
    const lacking = await lackingObjects(context);
    return lacking.length === 0 ? satisfied("they may") : missing(`no ${lacking.join(", ")}`);
  },
  apply: async (context) => {
    await context.node.change("let the network agents read Nodes", kubectl("apply", "--filename=-"), {
      stdin: JSON.stringify(accessObjects),
    });
    await context.until("the cluster to issue the agents' token", seconds(60), async () => {
      const token = await agentToken(context);
      return token === undefined ? { done: false, saw: "no token yet" } : { done: true, value: undefined };
    });
  },
});

const kinds = [
  "serviceaccount",
  "secret",
  "clusterrole.rbac.authorization.k8s.io",
  "clusterrolebinding.rbac.authorization.k8s.io",
];

async function lackingObjects(context: Observation): Promise<readonly string[]> {
  const wanted = kinds.map((kind) => `${kind}/${accessName}`);
  const [{ stdout }, token] = await Promise.all([
    context.node.read(kubectl("get", "--namespace=kube-system", "--ignore-not-found", "--output=name", ...wanted)),
    agentToken(context),
  ]);
  const present = new Set(stdout.split("\n"));
  return [...wanted.filter((name) => !present.has(name)), ...(token === undefined ? ["token"] : [])];
}
