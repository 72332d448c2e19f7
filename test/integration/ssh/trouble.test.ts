import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import { seconds, until } from "../../../src/engine/time.ts";
import { closeAll, connectAll } from "../../../src/ssh/connect-all.ts";
import { type Connector, createConnector } from "../../../src/ssh/connector.ts";
import type { Host } from "../../../src/ssh/host.ts";
import { sh } from "../../../src/ssh/shell.ts";
import type { SshTarget } from "../../../src/ssh/target.ts";
import { childrenOf, type SshServer, startSshServer } from "./ssh-server.ts";

/** A time to sleep that no other process of this machine has on its command line. */
const longTime = (): string => (1000 + Math.random() * 8000).toFixed(6);

const signal = AbortSignal.timeout(600_000);
let server: SshServer;
let connector: Connector;
let host: Host;

const target = (): SshTarget => ({
  address: "127.0.0.1",
  port: server.port,
  user: "root",
  keyFile: server.clientKey,
  hostKeys: "accept-new",
});

async function start(config: readonly string[] = []): Promise<void> {
  server = await startSshServer({ config });
  connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts") });
  host = await connector.connectHost("node-1", target(), { signal });
}

afterEach(async () => {
  await host?.close();
  await connector?.close();
  await server?.stop();
});

/** Waits until something holds; how long it takes does not matter. */
const eventually = (what: string, holds: () => boolean) =>
  until(what, async () => (holds() ? { done: true, value: undefined } : { done: false, saw: "not yet" }), {
    signal,
    deadline: seconds(60),
    interval: 20,
  });

