import { describe, expect, test } from "vitest";
import { mountedLabFolders, mountPointsBelow } from "../../../../src/topology/lab/disk.ts";
import { parseHierarchies } from "../../../../src/topology/lab/hierarchies.ts";

const hybrid = `24 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 24 0:26 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
31 30 0:27 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
32 30 0:28 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
33 30 0:29 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
34 24 0:27 / /mnt/again rw,relatime - cgroup cgroup rw,cpu
`;

describe("parseHierarchies", () => {
  test("finds each hierarchy of a hybrid machine once", () => {
    expect(parseHierarchies(hybrid)).toEqual([
      { mountPoint: "/sys/fs/cgroup/cpu", version: 1 },
      { mountPoint: "/sys/fs/cgroup/systemd", version: 1 },
      { mountPoint: "/sys/fs/cgroup/unified", version: 2 },
    ]);
  });

  test("finds the only one of a v2 machine, also with optional fields", () => {
    const line = "29 23 0:25 / /sys/fs/cgroup rw,nosuid shared:4 master:1 - cgroup2 cgroup2 rw,nsdelegate\n";
    expect(parseHierarchies(line)).toEqual([{ mountPoint: "/sys/fs/cgroup", version: 2 }]);
  });
});

describe("mountPointsBelow", () => {
  const table = `1 0 8:1 / / rw - ext4 /dev/sda rw
2 1 7:0 / /labs/a/disk rw - ext4 /dev/loop0 rw
3 1 0:50 / /labs/a/my\\040root rw - overlay overlay rw
4 3 0:51 / /labs/a/my\\040root/proc rw - proc proc rw
5 1 7:1 / /labs/ab/disk rw - ext4 /dev/loop1 rw
`;

  test("gives the innermost first and nothing of a neighbour with a longer name", () => {
    expect(mountPointsBelow(table, "/labs/a")).toEqual(["/labs/a/my root/proc", "/labs/a/my root", "/labs/a/disk"]);
  });

  test("counts the folder itself", () => {
    expect(mountPointsBelow(table, "/labs/a/disk")).toEqual(["/labs/a/disk"]);
  });
});

test("mountedLabFolders finds a lab wherever its state is, and no neighbour", () => {
  const table = `2 1 7:0 / /root/.local/state/kube-installer/labs/a/nodes/w-1/disk rw - ext4 /dev/loop0 rw
3 1 0:50 / /other/kube-installer/labs/a/nodes/w-1/root rw - overlay overlay rw
4 1 0:51 / /other/kube-installer/labs/a/nodes/cp-1/root rw - overlay overlay rw
5 1 7:1 / /other/kube-installer/labs/ab/nodes/w-1/disk rw - ext4 /dev/loop1 rw
`;
  expect(mountedLabFolders(table, "a")).toEqual([
    "/root/.local/state/kube-installer/labs/a",
    "/other/kube-installer/labs/a",
  ]);
});
