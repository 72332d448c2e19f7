import { differs, satisfied } from "../../engine/step.ts";
import { tokenDescription } from "../../kubernetes/bootstrap-token.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { type Observation, step } from "../context.ts";

/** Makes the tokens of this and earlier runs useless once nobody is left to join with them. */
export const withdrawTokens = step({
  id: "kubeadm.tokens",
  title: "Withdraw the bootstrap tokens",
  on: "cluster",
  needs: ["kubeadm.init", "kubeadm.join"],
  check: async (context) => {
    const left = await tokens(context);
    return left.length === 0 ? satisfied("none left") : differs(`${left.length} still accepted`);
  },
  apply: async (context) => {
    const names = await tokens(context);
    await context.node.change(
      `delete ${names.length} bootstrap tokens`,
      kubectl("delete", "--namespace=kube-system", "--ignore-not-found", "secret", ...names),
    );
  },
});

async function tokens({ node }: Observation): Promise<readonly string[]> {
  const { stdout } = await node.read(
    kubectl(
      ...["get", "secret", "--namespace=kube-system", "--field-selector=type=bootstrap.kubernetes.io/token"],
      ...["-o", 'jsonpath={range .items[*]}{.metadata.name} {.data.description}{"\\n"}{end}'],
    ),
  );
  const ours = Buffer.from(tokenDescription).toString("base64");
  return stdout.split("\n").flatMap((line) => {
    const [name, description] = line.split(" ");
    return name !== undefined && description === ours ? [name] : [];
  });
}
