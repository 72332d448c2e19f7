import { expect, test } from "vitest";
import { turnsSwapOn, withoutSwap } from "../../../../src/steps/os/fstab.ts";

const fstab = `# /etc/fstab
UUID=1 /     ext4 errors=remount-ro 0 1
UUID=2 none  swap sw 0 0
/swapfile\tnone\tswap\tdefaults,pri=5\t0\t0
# UUID=3 none swap sw 0 0
/dev/zram9 none swap noauto 0 0
/srv/swap /mnt ext4 defaults 0 0
`;

test("only lines that turn swap on become comments", () => {
  expect(withoutSwap(fstab)).toBe(`# /etc/fstab
UUID=1 /     ext4 errors=remount-ro 0 1
# kube-installer turned swap off: UUID=2 none  swap sw 0 0
# kube-installer turned swap off: /swapfile\tnone\tswap\tdefaults,pri=5\t0\t0
# UUID=3 none swap sw 0 0
/dev/zram9 none swap noauto 0 0
/srv/swap /mnt ext4 defaults 0 0
`);
});

test("afterwards nothing turns swap on", () => {
  expect(turnsSwapOn(fstab)).toBe(true);
  expect(turnsSwapOn(withoutSwap(fstab))).toBe(false);
  expect(turnsSwapOn("")).toBe(false);
});
