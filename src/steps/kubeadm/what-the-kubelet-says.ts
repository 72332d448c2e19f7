import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";

const look = sh`echo "kubelet: $(systemctl is-active kubelet)"
journalctl -u kubelet -n 400 --no-pager -o cat 2>/dev/null | grep -E '^[EF][0-9]' | tail -n 6 | cut -c 1-300
echo containers:
crictl ps -a 2>/dev/null | grep -Ev ' Running ' | head -n 8`;

/** The kubelet's last errors and the containers that do not run, for an error's output. */
export async function whatTheKubeletSays(node: ObservedNode): Promise<string> {
  return (await node.read(look, { allow: [1] })).stdout.trim();
}
