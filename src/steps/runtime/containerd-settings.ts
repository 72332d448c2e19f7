import type { CgroupDriver } from "../../kubernetes/cgroup-driver.ts";
import { atLeast } from "../../kubernetes/containerd-versions.ts";
import type { TomlSetting } from "./toml-edit.ts";

/** What Kubernetes needs of containerd, in words no version of its configuration owns. */
export interface RuntimeWishes {
  readonly pauseImage: string;
  readonly cgroupDriver: CgroupDriver;
  /** False where runc may not lower oom scores, as in some containers. */
  readonly mayRaiseResourceLimits: boolean;
  /** Where the network plugins' programs are; as containerd has it when absent. */
  readonly pluginFolder?: string;
  /** Where mirrors of registries are configured, when there are any. */
  readonly mirrorFolder?: string;
}

/** The form of a configuration: `version` in it, 2 for containerd 1.x, 3 for containerd 2.x, which still reads 2. */
export type ConfigurationVersion = 2 | 3;

/** The newest form a containerd release reads. */
export function newestConfiguration(containerdVersion: string): ConfigurationVersion {
  return atLeast(containerdVersion, "2.0") ? 3 : 2;
}

/**
 * The wishes as settings of one form of the configuration.
 * @see https://github.com/containerd/containerd/blob/main/docs/cri/config.md
 */
export function containerdSettings(form: ConfigurationVersion, wishes: RuntimeWishes): readonly TomlSetting[] {
  return form === 2 ? versionTwo(wishes) : versionThree(wishes);
}

function versionTwo({ pauseImage, cgroupDriver, ...wishes }: RuntimeWishes): readonly TomlSetting[] {
  const cri = ["plugins", "io.containerd.grpc.v1.cri"];
  return [
    { path: [...cri, "sandbox_image"], value: pauseImage },
    ...oomScores([...cri, "restrict_oom_score_adj"], wishes),
    ...runc([...cri, "containerd", "runtimes", "runc"], cgroupDriver),
    ...pluginFolder([...cri, "cni", "bin_dir"], wishes),
    ...mirrorFolder([...cri, "registry", "config_path"], wishes),
  ];
}

function versionThree({ pauseImage, cgroupDriver, ...wishes }: RuntimeWishes): readonly TomlSetting[] {
  const images = ["plugins", "io.containerd.cri.v1.images"];
  const runtime = ["plugins", "io.containerd.cri.v1.runtime"];
  return [
    { path: [...images, "pinned_images", "sandbox"], value: pauseImage },
    ...mirrorFolder([...images, "registry", "config_path"], wishes),
    ...oomScores([...runtime, "restrict_oom_score_adj"], wishes),
    ...runc([...runtime, "containerd", "runtimes", "runc"], cgroupDriver),
    ...pluginFolder([...runtime, "cni", "bin_dir"], wishes),
  ];
}

function runc(path: readonly string[], cgroupDriver: CgroupDriver): readonly TomlSetting[] {
  return [
    { path: [...path, "runtime_type"], value: "io.containerd.runc.v2" },
    { path: [...path, "options", "SystemdCgroup"], value: cgroupDriver === "systemd" },
  ];
}

function oomScores(path: readonly string[], wishes: Pick<RuntimeWishes, "mayRaiseResourceLimits">) {
  return wishes.mayRaiseResourceLimits ? [] : [{ path, value: true }];
}

function pluginFolder(path: readonly string[], wishes: Pick<RuntimeWishes, "pluginFolder">) {
  return wishes.pluginFolder === undefined ? [] : [{ path, value: wishes.pluginFolder }];
}

function mirrorFolder(path: readonly string[], wishes: Pick<RuntimeWishes, "mirrorFolder">) {
  return wishes.mirrorFolder === undefined ? [] : [{ path, value: wishes.mirrorFolder }];
}
