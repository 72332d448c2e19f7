import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { until } from "../../../src/engine/time.ts";
import { bridgeAgent } from "../../../src/steps/network/bridge-agent.ts";
import { agentMemory, agentStatus, cniConfiguration } from "../../../src/steps/network/names.ts";

/**
 * The real agent with the real ip and iptables in a network namespace of its own. Only the API is played:
 * `kubectl get nodes` complains of the file `noise` and prints the file `list`, or fails when there is none; with `--watch` it passes on lines appended
 * to the file `events`.
 */
const kubectl = (folder: string) => `#!/bin/bash
case "$*" in
*--watch*) exec tail -n +1 -F --pid=$PPID "${folder}/events" 2>/dev/null ;;
*) cat "${folder}/noise" >&2 2>/dev/null
   [ -e "${folder}/list" ] || { echo "connection refused" >&2; exit 1; }; cat "${folder}/list" ;;
esac
`;

/** Makes a node's network, with a route and a rule of somebody else, and holds the namespace open. */
const prepare = `set -e
ip link set lo up
ip link add eth0 type veth peer name wire
ip address add 10.0.0.11/24 dev eth0
ip link set eth0 mtu 1450 up
ip link set wire up
ip route add default via 10.0.0.1
ip route add 10.66.0.0/16 via 10.0.0.99 proto 99
iptables -t nat -A POSTROUTING -s 192.0.2.0/24 -j MASQUERADE
echo ready
exec sleep infinity
`;

/** The agent's files lie in the test's folder, not on this machine's real places. */
const moved = (text: string) =>
  text.replaceAll(/\/(?:etc\/cni|var\/lib\/kube-installer|run\/kube-installer)/g, `${folder}$&`);

let folder: string;
let holder: ChildProcess;
let agent: ChildProcess | undefined;

const inside = (command: string): string => {
  const result = spawnSync("nsenter", ["-t", String(holder.pid), "-n", "bash", "-c", command], {
    encoding: "utf8",
  });
  return result.stdout.trim();
};
const write = (name: string, lines: readonly string[]) =>
  writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(""));
const happen = (line: string) => writeFileSync(join(folder, "events"), `${line}\n`, { flag: "a" });
const eventually = (what: string, look: () => string, expected: string | RegExp) =>
  until(
    what,
    async () => {
      const saw = look();
      const done = typeof expected === "string" ? saw === expected : expected.test(saw);
      return done ? { done, value: saw } : { done: false, saw };
    },
    { signal: new AbortController().signal, deadline: 30_000, interval: 50 },
  );
const status = () => inside(`cat ${moved(agentStatus)}`);
const routes = () => inside("ip route show proto 178 | awk '{ print $1, $3 }'");

function startAgent(): void {
  const environment = `PATH=${folder}/bin:$PATH NODE=cp-1 ADDRESS=10.0.0.11 POD_NETWORK=10.244.0.0/16 SERVICE_NETWORK=10.96.0.0/12 KUBECONFIG=/dev/null`;
  agent = spawn(
    "nsenter",
    ["-t", String(holder.pid), "-n", "bash", "-c", `${environment} exec ${folder}/bin/bridge-agent`],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
}

async function stopAgent(): Promise<void> {
  if (agent === undefined) return;
  const ended = new Promise((resolve) => agent?.once("exit", resolve));
  agent.kill("SIGKILL");
  await ended;
  agent = undefined;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "bridge-agent-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "kubectl"), kubectl(folder));
  writeFileSync(join(folder, "bin", "bridge-agent"), moved(bridgeAgent));
  for (const name of ["kubectl", "bridge-agent"]) chmodSync(join(folder, "bin", name), 0o755);
  write("events", []);
  holder = spawn("unshare", ["--net", "bash", "-c", prepare], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    holder.stdout?.once("data", () => resolve());
    holder.once("exit", (code) => reject(new Error(`the namespaces could not be prepared: ${code}`)));
  });
});

