import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { DownloadSources } from "../../../../../../src/topology/lab/kubernetes/download/sources.ts";
import { rawTar } from "../../../../bundle/samples.ts";

export const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A stand-in for the places Kubernetes is published at, on this machine: paths and what is sent for them. */
export interface Publisher {
  readonly sources: DownloadSources;
  readonly url: string;
  /** Paths in the order they were asked for. */
  readonly asked: string[];
  serve(path: string, answer: string | Buffer | Answer): void;
  /** What is sent for a path now. */
  answerTo(path: string): Answer;
  /** Publishes a file with its digest beside it. */
  publish(path: string, content: string | Buffer): void;
  /** Publishes an image for amd64 and arm64 with one layer; returns the paths of its parts. */
  publishImage(repository: string, tag: string, layer: string): PublishedImage;
}

export interface PublishedImage {
  readonly index: string;
  readonly manifest: string;
  readonly config: string;
  readonly layer: string;
}

export async function startPublisher(): Promise<Publisher> {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    asked.push(path);
    (answers.get(path) ?? notFound)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serve: Publisher["serve"] = (path, answer) =>
    void answers.set(path, typeof answer === "function" ? answer : (_, response) => void response.end(answer));
  const publish: Publisher["publish"] = (path, content) => {
    serve(path, content);
    serve(`${path}.sha256`, `${sha256(content)}\n`);
  };
  const publishBlob = (kind: "blobs" | "manifests", repository: string, content: string | Buffer) => {
    const digest = `sha256:${sha256(content)}`;
    const path = `/v2/${repository}/${kind}/${digest}`;
    serve(path, content);
    return { path, digest, size: content.length };
  };
  const publishImage: Publisher["publishImage"] = (repository, tag, text) => {
    const layer = publishBlob("blobs", repository, gzipSync(rawTar([{ name: "etc/motd", content: text }])));
    const parts = ["arm64", "amd64"].map((architecture) => {
      const config = publishBlob("blobs", repository, JSON.stringify({ architecture, os: "linux" }));
      const body = { schemaVersion: 2, config: about(config), layers: [about(layer)] };
      return { architecture, config, manifest: publishBlob("manifests", repository, JSON.stringify(body)) };
    });
    const manifests = parts.map(({ architecture, manifest }) => ({
      ...about(manifest),
      platform: { os: "linux", architecture },
    }));
    const index = `/v2/${repository}/manifests/${tag}`;
    serve(index, JSON.stringify({ schemaVersion: 2, manifests }));
    const own = parts[1];
    return { index, manifest: own?.manifest.path ?? "", config: own?.config.path ?? "", layer: layer.path };
  };
  return {
    sources: { binaries: url, criTools: `${url}/cri-tools`, registry: () => url },
    url,
    asked,
    serve,
    answerTo: (path) => answers.get(path) ?? notFound,
    publish,
    publishImage,
  };
}

function notFound(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end("no such thing");
}

function about({ digest, size }: { digest: string; size: number }): { digest: string; size: number } {
  return { digest, size };
}
