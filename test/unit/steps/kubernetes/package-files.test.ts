import { expect, test } from "vitest";
import { communityRepository, packageFiles } from "../../../../src/steps/kubernetes/package-files.ts";

test("the repository is trusted through its own key only, and the version is pinned", () => {
  const key = Buffer.from("-----BEGIN PGP PUBLIC KEY BLOCK-----\n…");
  expect(packageFiles("1.36.4", communityRepository("1.36.4"), key)).toEqual([
    { path: "/etc/apt/keyrings/kube-installer.asc", content: key },
    {
      path: "/etc/apt/sources.list.d/kube-installer.list",
      content: "deb [signed-by=/etc/apt/keyrings/kube-installer.asc] https://pkgs.k8s.io/core:/stable:/v1.36/deb/ /\n",
    },
    {
      path: "/etc/apt/preferences.d/kube-installer",
      content: "Package: kubeadm kubectl kubelet\nPin: version 1.36.4-*\nPin-Priority: 1001\n",
    },
  ]);
});

test("a binary key keeps the ending by which apt knows it", () => {
  const [file, list] = packageFiles("1.36.4", "http://mirror/k8s/", Buffer.from([0x99, 0x01, 0x0d]));
  expect(file?.path).toBe("/etc/apt/keyrings/kube-installer.gpg");
  expect(list?.content).toBe("deb [signed-by=/etc/apt/keyrings/kube-installer.gpg] http://mirror/k8s/ /\n");
});
