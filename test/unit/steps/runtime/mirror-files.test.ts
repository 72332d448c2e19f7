import { expect, test } from "vitest";
import { mirrorFiles } from "../../../../src/steps/runtime/mirror-files.ts";

test("each registry gets a file that names its mirrors in order and itself last", () => {
  const mirrors = [
    { registry: "registry.k8s.io", mirrors: ["https://mirror.example.com", "http://10.0.0.5:5000"] },
    { registry: "docker.io", mirrors: ["https://mirror.example.com"] },
  ];
  expect(mirrorFiles(mirrors)).toEqual([
    {
      path: "/etc/containerd/certs.d/registry.k8s.io/hosts.toml",
      content: `server = "https://registry.k8s.io"

[host."https://mirror.example.com"]
  capabilities = ["pull", "resolve"]

[host."http://10.0.0.5:5000"]
  capabilities = ["pull", "resolve"]
`,
    },
    {
      path: "/etc/containerd/certs.d/docker.io/hosts.toml",
      content: `server = "https://registry-1.docker.io"

[host."https://mirror.example.com"]
  capabilities = ["pull", "resolve"]
`,
    },
  ]);
});
