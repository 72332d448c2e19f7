import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downloadBinaries } from "../../../../../../src/topology/lab/kubernetes/download/binaries.ts";
import { fetchFile } from "../../../../../../src/topology/lab/kubernetes/download/http.ts";
import { canDownload } from "../../../../../../src/topology/lab/kubernetes/download/probe.ts";
import { signal, temporaryFolder } from "../../../../bundle/samples.ts";
import { type Publisher, sha256, startPublisher } from "./publisher.ts";

const release = "/release/v1.20.2/bin/linux/amd64";

async function publishEverything(publisher: Publisher): Promise<void> {
  for (const name of ["kubeadm", "kubelet", "kubectl"]) publisher.publish(`${release}/${name}`, `this is ${name}`);
  const folder = await temporaryFolder();
  await writeFile(join(folder, "crictl"), "this is crictl", { mode: 0o755 });
  const archive = execFileSync("tar", ["-czf", "-", "-C", folder, "crictl"]);
  publisher.publish("/cri-tools/v1.20.0/crictl-v1.20.0-linux-amd64.tar.gz", archive);
}

async function download(publisher: Publisher, folder: string, progress: (line: string) => void = () => {}) {
  await downloadBinaries("1.20.2", "amd64", join(folder, "bin"), publisher.sources, { signal, progress });
}

test("downloads every binary and checks it against the digest published beside it", async () => {
  const publisher = await startPublisher();
  await publishEverything(publisher);
  const folder = await temporaryFolder();
  await download(publisher, folder);
  expect(await readdir(join(folder, "bin"))).toEqual(["crictl", "kubeadm", "kubectl", "kubelet"]);
  expect(await readFile(join(folder, "bin/kubelet"), "utf8")).toBe("this is kubelet");
  expect(await readFile(join(folder, "bin/crictl"), "utf8")).toBe("this is crictl");
});

test("what an earlier run finished is not downloaded again, what it left damaged is", async () => {
  const publisher = await startPublisher();
  await publishEverything(publisher);
  const folder = await temporaryFolder();
  await mkdir(join(folder, "bin"));
  await writeFile(join(folder, "bin/kubeadm"), "this is kubeadm");
  await writeFile(join(folder, "bin/kubelet"), "this is half of");
  const lines: string[] = [];
  await download(publisher, folder, (line) => lines.push(line));
  expect(publisher.asked).not.toContain(`${release}/kubeadm`);
  expect(lines).toContain(`downloading ${publisher.url}${release}/kubelet`);
  expect(await readFile(join(folder, "bin/kubelet"), "utf8")).toBe("this is kubelet");
});

const troubles: Record<string, { trouble: (publisher: Publisher) => void; message: RegExp }> = {
  "another content than published": {
    trouble: (publisher) => publisher.serve(`${release}/kubelet`, "this is evil"),
    message: /kubelet sent a file with sha256 [0-9a-f]{64} instead of [0-9a-f]{64}/,
  },
  "no published digest": {
    trouble: (publisher) => publisher.serve(`${release}/kubelet.sha256`, "<html>"),
    message: /kubelet\.sha256 does not hold a sha256/,
  },
  "a version that was never published": {
    trouble: (publisher) =>
      publisher.serve(`${release}/kubelet.sha256`, (_, response) => void response.writeHead(404).end()),
    message: /kubelet\.sha256 answered 404 Not Found/,
  },
  "a transfer that is cut off": {
    trouble: (publisher) =>
      publisher.serve(`${release}/kubelet`, (_, response) => {
        response.writeHead(200, { "content-length": "1000000" }).write("some");
        setImmediate(() => response.destroy());
      }),
    message: /kubelet broke off: /,
  },
};

test.each(Object.entries(troubles))("refuses %s", async (_, { trouble, message }) => {
  const publisher = await startPublisher();
  await publishEverything(publisher);
  trouble(publisher);
  const folder = await temporaryFolder();
  await expect(download(publisher, folder)).rejects.toThrow(message);
  expect(await readdir(join(folder, "bin"))).toEqual(["kubeadm"]);
});

test("a transfer that stalls is given up, a slow one is not", async () => {
  const publisher = await startPublisher();
  const folder = await temporaryFolder();
  const content = "slow but sure";
  publisher.serve("/stalling", (_, response) => void response.writeHead(200).write("a start"));
  publisher.serve("/slow", async (_, response) => {
    for (const letter of content) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      response.write(letter);
    }
    response.end();
  });
  const fetching = (path: string) =>
    fetchFile({ url: `${publisher.url}${path}`, signal, patience: 3000 }, join(folder, "file"), sha256(content));
  await expect(fetching("/stalling")).rejects.toThrow(/stalling sent nothing for 3\.0 s/);
  await expect(stat(join(folder, "file"))).rejects.toThrow("ENOENT");
  await fetching("/slow");
  expect(await readFile(join(folder, "file"), "utf8")).toBe(content);
});

test("an interrupted download ends with the interruption", async () => {
  const publisher = await startPublisher();
  const folder = await temporaryFolder();
  const controller = new AbortController();
  publisher.serve("/file", (_, response) => {
    response.writeHead(200).write("a start");
    controller.abort();
  });
  const fetching = fetchFile({ url: `${publisher.url}/file`, signal: controller.signal }, join(folder, "file"), "0");
  await expect(fetching).rejects.toMatchObject({ name: "AbortError" });
  expect(await readdir(folder)).toEqual([]);
});

test("a machine without a way to the publishers notices", async () => {
  const publisher = await startPublisher();
  const nowhere = { ...publisher.sources, registry: () => "http://127.0.0.1:1" };
  expect(await canDownload(publisher.sources, signal)).toBe(true);
  expect(await canDownload(nowhere, signal)).toBe(false);
});
