import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { unfulfilled, wantedConfiguration } from "../../../../src/steps/runtime/containerd-configuration.ts";
import type { RuntimeWishes } from "../../../../src/steps/runtime/containerd-settings.ts";

const wishes: RuntimeWishes = {
  pauseImage: "registry.k8s.io/pause:3.9",
  cgroupDriver: "systemd",
  mayRaiseResourceLimits: true,
  pluginFolder: "/usr/lib/cni",
};

/** What Debian's package of containerd 1.6 brings. */
const debian = `version = 2

[plugins]
  [plugins."io.containerd.grpc.v1.cri"]
    [plugins."io.containerd.grpc.v1.cri".cni]
      bin_dir = "/usr/lib/cni"
      conf_dir = "/etc/cni/net.d"
  [plugins."io.containerd.internal.v1.opt"]
    path = "/var/lib/containerd"
`;

describe("a node without a configuration", () => {
  test("gets form 2 for containerd 1.x", () => {
    expect(wantedConfiguration("", "1.6.20~ds1", wishes)).toBe(`version = 2

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.9"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = true

[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/usr/lib/cni"
`);
  });

  test("gets form 3 for containerd 2.x, with everything a node may need", () => {
    const all: RuntimeWishes = {
      ...wishes,
      cgroupDriver: "cgroupfs",
      mayRaiseResourceLimits: false,
      mirrorFolder: "/etc/containerd/certs.d",
    };
    expect(wantedConfiguration("", "2.1.4", all)).toBe(`version = 3

[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "registry.k8s.io/pause:3.9"

[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"

[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  SystemdCgroup = false

[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dir = "/usr/lib/cni"
`);
  });
});

describe("a node that has a configuration", () => {
  test("keeps Debian's, with our lines among it", () => {
    const edited = wantedConfiguration(debian, "1.6.20", wishes);
    for (const line of debian.split("\n")) expect(edited).toContain(line);
    expect(unfulfilled(edited, wishes)).toEqual([]);
  });

  test("keeps foreign settings, comments and order; a changed value stays in its line", () => {
    const foreign = `# Managed by the storage team
version = 2
root = "/data/containerd" # the big disk

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "harbor.example.com/pause:3.6"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    default_runtime_name = "nvidia"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia.options]
      BinaryName = "/usr/bin/nvidia-container-runtime"
    [plugins.'io.containerd.grpc.v1.cri'.containerd.runtimes."runc".options]
      SystemdCgroup = false # old
`;
    const edited = wantedConfiguration(foreign, "1.7.2", wishes);
    expect(edited.split("\n").slice(0, 9)).toEqual([
      "# Managed by the storage team",
      "version = 2",
      'root = "/data/containerd" # the big disk',
      "",
      '[plugins."io.containerd.grpc.v1.cri"]',
      '  sandbox_image = "registry.k8s.io/pause:3.9"',
      '  [plugins."io.containerd.grpc.v1.cri".containerd]',
      '    default_runtime_name = "nvidia"',
      '    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia.options]',
    ]);
    expect(edited).toContain("      SystemdCgroup = true\n");
    expect(edited).not.toContain("SystemdCgroup = false");
    expect(unfulfilled(edited, wishes)).toEqual([]);
  });

  test("is not rewritten when it already says all", () => {
    const once = wantedConfiguration(debian, "1.6.20", wishes);
    expect(wantedConfiguration(once, "1.6.20", wishes)).toBe(once);
  });

  test("keeps form 2 under containerd 2.x, which still reads it", () => {
    expect(wantedConfiguration(debian, "2.0.1", wishes)).toContain('sandbox_image = "registry.k8s.io/pause:3.9"');
  });

  test("has the Kubernetes interface switched on where Docker's package switches it off", () => {
    const docker = '#   Copyright 2018 Docker Inc.\n\ndisabled_plugins = ["cri", "io.containerd.snapshotter.v1.zfs"]\n';
    const edited = wantedConfiguration(docker, "1.7.27", wishes);
    expect(parse(edited)).toMatchObject({ version: 2, disabled_plugins: ["io.containerd.snapshotter.v1.zfs"] });
    expect(unfulfilled(edited, wishes)).toEqual([]);
    expect(unfulfilled(`version = 2\n${docker}`, wishes)[0]).toBe("the plugin cri is switched off");
  });

  test("is understood also where lines cannot be edited", () => {
    const inline =
      'version = 2\nplugins = { "io.containerd.grpc.v1.cri" = { sandbox_image = "x", enable_selinux = true } }\n';
    const edited = wantedConfiguration(inline, "1.6.20", wishes);
    expect(unfulfilled(edited, wishes)).toEqual([]);
    expect(parse(edited)).toMatchObject({ plugins: { "io.containerd.grpc.v1.cri": { enable_selinux: true } } });
  });

  test("is left alone when it is in the form of before containerd 1.3, or no TOML", () => {
    expect(() => wantedConfiguration('[plugins.cri]\nsandbox_image = "x"\n', "1.6.20", wishes)).toThrow(/old form 1/);
    expect(() => wantedConfiguration("version = = 2", "1.6.20", wishes)).toThrow(/cannot be read/);
  });
});

test("what the effective configuration lacks is named", () => {
  const dump = `version = 3
[plugins."io.containerd.cri.v1.images".pinned_images]
sandbox = "registry.k8s.io/pause:3.8"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.cri.v1.runtime".cni]
bin_dir = "/opt/cni/bin"
`;
  expect(unfulfilled(dump, wishes)).toEqual([
    'sandbox is "registry.k8s.io/pause:3.8"',
    "SystemdCgroup is not set",
    'bin_dir is "/opt/cni/bin"',
  ]);
});
