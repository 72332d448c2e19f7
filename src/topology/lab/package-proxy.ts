import { mkdir, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { join } from "node:path";
import { cacheFolder } from "../../engine/cache-folder.ts";
import { runLocal } from "../../engine/local-command.ts";
import { seconds, until } from "../../engine/time.ts";
import { proxyAddress, proxyPort } from "./addresses.ts";
import { isPopulated, removeGroups } from "./cgroups.ts";
import type { HostApt } from "./host-apt.ts";
import { exclusively } from "./kubernetes/exclusive.ts";
import { makeHandle } from "./make-groups.ts";
import type { LabWork } from "./progress.ts";
import { startInGroups } from "./start-in-groups.ts";

/** Its process group; no lab can have a name with a dot. */
const group = ".packages";
/** An interface that leads nowhere and only carries the proxy's address. */
const carrier = "kilab-packages";
/** Debian's package makes this user for it. */
const user = "apt-cacher-ng";

const lockFile = "/run/lock/kube-installer-packages.lock";

/** Its folders as it sees them; they lie in the cache folder, which that user could not enter. */
const places = { cache: "/var/cache/apt-cacher-ng", log: "/var/log/apt-cacher-ng" } as const;

/** Starts the package proxy of this machine's labs unless it runs. */
export async function ensurePackageProxy(apt: HostApt, work: LabWork): Promise<void> {
  const { signal, progress } = work;
  await exclusively(lockFile, { ...work, purpose: "starting the package proxy" }, async () => {
    if ((await isPopulated(group)) && (await answers())) return;
    await stop(signal);
    progress("start the package proxy");
    await runLocal("ip", ["-batch", "-"], {
      signal,
      stdin: `link add ${carrier} type bridge\naddress add ${proxyAddress}/32 dev ${carrier}\nlink set ${carrier} up\n`,
    });
    const folder = cacheFolder("lab", "packages");
    for (const name of Object.keys(places)) await mkdir(join(folder, name), { recursive: true });
    await runLocal("chown", ["-R", `${user}:`, ...Object.keys(places).map((name) => join(folder, name))], { signal });
    const configuration = join(folder, "configuration");
    await mkdir(configuration, { recursive: true });
    await writeFile(join(configuration, "acng.conf"), proxyConfiguration(apt.proxy));
    const log = join(folder, "apt-cacher-ng.log");
    await startInGroups([await makeHandle(group)], ["unshare", "--mount", "sh", "-euc", script, "sh", folder], { log });
    await until(
      "the package proxy to answer",
      async () => ((await answers()) ? { done: true, value: true } : { done: false, saw: `no answer; see ${log}` }),
      { signal, deadline: seconds(20), interval: 50 },
    );
  });
}

/** Ends the package proxy when no lab is left that could use it. */
export async function stopUnusedPackageProxy(anyLab: () => Promise<boolean>, work: LabWork): Promise<void> {
  await exclusively(lockFile, { ...work, purpose: "stopping the package proxy" }, async () => {
    if (!(await anyLab())) await stop(work.signal);
  });
}

async function stop(signal: AbortSignal): Promise<void> {
  await removeGroups(signal, group);
  await runLocal("ip", ["link", "delete", carrier], { signal, allow: [1] });
}

const script = `
mount --bind "$1/cache" ${places.cache}
mount --bind "$1/log" ${places.log}
mount --bind "$1/configuration" /etc/apt-cacher-ng
exec setpriv --reuid ${user} --regid ${user} --clear-groups apt-cacher-ng -c /etc/apt-cacher-ng ForeGround=1
`;

/** @see https://www.unix-ag.uni-kl.de/~bloch/acng/html/config-servquick.html */
export function proxyConfiguration(upstreamProxy: string | undefined): string {
  return [
    `CacheDir: ${places.cache}`,
    `LogDir: ${places.log}`,
    "SupportDir: /usr/lib/apt-cacher-ng",
    `BindAddress: ${proxyAddress}`,
    `Port: ${proxyPort}`,
    "ExThreshold: 30",
    "ReportPage: acng-report.html",
    ...(upstreamProxy === undefined ? [] : [`Proxy: ${upstreamProxy}`]),
    "",
  ].join("\n");
}

/** Any answer will do, also one that says how to use it. */
async function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: proxyAddress, port: proxyPort, timeout: 2000 });
    const settle = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket
      .once("connect", () => settle(true))
      .once("error", () => settle(false))
      .once("timeout", () => settle(false));
  });
}
