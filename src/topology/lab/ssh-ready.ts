import { createConnection } from "node:net";
import { runLocal } from "../../engine/local-command.ts";
import { seconds, until } from "../../engine/time.ts";
import { namespaceName } from "./names.ts";

export interface SshPlace {
  readonly lab: string;
  readonly node: string;
  readonly address: string;
  readonly port: number;
  /** Whether this machine has a way to the address; otherwise it is looked at from inside the node. */
  readonly reachable: boolean;
}

/** Waits until the node's SSH server says who it is. @throws InstallerError `deadline-exceeded` */
export async function waitForSsh(place: SshPlace, log: string, signal: AbortSignal): Promise<void> {
  await until(
    `the SSH server of ${place.node}`,
    async () => {
      const banner = place.reachable ? await readBanner(place) : await readBannerInside(place, signal);
      return banner.startsWith("SSH-") ? { done: true, value: true } : { done: false, saw: banner };
    },
    {
      signal,
      deadline: seconds(90),
      interval: 50,
      nextSteps: [`look at the node's console: \`tail -n 50 ${log}\``],
    },
  );
}

function readBanner({ address, port }: SshPlace): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port });
    const settle = (result: string) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(2000, () => settle("no answer"));
    socket.once("data", (data) => settle(data.toString("latin1")));
    socket.once("error", (error) => settle(error.message));
    socket.once("close", () => settle("the connection was closed"));
  });
}

const readFirstLine = 'exec 3<>"/dev/tcp/$1/$2" && read -r -t 2 line <&3 && echo "$line"';

async function readBannerInside({ lab, node, address, port }: SshPlace, signal: AbortSignal): Promise<string> {
  const command = [
    "netns",
    "exec",
    namespaceName(lab, node),
    "bash",
    "-c",
    readFirstLine,
    "bash",
    address,
    String(port),
  ];
  const { stdout, stderr } = await runLocal("ip", command, { signal, allow: [1, 142], deadline: seconds(10) });
  return stdout || stderr.split("\n")[0] || "no answer";
}
