import type { Machine } from "../machine/machine.ts";
import { mirror } from "../machine/packages.ts";
import { formatted } from "../shell/format.ts";
import { type Call, type Program, parsed, unknown } from "./program.ts";
import { enable } from "./systemd.ts";

/** dpkg's and apt's programs. */
export const packagePrograms: Readonly<Record<string, Program>> = {
  "dpkg-query": (call) => {
    const { options, operands } = parsed(call, ["-W", "-f="]);
    const format = options.get("-f") ?? unknown(call);
    const { packages } = call.shell.machine;
    let status = 0;
    for (const name of operands.length === 0 ? packages.keys() : operands) {
      const version = packages.get(name);
      if (version === undefined) {
        call.stderr.write(`dpkg-query: no packages found matching ${name}\n`);
        status = 1;
        continue;
      }
      const values: Record<string, string> = {
        "binary:Package": name,
        Package: name,
        "db:Status-Abbrev": "ii ",
        "db:Status-Eflag": "ok",
        Version: version,
        "Config-Version": "",
      };
      call.stdout.write(
        formatted(
          format.replace(/\$\{([^}]+)\}/g, (_, field: string) => values[field] ?? unknown(call)),
          [],
        ),
      );
    }
    return status;
  },
  dpkg: (call) => {
    const asked = call.args.join(" ");
    if (asked === "--configure -a --force-confold" || asked.startsWith("--no-act --purge ")) return 0;
    return unknown(call);
  },
  "apt-cache": (call) => {
    const { operands } = parsed(call, ["-c=", "-o="]);
    const [verb, ...names] = operands;
    if (verb !== "policy") return unknown(call);
    for (const name of names) {
      const known = mirror[name];
      if (known === undefined) continue;
      call.stdout.write(
        `${name}:\n  Installed: ${call.shell.machine.packages.get(name) ?? "(none)"}\n  Candidate: ${known.version}\n`,
      );
    }
    return 0;
  },
  "apt-config": () => 0,
  "apt-get": (call) => {
    const { options, operands } = parsed(call, ["-c=", "-y", "-q", "-o="]);
    const [verb, ...names] = operands;
    if (verb === "update") return 0;
    if (verb === "install") return install(call, names, options.get("-c") ?? "");
    return verb === "purge" ? purge(call.shell.machine, names) : unknown(call);
  },
};

function install(call: Call, wanted: readonly string[], configuration: string): number {
  const { machine } = call.shell;
  const all = new Set<string>();
  const add = (name: string): void => {
    if (all.has(name) || machine.packages.has(name)) return;
    for (const needed of mirror[name]?.depends ?? []) add(needed);
    all.add(name);
  };
  for (const name of wanted) add(name);
  const strange = [...all].find((name) => mirror[name] === undefined);
  if (strange !== undefined) {
    call.stderr.write(`E: Unable to locate package ${strange}\n`);
    return 100;
  }
  machine.needSpace();
  note(machine, [...all], configuration);
  for (const name of all) {
    const { version, programs, files = {}, enables } = mirror[name] ?? unknown(call);
    for (const path of programs) machine.files.plant(path, `${name}\n`, 0o755);
    for (const [path, text] of Object.entries(files)) machine.files.plant(path, text);
    machine.packages.set(name, version);
    if (enables !== undefined) enable(machine, enables, Object.keys(files)[0] ?? "");
    call.stdout.write(`Setting up ${name} (${version}) ...\n`);
  }
  return 0;
}

/** apt tells the program of the configuration what it is about to do, in apt's protocol of version 3. */
function note(machine: Machine, names: readonly string[], configuration: string): void {
  const transaction = /Pre-Install-Pkgs:: "\/bin\/dd of=(\S+) /.exec(
    machine.files.readIfThere(configuration) ?? "",
  )?.[1];
  if (transaction === undefined) return;
  const lines = names.map((name) => `${name} - - none < ${mirror[name]?.version} amd64 none /var/cache/${name}.deb\n`);
  machine.files.write(transaction, `VERSION 3\n\n${lines.join("")}`, { append: true });
}

function purge(machine: Machine, names: readonly string[]): number {
  for (const name of names) {
    const known = mirror[name];
    for (const path of [...(known?.programs ?? []), ...Object.keys(known?.files ?? {})]) {
      if (machine.files.exists(path)) machine.files.remove(path);
    }
    machine.packages.delete(name);
    const wants = "/etc/systemd/system/multi-user.target.wants";
    if (known?.enables === undefined) continue;
    machine.active.delete(known.enables);
    if (machine.files.find(`${wants}/${known.enables}`, { follow: false }) !== undefined)
      machine.files.remove(`${wants}/${known.enables}`);
    if (machine.files.exists(wants) && machine.files.list(wants).length === 0) machine.files.remove(wants);
  }
  for (const folder of ["/usr/lib/cni"])
    if (machine.files.exists(folder) && machine.files.list(folder).length === 0) machine.files.remove(folder);
  return 0;
}
