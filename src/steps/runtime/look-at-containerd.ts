import { askAll, splitAnswers } from "../../facts/ask.ts";
import { sh } from "../../ssh/shell.ts";
import type { Observation } from "../context.ts";
import { differingFiles, lookAtFiles } from "../receipt/put-files.ts";
import { configurationPath } from "./containerd-configuration.ts";
import type { RuntimeWishes } from "./containerd-settings.ts";
import { mirrorFiles } from "./mirror-files.ts";
import { runtimeWishes } from "./wishes.ts";

/** The socket is made anew at each start, so what is newer than it has not been read. */
const socket = "/run/containerd/containerd.sock";

export interface ContainerdState {
  /** `1.6.20~ds1`; absent when containerd is not installed. */
  readonly version?: string;
  readonly active: boolean;
  readonly enabled: boolean;
  /** The text of the configuration file; empty when there is none. */
  readonly configuration: string;
  /** What containerd makes of it; empty when it cannot read it. */
  readonly effective: string;
  /** The file was changed after containerd had started. */
  readonly unread: boolean;
  /** The Kubernetes interface answers. */
  readonly criServes: boolean;
  /** `namespace/container` of everything that runs. */
  readonly tasks: readonly string[];
  readonly wishes: RuntimeWishes;
  /** Paths of mirror files that are not as wanted. */
  readonly staleMirrors: readonly string[];
}

/** Everything about containerd on a node, in one look. */
export async function lookAtContainerd(context: Observation): Promise<ContainerdState> {
  const mirrors = mirrorFiles(context.spec.runtime.registryMirrors);
  const { stdout } = await context.node.read(
    askAll({
      version: sh`containerd --version | awk '{ print $3 }'`,
      state: sh`systemctl is-active containerd; systemctl is-enabled containerd`,
      configuration: sh`cat ${configurationPath}`,
      effective: sh`containerd config dump`,
      unread: sh`[ ${configurationPath} -nt ${socket} ] && echo unread`,
      plugins: sh`systemctl is-active --quiet containerd && ctr plugins ls`,
      tasks: sh`systemctl is-active --quiet containerd && for namespace in $(ctr namespaces ls -q); do
  ctr -n "$namespace" tasks ls | awk -v "namespace=$namespace" 'NR > 1 { print namespace "/" $1 }'
done`,
      "plugin-folder": sh`for folder in /usr/lib/cni /opt/cni/bin; do [ -x "$folder/bridge" ] && echo "$folder" && break; done`,
      mirrors: lookAtFiles(mirrors),
    }),
  );
  const answers = splitAnswers(stdout);
  const answer = (name: string) => answers.get(name) ?? "";
  const lines = (name: string) =>
    answer(name)
      .split("\n")
      .filter((line) => line !== "");
  const [active, enabled] = lines("state");
  const version = answer("version").trim().replace(/^v/, "");
  return {
    ...(version === "" ? {} : { version }),
    active: active === "active",
    enabled: enabled === "enabled",
    configuration: answer("configuration"),
    effective: answer("effective"),
    unread: answer("unread") !== "",
    criServes: lines("plugins").some((line) => /\bcri\b.*\bok\s*$/.test(line)),
    tasks: lines("tasks").sort(),
    wishes: runtimeWishes(context, lines("plugin-folder")[0]),
    staleMirrors: differingFiles(mirrors, answer("mirrors")),
  };
}
