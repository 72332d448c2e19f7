import { dirname } from "node:path/posix";
import { Secret } from "../../engine/secret.ts";
import { bridgeAgent } from "./bridge-agent.ts";
import { agentKubeconfig, agentProgram, agentStatus, agentUnitFile } from "./names.ts";

/** A file of the agent as it is to be on the node. */
export interface AgentFile {
  readonly path: string;
  readonly content: string | Secret;
  readonly mode: number;
}

export interface AgentSettings {
  readonly node: string;
  /** The node's own address towards the other nodes. */
  readonly address: string;
  readonly podCIDR: string;
  readonly serviceCIDR: string;
  /** `host:port` of the API. */
  readonly apiServer: string;
  /** PEM of the cluster's certificate authority. */
  readonly ca: string;
  /** Lets its bearer read Nodes. */
  readonly token: Secret;
}

/** Everything the agent consists of on one node. */
export function agentFiles(settings: AgentSettings): readonly AgentFile[] {
  return [
    { path: agentProgram, content: bridgeAgent, mode: 0o755 },
    { path: agentKubeconfig, content: kubeconfig(settings), mode: 0o600 },
    { path: agentUnitFile, content: unit(settings), mode: 0o644 },
  ];
}

function kubeconfig({ apiServer, ca, token }: AgentSettings): Secret {
  return new Secret(
    `${JSON.stringify(
      {
        apiVersion: "v1",
        kind: "Config",
        clusters: [
          {
            name: "cluster",
            cluster: {
              server: `https://${apiServer}`,
              "certificate-authority-data": Buffer.from(ca).toString("base64"),
            },
          },
        ],
        users: [{ name: "bridge", user: { token: token.reveal() } }],
        contexts: [{ name: "bridge", context: { cluster: "cluster", user: "bridge" } }],
        "current-context": "bridge",
      },
      undefined,
      2,
    )}\n`,
    "document",
  );
}

/**
 * Killed outright when stopped: whatever it does is whole or not at all, and bash would wait out its pause. Only its
 * main process: the others end with it, and systemd is not told when a cgroup of version 1 in a container gets empty.
 */
function unit({ node, address, podCIDR, serviceCIDR }: AgentSettings): string {
  return `[Unit]
Description=Pod network of this node: bridge and routes (kube-installer)
After=network.target
StartLimitIntervalSec=0

[Service]
Environment=NODE=${node} ADDRESS=${address} POD_NETWORK=${podCIDR} SERVICE_NETWORK=${serviceCIDR} KUBECONFIG=${agentKubeconfig}
Environment=HOME=${dirname(agentStatus)}
Environment=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=${agentProgram}
KillMode=process
KillSignal=SIGKILL
SuccessExitStatus=SIGKILL
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
`;
}
