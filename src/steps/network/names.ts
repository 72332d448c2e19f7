/** The bridge every pod of a node hangs on. */
export const bridgeName = "cbr0";

/** The number that marks routes as this program's, so that it never touches others. @see rtnetlink(7), rtm_protocol */
export const routeProtocol = 178;

/** Tells containerd how pods get their network. */
export const cniConfiguration = "/etc/cni/net.d/10-kube-installer-bridge.conflist";

/** The name of the pod network towards CNI, under which plugins keep what they gave out. */
export const cniNetwork = "kube-installer-bridge";

/** The systemd unit of the agent, and what belongs to it. */
export const agentUnit = "kube-installer-bridge.service";
export const agentUnitFile = `/etc/systemd/system/${agentUnit}`;
export const agentProgram = "/usr/local/lib/kube-installer/bridge-agent";
export const agentKubeconfig = "/etc/kube-installer/bridge.kubeconfig";

/** Where the agent keeps the last node list it trusted, over restarts. */
export const agentMemory = "/var/lib/kube-installer/bridge";

/** Where the agent says how things stand: one line. */
export const agentStatus = "/run/kube-installer/bridge-status";
