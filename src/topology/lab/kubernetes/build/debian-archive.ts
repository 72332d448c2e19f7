import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minutes } from "../../../../engine/time.ts";
import { hostApt } from "../../host-apt.ts";
import { nameABundle } from "../name-a-bundle.ts";
import { runCommand } from "../run-command.ts";
import type { Work } from "../work.ts";

const suite = "bookworm";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Debian's archive seen through an apt of our own: own sources and state, the host's proxy and mirror settings. */
export interface DebianArchive {
  /** Downloads binary packages without their dependencies; returns the .deb files in the same order. */
  packages(names: readonly string[]): Promise<string[]>;
  /** Downloads a source package; returns its .dsc. apt has checked it against the signed index. */
  source(name: string): Promise<string>;
}

/**
 * Refreshes the index of Debian 12 in `directory`. The host's apt sources stay as they are, because source packages are
 * seldom enabled there; the signatures of Debian's release files are checked all the same.
 */
export async function openDebianArchive(directory: string, work: Work): Promise<DebianArchive> {
  const config = await configure(directory, work);
  const apt = (args: readonly string[], cwd: string) =>
    runCommand(
      {
        program: "apt-get",
        args: ["-c", config, "-q", ...args],
        cwd,
        deadline: minutes(10),
        nextSteps: ["check that this machine reaches its Debian mirror: `apt-get update`", `or ${nameABundle}`],
      },
      work,
    );
  work.progress("reading the package index of Debian 12");
  await apt(["update"], directory);
  return {
    packages: async (names) => {
      const target = join(directory, "packages");
      await mkdir(target, { recursive: true });
      await apt(["download", ...names], target);
      const files = fileNames(await apt(["--print-uris", "download", ...names], directory));
      return names.map((name) => find(files, `${name}_`, ".deb", target));
    },
    source: async (name) => {
      const target = join(directory, "sources");
      await mkdir(target, { recursive: true });
      const args = ["source", "--download-only", "--only-source", name];
      await apt(args, target);
      return find(fileNames(await apt(["--print-uris", ...args], directory)), `${name}_`, ".dsc", target);
    },
  };
}

async function configure(directory: string, work: Work): Promise<string> {
  await mkdir(join(directory, "state/lists/partial"), { recursive: true });
  await mkdir(join(directory, "cache/archives/partial"), { recursive: true });
  await writeFile(join(directory, "state/status"), "");
  await writeFile(join(directory, "sources.list"), await sourcesList(work));
  const config = join(directory, "apt.conf");
  await writeFile(`${config}.part`, aptConfig(directory));
  await rename(`${config}.part`, config);
  return config;
}

/** Read by apt after its own configuration, so hooks meant for the host's state can be taken out again. */
function aptConfig(directory: string): string {
  return `#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
Dir::Etc::sourcelist "${directory}/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "${directory}/state";
Dir::State::status "${directory}/state/status";
Dir::Cache "${directory}/cache";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
`;
}

/** Debian 12's sources at the mirror the host uses. */
async function sourcesList({ signal }: Work): Promise<string> {
  const { mirror, securityMirror } = await hostApt(signal);
  return [
    [suite, mirror],
    [`${suite}-updates`, mirror],
    [`${suite}-security`, securityMirror],
  ]
    .flatMap(([release, uri]) =>
      ["deb", "deb-src"].map((kind) => `${kind} [signed-by=${keyring}] ${uri} ${release} main\n`),
    )
    .join("");
}

/**
 * File names in what `apt-get --print-uris` prints: `'URI' NAME SIZE HASH` for each file not in the current directory.
 */
function fileNames(uris: string): string[] {
  return [...uris.matchAll(/^'[^']+' (\S+) \d+/gm)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

function find(files: readonly string[], start: string, ending: string, directory: string): string {
  const found = files.find((file) => file.startsWith(start) && file.endsWith(ending));
  if (found === undefined) throw new Error(`apt-get named no file ${start}*${ending}`);
  return join(directory, found);
}
