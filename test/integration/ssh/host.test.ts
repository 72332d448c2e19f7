import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { type Connector, createConnector } from "../../../src/ssh/connector.ts";
import type { Host } from "../../../src/ssh/host.ts";
import { sh } from "../../../src/ssh/shell.ts";
import { type SshServer, startSshServer } from "./ssh-server.ts";

const signal = AbortSignal.timeout(110_000);
let server: SshServer;
let connector: Connector;
let host: Host;

beforeAll(async () => {
  server = await startSshServer();
  connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts") });
  host = await connector.connectHost(
    "node-1",
    { address: "127.0.0.1", port: server.port, user: "root", keyFile: server.clientKey, hostKeys: "accept-new" },
    { signal },
  );
});

afterAll(async () => {
  await host?.close();
  await connector?.close();
  await server?.stop();
});

describe("a host", () => {
  it("runs commands as root and gives their output exactly", async () => {
    const { stdout, stderr, exitCode } = await host.run(sh`id -u; printf 'no newline'; printf 'error' >&2`, { signal });
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: "0\nno newline", stderr: "error", exitCode: 0 });
  });

  it("gives bytes that are no text exactly, whatever they are", async () => {
    const chunks: Buffer[] = [];
    await host.read(sh`head -c 3000000 /dev/urandom | tee ${join(server.directory, "random")}`, {
      signal,
      onData: (chunk, stream) => {
        if (stream === "stdout") chunks.push(Buffer.from(chunk));
      },
    });
    expect(Buffer.concat(chunks).equals(readFileSync(join(server.directory, "random")))).toBe(true);
  });

  it("keeps commands apart: exit, cd, variables and options of one do not reach the next", async () => {
    await host.run(sh`cd /tmp; FOO=bar; set -e; exit 3`, { signal, allow: [3] });
    expect((await host.run(sh`pwd; echo "[$FOO]"`, { signal })).stdout).toBe("/\n[]\n");
  });

  it("fails with the command, its exit code, its last lines and the node", async () => {
    const failure = await host.run(sh`seq 1 30; echo bad >&2; exit 7`, { signal }).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(InstallerError);
    expect(failure).toMatchObject({
      code: "command-failed",
      details: { node: "node-1", commandExitCode: 7, command: "seq 1 30; echo bad >&2; exit 7" },
    });
    expect(failure instanceof InstallerError && failure.details.output?.split("\n")).toHaveLength(20);
    expect(failure instanceof InstallerError && failure.details.output).toMatch(/30\nbad$/);
  });

  it("survives syntax errors in a command", async () => {
    await expect(host.run(sh`if then`, { signal })).rejects.toMatchObject({ code: "command-failed" });
    expect((await host.read(sh`echo on`, { signal })).stdout).toBe("on\n");
  });

  it("feeds standard input, whether the command reads it or not", async () => {
    const text = "line\n".repeat(200_000);
    expect((await host.run(sh`wc -c`, { signal, stdin: text })).stdout.trim()).toBe("1000000");
    await host.run(sh`true`, { signal, stdin: text });
    expect((await host.run(sh`head -n 1`, { signal, stdin: text })).stdout).toBe("line\n");
    expect((await host.run(sh`cat`, { signal, stdin: new Secret("pass word") })).stdout).toBe("pass word");
  });

  it("streams lines as they come", async () => {
    const lines: string[] = [];
    await host.run(sh`printf 'one\\n10%%\\r20%%\\rtw'; printf 'o\\n' ; echo err >&2`, {
      signal,
      onLine: (line, stream) => lines.push(`${stream} ${line}`),
    });
    expect(lines.filter((line) => line.startsWith("stdout"))).toEqual([
      "stdout one",
      "stdout 10%",
      "stdout 20%",
      "stdout two",
    ]);
    expect(lines).toContain("stderr err");
  });

  it("writes files atomically with mode, owner and parent directories", async () => {
    const path = join(server.directory, "etc/a b/it's.conf");
    await host.writeFile(path, new Secret("token: secret-value\n"), { signal, mode: 0o600 });
    expect(readFileSync(path, "utf8")).toBe("token: secret-value\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(server.directory, "etc/a b")).mode & 0o777).toBe(0o755);
    expect(existsSync(`${path}.part`)).toBe(false);
    await host.writeFile(path, "", { signal, owner: "nobody" });
    expect(readFileSync(path, "utf8")).toBe("");
    expect(statSync(path)).toMatchObject({ uid: 65534 });
  });

  it("reads files, and knows those that are absent", async () => {
    const path = join(server.directory, "umlaut");
    writeFileSync(path, "grün\n\n");
    expect(await host.readFile(path, { signal })).toBe("grün\n\n");
    expect(await host.readFile(join(server.directory, "nothing"), { signal })).toBeUndefined();
    await expect(host.readFile("/etc", { signal })).rejects.toMatchObject({ code: "command-failed" });
  });

  it("uploads and downloads with the sha256 checked", async () => {
    const source = join(server.directory, "source");
    writeFileSync(source, Buffer.alloc(20_000_000, "0123456789abcdef"));
    const target = join(server.directory, "opt/deep/target");
    await host.upload(source, target, { signal, mode: 0o755 });
    expect(readFileSync(target).equals(readFileSync(source))).toBe(true);
    expect(statSync(target).mode & 0o777).toBe(0o755);
    const back = join(server.directory, "back");
    await host.download(target, back, { signal });
    expect(readFileSync(back).equals(readFileSync(source))).toBe(true);
    expect(statSync(back).mode & 0o777).toBe(0o600);
  });

  it("refuses an upload that is not what was expected and leaves the old file", async () => {
    const source = join(server.directory, "other");
    writeFileSync(source, "new");
    const target = join(server.directory, "kept");
    writeFileSync(target, "old");
    await expect(host.upload(source, target, { signal, sha256: "0".repeat(64) })).rejects.toMatchObject({
      code: "upload-damaged",
      details: { node: "node-1" },
    });
    expect(readFileSync(target, "utf8")).toBe("old");
    expect(existsSync(`${target}.part`)).toBe(false);
  });
});
