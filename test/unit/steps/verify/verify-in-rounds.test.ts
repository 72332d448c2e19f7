import { encode } from "dns-packet";
import { describe, expect, test } from "vitest";
import { verifyCluster } from "../../../../src/steps/verify/cluster.ts";
import { situation } from "../situation.ts";

const names = ["cp-1", ...Array.from({ length: 119 }, (_, index) => `w-${index + 1}`)];
const podOf = (name: string) => `10.244.0.${names.indexOf(name) + 1}`;
const named = encode({
  type: "response",
  id: 0x6b69,
  answers: [{ type: "A", name: "kube-installer-verify", data: "10.96.1.1" }],
}).toString("base64");

/** What the control plane answers about a cluster whose API, Services and DNS are well. */
function ofTheCluster(command: string): string | undefined {
  if (command.includes("'get' 'nodes'"))
    return names.map((name) => `${name}\tuid-${name}\tv1.20.2\tTrue\t\t{}\t\n`).join("");
  if (command.includes("'get' 'configmap'")) return "";
  if (command.includes("'--selector=kube-installer/verify' '--output=json'")) {
    const conditions = [{ type: "Ready", status: "True" }];
    const items = names.map((name) => ({ spec: { nodeName: name }, status: { podIP: podOf(name), conditions } }));
    return JSON.stringify({ items });
  }
  if (command.includes("'get' 'endpoints'")) return names.map(podOf).join(" ");
  if (command.includes("'get' 'service'")) return "10.96.1.1 30000\n10.96.0.10 \n";
  if (command.includes("'get' 'pods'")) return names.map((name) => `${name} kube-proxy-${name}\n`).join("");
  if (command.includes("logs:")) return names.map((name) => `logs:${name} ok\nexec:${name} ok\n`).join("");
  return undefined;
}

/** What a node answers: traffic arrives, except from nodes that are cut off. */
function ofNode(name: string, isCutOff: boolean, command: string): string {
  if (command.includes("containerd config dump")) return 'sandbox_image = "pause:3.2"';
  if (!command.includes("persist service:node")) return "";
  const visited = [...command.matchAll(/'(10\.244\.0\.\d+:8080)'/g)].map(
    ([, target]) => `pod:${target} ${podOf(name)}`,
  );
  const answered = isCutOff ? [] : visited;
  return [...answered, "service:node x", "service:pod x", "nodeport x", `dns:node ${named}`, `dns:pod ${named}`].join(
    "\n",
  );
}

/** Verifies 120 nodes, of which some reach no other pod. */
async function verifying(cutOff: readonly string[]) {
  const { context, changes } = situation(
    Object.fromEntries(
      names.map((name) => {
        const own = (command: string) => ofNode(name, cutOff.includes(name), command);
        return [
          name,
          { answer: (command: string) => (name === "cp-1" ? ofTheCluster(command) : undefined) ?? own(command) },
        ];
      }),
    ),
  );
  const failure = await Promise.resolve(verifyCluster.apply(context)).catch((thrown) => thrown);
  const times = (what: string) => changes.filter((change) => change === `cp-1: ${what}`).length;
  const asked = (name: string) => changes.filter((change) => change === `${name}: answer in the test pod`).length;
  return {
    failure,
    asked,
    rounds: times("make test pods and a test Service"),
    recorded: times("record what was verified"),
  };
}

describe("the verification of 120 nodes", () => {
  test("takes three rounds, each recorded; the partner of the later ones is one of the first", async () => {
    const { failure, rounds, recorded, asked } = await verifying([]);
    expect({ failure, rounds, recorded }).toEqual({ failure: undefined, rounds: 3, recorded: 3 });
    expect(names.map(asked)).toEqual(names.map((name) => (name === "cp-1" ? 3 : 1)));
  });

  test("goes on after a round with one bad node, and tells of it at the end", async () => {
    const { failure, rounds, recorded } = await verifying(["w-4"]);
    expect(failure).toMatchObject({ code: "verification-failed" });
    expect(failure.message).toContain("w-4 → ");
    expect({ rounds, recorded }).toEqual({ rounds: 3, recorded: 2 });
  });

  test("ends with the first round when nothing gets through", async () => {
    const { failure, rounds, recorded } = await verifying(names);
    expect(failure).toMatchObject({ code: "verification-failed" });
    expect({ rounds, recorded }).toEqual({ rounds: 1, recorded: 0 });
  });
});
