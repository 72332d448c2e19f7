import type { FileSystem } from "./file-system.ts";

const bridgeSettings = ["iptables", "ip6tables"].map((kind) => `/proc/sys/net/bridge/bridge-nf-call-${kind}`);

/** What systemd-modules-load and systemd-sysctl do at each start. */
export function applyBootFiles(files: FileSystem): void {
  const linesIn = (folder: string): readonly string[] =>
    files.list(folder).flatMap((name) => files.read(`${folder}/${name}`).split("\n"));
  if (linesIn("/etc/modules-load.d").includes("br_netfilter")) loadBridgeFilter(files);
  for (const line of linesIn("/etc/sysctl.d")) {
    const [, name = "", value = ""] = /^\s*([\w./-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    const path = `/proc/sys/${name.replaceAll(".", "/")}`;
    if (name !== "" && files.exists(path)) files.write(path, `${value}\n`);
  }
}

/** Loads br_netfilter: its settings are there from then on. */
export function loadBridgeFilter(files: FileSystem): void {
  const others = files
    .read("/proc/modules")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("br_netfilter "));
  const loaded = [...others, "br_netfilter 32768 0 - Live 0x0000000000000000"];
  files.write("/proc/modules", loaded.map((line) => `${line}\n`).join(""));
  for (const path of bridgeSettings) if (!files.exists(path)) files.plant(path, "1\n");
}