afterEach(async () => {
  await stopAgent();
  const ended = new Promise((resolve) => holder.once("exit", resolve));
  holder.kill("SIGKILL");
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

const three = ["cp-1|10.244.0.0/24|10.0.0.11", "w-1|10.244.1.0/24|10.0.0.21", "w-2|10.244.2.0/24|10.0.0.22"];

describe("the agent of the pod network", () => {
  test("makes bridge, routes, CNI configuration and packet filter from the list of Nodes", async () => {
    write("list", three);
    startAgent();
    await eventually("routes", status, "ok: routes to 2 nodes");
    expect(routes()).toBe("10.244.1.0/24 10.0.0.21\n10.244.2.0/24 10.0.0.22");
    expect(inside("ip -o link show cbr0")).toMatch(/mtu 1450 .* link\/ether 0a:58:0a:f4:00:01/);
    expect(inside("ip -4 -o address show cbr0 | awk '{ print $4 }'")).toBe("10.244.0.1/24");
    expect(JSON.parse(inside(`cat ${moved(cniConfiguration)}`))).toMatchObject({
      plugins: [
        { type: "bridge", bridge: "cbr0", mtu: 1450, ipam: { ranges: [[{ subnet: "10.244.0.0/24" }]] } },
        { type: "portmap" },
      ],
    });
    expect(inside("iptables -t nat -S KUBE-INSTALLER-POSTROUTING")).toBe(`-N KUBE-INSTALLER-POSTROUTING
-A KUBE-INSTALLER-POSTROUTING ! -s 10.244.0.0/24 -j RETURN
-A KUBE-INSTALLER-POSTROUTING -d 10.244.0.0/16 -j RETURN
-A KUBE-INSTALLER-POSTROUTING -d 10.0.0.11/32 -j RETURN
-A KUBE-INSTALLER-POSTROUTING -d 10.0.0.21/32 -j RETURN
-A KUBE-INSTALLER-POSTROUTING -d 10.0.0.22/32 -j RETURN
-A KUBE-INSTALLER-POSTROUTING -d 224.0.0.0/4 -j RETURN
-A KUBE-INSTALLER-POSTROUTING -j MASQUERADE`);
    expect(inside("iptables -S FORWARD")).toContain("-j KUBE-INSTALLER-FORWARD");
    expect(inside("iptables -S KUBE-INSTALLER-FORWARD")).toBe(`-N KUBE-INSTALLER-FORWARD
-A KUBE-INSTALLER-FORWARD -d 10.96.0.0/12 -j REJECT --reject-with icmp-port-unreachable
-A KUBE-INSTALLER-FORWARD -s 10.244.0.0/16 -j ACCEPT
-A KUBE-INSTALLER-FORWARD -d 10.244.0.0/16 -j ACCEPT`);
  });

  test("takes what kubectl complains of on the way for no Node", async () => {
    const complaint = "E1121 19:27:13.361 1698 request.go:668] Waited for 1s due to a lost packet";
    write("noise", [complaint, "I1121|anything|at all"]);
    write("list", [...three, "UNKNOWN"]);
    startAgent();
    await eventually("routes", status, "ok: routes to 2 nodes");
    expect(inside(`cat ${moved(agentMemory)}/nodes`)).toBe(three.join("\n"));
  });

  test("begins before its own node has joined and follows nodes that come and go", async () => {
    write("list", three.slice(1, 2));
    startAgent();
    await eventually("the wait for a range", status, /^waiting/);
    happen(`ADDED|${three[1]}`);
    happen("ADDED|cp-1||10.0.0.11");
    happen(`MODIFIED|${three[0]}`);
    await eventually("the first route", status, "ok: routes to 1 nodes");
    happen(`ADDED|${three[2]}`);
    await eventually("a route to the new node", routes, "10.244.1.0/24 10.0.0.21\n10.244.2.0/24 10.0.0.22");
    happen("MODIFIED|w-1|10.244.1.0/24|10.0.0.31");
    await eventually("the new way", routes, "10.244.1.0/24 10.0.0.31\n10.244.2.0/24 10.0.0.22");
    happen("DELETED|w-1|10.244.1.0/24|10.0.0.31");
    await eventually("the end of the old node", routes, "10.244.2.0/24 10.0.0.22");
  });

  test("touches neither routes nor rules of others", async () => {
    write("list", three);
    startAgent();
    await eventually("routes", status, "ok: routes to 2 nodes");
    happen("DELETED|w-1|10.244.1.0/24|10.0.0.21");
    await eventually("the end of the old node", routes, "10.244.2.0/24 10.0.0.22");
    expect(inside("ip route show proto 99")).toBe("10.66.0.0/16 via 10.0.0.99 dev eth0");
    expect(inside("iptables -t nat -S POSTROUTING")).toContain("-A POSTROUTING -s 192.0.2.0/24 -j MASQUERADE");
  });

  test("keeps its routes over a restart without an API, an empty list and a list without its own node", async () => {
    write("list", three);
    startAgent();
    await eventually("routes", status, "ok: routes to 2 nodes");
    for (const answer of [undefined, [], three.slice(1, 2)]) {
      await stopAgent();
      inside(`ip route flush proto 178; rm ${moved(agentStatus)}`);
      if (answer === undefined) rmSync(join(folder, "list"));
      else write("list", answer);
      startAgent();
      await eventually("routes from memory", routes, "10.244.1.0/24 10.0.0.21\n10.244.2.0/24 10.0.0.22");
      await eventually(
        "its judgement of the answer",
        status,
        /^(ok: routes to 2 nodes|waiting: the API does not answer)/,
      );
      expect(routes()).toBe("10.244.1.0/24 10.0.0.21\n10.244.2.0/24 10.0.0.22");
    }
    expect(inside(`cat ${moved(agentMemory)}/nodes`)).toBe(three.join("\n"));
  });

  test("puts back what somebody else takes away", async () => {
    write("list", three);
    startAgent();
    await eventually("routes", status, "ok: routes to 2 nodes");
    inside("ip route flush proto 178; iptables -t nat -F; ip link delete cbr0");
    await eventually("the routes again", routes, "10.244.1.0/24 10.0.0.21\n10.244.2.0/24 10.0.0.22");
    expect(inside("iptables -t nat -S POSTROUTING")).toContain("-j KUBE-INSTALLER-POSTROUTING");
    expect(inside("ip -4 -o address show cbr0")).toContain("10.244.0.1/24");
  });

  test("names a node that is behind a router instead of sending its pods' traffic somewhere", async () => {
    write("list", [...three.slice(0, 2), "far|10.244.9.0/24|172.16.0.9"]);
    startAgent();
    await eventually("the problem", status, "problem: not on the same link: far (172.16.0.9)");
    expect(routes()).toBe("10.244.1.0/24 10.0.0.21");
  });

  test("says nothing about Nodes it cannot understand", async () => {
    write("list", three.slice(0, 1));
    startAgent();
    await eventually("readiness", status, "ok: routes to 0 nodes");
    happen("ADDED|evil|10.244.1.0/24; reboot|10.0.0.21");
    happen(`ADDED|${three[1]}`);
    await eventually("the next event", routes, "10.244.1.0/24 10.0.0.21");
    expect(readFileSync(join(folder, "events"), "utf8")).toContain("evil");
    expect(inside(`cat ${moved(agentMemory)}/nodes`)).not.toContain("evil");
  });
});