/** Processes of this machine whose command line holds the text. */
function processesWith(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0").join(" ").includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe("many at once", () => {
  it("hundreds of commands share the channels the server allows", async () => {
    await start(["MaxSessions 10"]);
    const results = await Promise.all(
      Array.from({ length: 300 }, (_, index) => host.run(sh`echo ${index}`, { signal }).then(({ stdout }) => stdout)),
    );
    expect(results).toEqual(Array.from({ length: 300 }, (_, index) => `${index}\n`));
    const direct = await Promise.all(
      Array.from({ length: 100 }, (_, index) => host.transport.execute(sh`echo ${index}`, { signal })),
    );
    expect(direct.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it("a server that allows a single channel is enough", async () => {
    await start(["MaxSessions 1"]);
    await Promise.all(Array.from({ length: 10 }, () => host.run(sh`true`, { signal })));
    const path = join(server.directory, "uploaded");
    writeFileSync(join(server.directory, "source"), "content");
    await host.upload(join(server.directory, "source"), path, { signal });
    expect(readFileSync(path, "utf8")).toBe("content");
    expect((await host.read(sh`echo again`, { signal })).stdout).toBe("again\n");
  });

  it("a burst of connections comes through although the server drops some at first", async () => {
    await start(["MaxStartups 2:50:6"]);
    const machines = Array.from({ length: 40 }, (_, index) => ({ name: `node-${index}`, ssh: target() }));
    const { hosts, failures } = await connectAll(connector, machines, { signal, parallel: 40 });
    expect(failures).toEqual([]);
    expect(hosts.size).toBe(40);
    await closeAll(hosts.values());
  });
});

describe("an aborted signal", () => {
  beforeEach(() => start());

  it("ends the remote command with everything it started, and the shell stays usable", async () => {
    const abort = new AbortController();
    const time = longTime();
    const running = host.run(sh`sleep ${time} & sleep ${time}; wait`, { signal: abort.signal });
    await eventually("both to run", () => processesWith(time).filter(isSleep).length === 2);
    abort.abort(new Error("stop it"));
    await expect(running).rejects.toThrow("stop it");
    expect(processesWith(time).filter(isSleep)).toEqual([]);
    const before = childrenOf(server.pid).length;
    expect((await host.read(sh`echo alive`, { signal })).stdout).toBe("alive\n");
    expect(childrenOf(server.pid).length).toBe(before);
  });

  it("kills what does not listen to TERM", async () => {
    const abort = new AbortController();
    const time = longTime();
    const running = host.run(sh`trap '' TERM; sleep ${time}; sleep ${time}`, { signal: abort.signal });
    await eventually("it to run", () => processesWith(time).filter(isSleep).length === 1);
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(processesWith(time)).toEqual([]);
  });

  it("needs no channel besides the one the command runs on", async () => {
    await host.close();
    await connector.close();
    await server.stop();
    await start(["MaxSessions 1"]);
    const abort = new AbortController();
    const time = longTime();
    const running = host.run(sh`sleep ${time}`, { signal: abort.signal });
    await eventually("it to run", () => processesWith(time).filter(isSleep).length === 1);
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(processesWith(time).filter(isSleep)).toEqual([]);
    expect((await host.read(sh`echo alive`, { signal })).stdout).toBe("alive\n");
  });

  it("ends a command of the login user and an upload as well", async () => {
    const abort = new AbortController();
    const time = longTime();
    const direct = host.transport.execute(sh`sleep ${time}`, { signal: abort.signal });
    const fifo = join(server.directory, "fifo");
    execFileSync("mkfifo", [fifo]);
    const stuck = host.transport.execute(sh`cat >${fifo}`, { signal: abort.signal, stdin: Buffer.alloc(10_000_000) });
    await eventually("both to run", () => processesWith(time).length > 0 && processesWith(fifo).length > 0);
    const outcomes = Promise.allSettled([direct, stuck]);
    abort.abort();
    const aborted = { status: "rejected", reason: { name: "AbortError" } };
    expect(await outcomes).toMatchObject([aborted, aborted]);
    await eventually("both to be gone", () => processesWith(time).length + processesWith(fifo).length === 0);
  });

  it("that is aborted already starts nothing", async () => {
    const path = join(server.directory, "never");
    await expect(host.run(sh`touch ${path}`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(existsSync(path)).toBe(false);
  });
});

it("a connection that is cut ends what ran through it", async () => {
  await start();
  const time = longTime();
  const running = host.run(sh`trap '' TERM HUP; sleep ${time}; sleep ${time}`, { signal }).catch((thrown) => thrown);
  await eventually("it to run", () => processesWith(time).filter(isSleep).length === 1);
  const [session] = childrenOf(server.pid);
  if (session === undefined) throw new Error("no session process");
  process.kill(session, "SIGKILL");
  expect(await running).toMatchObject({ code: "connection-lost" });
  await eventually("it to be gone", () => processesWith(time).filter(isSleep).length === 0);
});

describe("a root shell", () => {
  beforeEach(() => start());

  it("that is killed is replaced: looking goes on, changing reports the loss", async () => {
    const { stdout } = await host.read(sh`echo "$PPID"; cat /proc/$PPID/stat`, { signal });
    const flag = join(server.directory, "flag");
    const looked = await host.read(sh`[ -e ${flag} ] && echo twice || { touch ${flag}; ${killShell}; }`, { signal });
    expect(looked.stdout).toBe("twice\n");
    expect(stdout).not.toBe("");
    await expect(host.run(killShell, { signal })).rejects.toMatchObject({
      code: "connection-lost",
      details: { node: "node-1" },
    });
    expect((await host.run(sh`echo on`, { signal })).stdout).toBe("on\n");
  });

  it("is not used again while something a command left behind may still print into it", async () => {
    await host.run(sh`(sleep 0.2; echo stray) & true`, { signal });
    const outputs: string[] = [];
    for (let round = 0; round < 20; round++)
      outputs.push((await host.read(sh`echo clean; sleep 0.02`, { signal })).stdout);
    expect(outputs).toEqual(Array.from({ length: 20 }, () => "clean\n"));
  });

  it("gives a line of 100 MB in pieces, without keeping it", async () => {
    let longest = 0;
    let total = 0;
    let rss = 0;
    const before = process.memoryUsage().rss;
    const { stdout } = await host.run(sh`head -c 100000000 /dev/zero | tr '\\0' x`, {
      signal,
      onLine(line) {
        longest = Math.max(longest, line.length);
        total += line.length;
        rss = Math.max(rss, process.memoryUsage().rss);
      },
    });
    expect(total).toBe(100_000_000);
    expect(longest).toBeLessThanOrEqual(64 * 1024);
    expect(stdout.length).toBeLessThanOrEqual(1024 * 1024);
    expect(rss - before).toBeLessThan(80 * 1024 * 1024);
  });
});

/** Ends the shell around the command: the leader of the session that started this process group. */
const killShell = sh`kill -9 $(ps -o ppid= -p $(ps -o ppid= -p $$)) $(ps -o ppid= -p $$)`;

function isSleep(pid: number): boolean {
  return readFileSync(`/proc/${pid}/comm`, "utf8") === "sleep\n";
}

describe("a server", () => {
  it("killed in the middle of an upload leaves the old file and a part; the next attempt works", async () => {
    await start();
    const source = join(server.directory, "source");
    writeFileSync(source, Buffer.alloc(200_000_000, "new content "));
    const path = join(server.directory, "file");
    writeFileSync(path, "old");
    const upload = host.upload(source, path, {
      signal,
      onProgress: (sent) => {
        if (sent > 50_000_000) server.kill();
      },
    });
    await expect(upload).rejects.toMatchObject({ code: "connection-lost", details: { node: "node-1" } });
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(statSync(`${path}.part`).size).toBeGreaterThan(0);
    await server.start();
    await host.upload(source, path, { signal });
    expect(statSync(path).size).toBe(200_000_000);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it("killed while a command runs is reported as a lost connection, and used again once it is back", async () => {
    await start();
    const time = longTime();
    const running = host
      .run(sh`touch ${join(server.directory, "begun")}; sleep ${time}`, { signal })
      .catch((thrown: unknown) => thrown);
    await eventually("it to run", () => existsSync(join(server.directory, "begun")));
    await server.kill();
    expect(await running).toMatchObject({ code: "connection-lost", details: { node: "node-1" } });
    await expect(host.run(sh`true`, { signal })).rejects.toMatchObject({ code: "unreachable" });
    await server.start();
    expect((await host.run(sh`echo back`, { signal })).stdout).toBe("back\n");
    await eventually("the command to end as well", () => processesWith(time).length === 0);
  });

  it("that freezes is found by keepalive", async () => {
    await start();
    const [session] = childrenOf(server.pid);
    if (session === undefined) throw new Error("no session process");
    const time = longTime();
    const running = host.run(sh`sleep ${time}`, { signal });
    await eventually("it to run", () => processesWith(time).length > 0);
    const frozen = [
      session,
      ...childrenOf(session).filter((pid) => readFileSync(`/proc/${pid}/comm`, "utf8") === "sshd\n"),
    ];
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    await expect(running).rejects.toMatchObject({ code: "connection-lost" });
    for (const pid of frozen) process.kill(pid, "SIGCONT");
    await eventually("the command to end as well", () => processesWith(time).length === 0);
  });
});

describe("a full disk", () => {
  it("fails with the words of the machine, leaves the old file and no part", async () => {
    await start();
    const small = join(server.directory, "small");
    mkdirSync(small);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small]);
    try {
      writeFileSync(join(small, "file"), "old");
      const source = join(server.directory, "source");
      writeFileSync(source, Buffer.alloc(8_000_000));
      for (const attempt of [
        () => host.upload(source, join(small, "file"), { signal }),
        () => host.writeFile(join(small, "file"), Buffer.alloc(3_000_000), { signal }),
        () => host.transport.upload(source, join(small, "file"), { signal }),
      ]) {
        const failure = await attempt().catch((thrown: unknown) => thrown);
        expect(failure).toMatchObject({
          code: "command-failed",
          details: { output: expect.stringContaining("No space left on device"), likelyCause: "The disk is full." },
        });
        expect(failure).toBeInstanceOf(InstallerError);
      }
      expect(readdirSync(small)).toEqual(["file"]);
      expect(readFileSync(join(small, "file"), "utf8")).toBe("old");
    } finally {
      execFileSync("umount", [small]);
    }
  });
});
