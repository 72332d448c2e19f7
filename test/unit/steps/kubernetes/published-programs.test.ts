import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { publishedPrograms } from "../../../../src/steps/kubernetes/published-programs.ts";

const { signal } = new AbortController();
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let files: Record<string, string>;
let asked: string[];
let server: Server;
let address: string;
let cache: string;

beforeEach(async () => {
  files = {};
  asked = [];
  for (const name of ["kubeadm", "kubelet", "kubectl"]) publish(name, `the ${name}`);
  server = createServer((request, response) => {
    const name = (request.url ?? "").replace("/bin/", "");
    asked.push(name);
    const content = files[name];
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bin/`;
  cache = mkdtempSync(join(tmpdir(), "published-programs-"));
  vi.stubEnv("XDG_CACHE_HOME", cache);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(cache, { recursive: true, force: true });
});

function publish(name: string, content: string): void {
  files[name] = content;
  files[`${name}.sha256`] = sha256(content);
}

test("programs are fetched once; crictl when there is one", async () => {
  const first = await publishedPrograms(address, signal);
  expect(first.map(({ name }) => name)).toEqual(["kubeadm", "kubelet", "kubectl"]);
  for (const { name, localPath } of first) expect(readFileSync(localPath, "utf8")).toBe(`the ${name}`);

  publish("crictl", "the crictl");
  asked = [];
  expect((await publishedPrograms(address, signal)).map(({ name }) => name)).toContain("crictl");
  expect(asked.filter((name) => !name.endsWith(".sha256"))).toEqual(["crictl"]);
});

test("a program that was published anew is fetched anew", async () => {
  await publishedPrograms(address, signal);
  publish("kubelet", "a newer kubelet");
  const kubelet = (await publishedPrograms(address, signal)).find(({ name }) => name === "kubelet");
  expect(readFileSync(kubelet?.localPath ?? "", "utf8")).toBe("a newer kubelet");
});

test("a program that is not what its digest says is refused", async () => {
  files.kubelet = "tampered with";
  await expect(publishedPrograms(address, signal)).rejects.toMatchObject({
    code: "kubernetes-unavailable",
    message: expect.stringContaining("sha256"),
  });
});

test("a wrong address is named", async () => {
  files = {};
  await expect(publishedPrograms(address, signal)).rejects.toMatchObject({
    code: "kubernetes-unavailable",
    message: expect.stringMatching(/kube(adm|let|ctl)\.sha256 answered 404/),
  });
});
