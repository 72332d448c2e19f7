import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readImageArchive } from "../../../../../../src/bundle/image-archive.ts";
import { downloadImages } from "../../../../../../src/topology/lab/kubernetes/download/images.ts";
import { signal, temporaryFolder } from "../../../../bundle/samples.ts";
import { type Publisher, startPublisher } from "./publisher.ts";

const work = { signal, progress: () => {} };
const pause = "k8s.gcr.io/pause:3.2";

async function download(publisher: Publisher, names: string[], folder: string): Promise<void> {
  await downloadImages(names, "amd64", join(folder, "images"), publisher.sources, work);
}

async function open(folder: string, component: string) {
  const file = join(folder, "images", `${component}.tar`);
  return readImageArchive({ file, offset: 0, bytes: (await stat(file)).size });
}

test("pulls the image for the wanted architecture and keeps the name kubeadm asks for", async () => {
  const publisher = await startPublisher();
  const image = publisher.publishImage("pause", "3.2", "hello");
  const folder = await temporaryFolder();
  await download(publisher, [pause], folder);
  expect(await open(folder, "pause")).toEqual({ names: [pause], architectures: ["amd64"] });
  expect(publisher.asked).toEqual([image.index, image.manifest, image.layer, image.config]);
});

test("a layer two images share, or an earlier run has finished, is fetched once", async () => {
  const publisher = await startPublisher();
  const image = publisher.publishImage("pause", "3.2", "hello");
  publisher.publishImage("etcd", "3.4.13-0", "hello");
  const folder = await temporaryFolder();
  await download(publisher, [pause, "k8s.gcr.io/etcd:3.4.13-0"], folder);
  await download(publisher, [pause], folder);
  const layers = publisher.asked.filter((path) => path.split("/").at(-1) === image.layer.split("/").at(-1));
  expect(layers).toEqual([image.layer]);
});

test("follows a redirect, and takes an anonymous token where one is wanted", async () => {
  const [front, back] = [await startPublisher(), await startPublisher()];
  const image = back.publishImage("mirror/pause", "3.2", "hello");
  for (const path of Object.values(image)) {
    const asked = path.replace("/mirror", "");
    front.serve(asked, (_, response) => void response.writeHead(307, { location: `${back.url}${path}` }).end());
  }
  const index = back.answerTo(image.index);
  back.serve(image.index, (request, response) => {
    if (request.headers.authorization === "Bearer let-me-in") return index(request, response);
    const challenge = `Bearer realm="${back.url}/token",service="back",scope="repository:mirror/pause:pull"`;
    response.writeHead(401, { "www-authenticate": challenge }).end("{}");
  });
  const queries: string[] = [];
  back.serve("/token", (request, response) => {
    queries.push(request.url ?? "");
    response.end(JSON.stringify({ token: "let-me-in" }));
  });
  const folder = await temporaryFolder();
  await download(front, [pause], folder);
  expect(queries).toEqual(["/token?service=back&scope=repository%3Amirror%2Fpause%3Apull"]);
  expect(await open(folder, "pause")).toEqual({ names: [pause], architectures: ["amd64"] });
});

const troubles: Record<string, { trouble: (publisher: Publisher) => void; message: string | RegExp }> = {
  "no such image": { trouble: () => {}, message: /pause\/manifests\/3\.2 answered 404 Not Found/ },
  "an image for other architectures only": {
    trouble: (publisher) => {
      const { index } = publisher.publishImage("pause", "3.2", "x");
      publisher.serve(index, JSON.stringify({ manifests: [] }));
    },
    message: "has no image for linux on amd64",
  },
  "a changed manifest": {
    trouble: (publisher) => publisher.serve(publisher.publishImage("pause", "3.2", "x").manifest, "{}"),
    message: /sent a document with digest sha256:[0-9a-f]{64} instead of sha256:/,
  },
  "a changed configuration": {
    trouble: (publisher) => publisher.serve(publisher.publishImage("pause", "3.2", "x").config, "{}"),
    message: /sent a document with digest/,
  },
  "a changed layer": {
    trouble: (publisher) => publisher.serve(publisher.publishImage("pause", "3.2", "x").layer, "something else"),
    message: /sent a file with sha256 [0-9a-f]{64} instead of [0-9a-f]{64}/,
  },
  "a manifest with another digest than the registry promises": {
    trouble: (publisher) => {
      const { index } = publisher.publishImage("pause", "3.2", "x");
      publisher.serve(
        index,
        (_, response) =>
          void response.writeHead(200, { "docker-content-digest": `sha256:${"0".repeat(64)}` }).end('{"manifests":[]}'),
      );
    },
    message: `instead of sha256:${"0".repeat(64)}`,
  },
  "a page in place of a manifest": {
    trouble: (publisher) => publisher.serve("/v2/pause/manifests/3.2", "<html>log in first</html>"),
    message: "did not send JSON",
  },
  "a registry that wants credentials": {
    trouble: (publisher) =>
      publisher.serve(
        "/v2/pause/manifests/3.2",
        (_, response) => void response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end(),
      ),
    message: "wants credentials",
  },
  "a layer that breaks off": {
    trouble: (publisher) => {
      const { layer } = publisher.publishImage("pause", "3.2", "x");
      publisher.serve(layer, (_, response) => {
        response.writeHead(200, { "content-length": "1000" }).write("only this");
        setImmediate(() => response.destroy());
      });
    },
    message: /blobs\/sha256:[0-9a-f]{64} broke off: /,
  },
};

test.each(Object.entries(troubles))("refuses %s, and no image appears", async (_, { trouble, message }) => {
  const publisher = await startPublisher();
  trouble(publisher);
  const folder = await temporaryFolder();
  const failure = await download(publisher, [pause], folder).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: "kubernetes-unavailable" });
  expect(String(failure)).toMatch(message);
  expect(await readdir(join(folder, "images"))).toEqual([]);
  expect((await readdir(join(folder, "images.blobs"))).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
});
