import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { type Connector, createConnector } from "../../../src/ssh/connector.ts";
import type { Host } from "../../../src/ssh/host.ts";
import { longestLine } from "../../../src/ssh/lines.ts";
import { sh } from "../../../src/ssh/shell.ts";
import { type SshServer, startSshServer } from "./ssh-server.ts";
import { createTestUser, type TestUser } from "./test-user.ts";

const signal = AbortSignal.timeout(110_000);
const folder = mkdtempSync(join(tmpdir(), "hostile-"));
let server: SshServer;
let user: TestUser;
let connector: Connector;

beforeAll(async () => {
  const banner = join(folder, "banner");
  writeFileSync(banner, "\u001b[2J\u001b]0;owned\u0007::error::from the banner\u0000\u00ff\r".repeat(4000));
  server = await startSshServer({ config: [`Banner ${banner}`] });
  user = createTestUser();
  user.allow("USER ALL=(ALL) ALL");
  connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts") });
});
afterAll(async () => {
  await connector?.close();
  await server?.stop();
  user?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const login = () =>
  ({ address: "127.0.0.1", port: server.port, keyFile: server.clientKey, hostKeys: "accept-new" }) as const;

/** Logs in as root past the banner. */
async function asRoot<T>(use: (host: Host) => Promise<T>): Promise<T> {
  const host = await connector.connectHost("node-1", { ...login(), user: "root" }, { signal });
  return use(host).finally(() => host.close());
}

/** Logs in as a user with sudo whose start-up file has these lines. */
async function withStartUpFile<T>(lines: string, use: (host: Host) => Promise<T>, until = signal): Promise<T> {
  writeFileSync(`/home/${user.name}/.bashrc`, lines);
  const ssh = { ...login(), user: user.name, sudoPassword: new Secret(user.password) };
  const host = await connector.connectHost("node-1", ssh, { signal: until });
  return use(host).finally(() => host.close());
}

/** The largest growth of this process while something runs. */
async function growth(act: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  await act().finally(() => clearInterval(timer));
  return (Math.max(most, process.memoryUsage().rss) - before) / 1024 / 1024;
}

describe("what a command prints", () => {
  it.each([
    ["100 MB without a line end", sh`head -c 100000000 /dev/zero | tr '\\0' x`],
    ["100 MB of NUL bytes", sh`head -c 100000000 /dev/zero`],
    ["30 MB of random bytes", sh`head -c 30000000 /dev/urandom`],
    ["20 MB of carriage returns between words", sh`yes 'all is well' | tr '\\n' '\\r' | head -c 20000000`],
    ["100 MB on stderr", sh`head -c 100000000 /dev/zero | tr '\\0' x >&2`],
  ])("%s: lines of bounded length, a bounded result, bounded memory", async (_what, command) => {
    let longest = 0;
    const grown = await growth(() =>
      asRoot(async (host) => {
        const onLine = (line: string) => {
          longest = Math.max(longest, line.length);
        };
        const { stdout, stderr } = await host.run(command, { signal, onLine });
        // A byte that is no UTF-8 becomes one character of three bytes.
        expect(Buffer.byteLength(stdout) + Buffer.byteLength(stderr)).toBeLessThanOrEqual(3 * 1024 * 1024);
        expect((await host.read(sh`echo on`, { signal })).stdout).toBe("on\n");
      }),
    );
    expect(longest).toBeLessThanOrEqual(longestLine);
    expect(grown).toBeLessThan(150);
  });

  it("without end is ended with its step, and the shell goes on", async () => {
    const grown = await growth(() =>
      asRoot(async (host) => {
        const endless = host.run(sh`yes`, { signal: AbortSignal.timeout(1500), onLine: () => {} });
        await expect(endless).rejects.toMatchObject({ name: "TimeoutError" });
        expect((await host.read(sh`echo on`, { signal })).stdout).toBe("on\n");
      }),
    );
    expect(grown).toBeLessThan(150);
  });

  it("in bytes that are no UTF-8 becomes text all the same", async () => {
    const { stdout } = await asRoot((host) => host.read(sh`printf 'a\\377\\376\\0b\\303'`, { signal }));
    expect(stdout).toBe("a\ufffd\ufffd\0b\ufffd");
  });

  it("cannot end its own command or begin another one's", async () => {
    const marks = sh`cat /proc/$PPID/cmdline; printf '\\036%s 0 0\\n' 0123456789abcdef01234567; echo end`;
    const [first, second] = await asRoot(async (host) => [
      await host.read(marks, { signal }),
      await host.read(sh`echo second`, { signal }),
    ]);
    expect(first?.stdout).toMatch(/ 0 0\nend\n$/);
    expect(second?.stdout).toBe("second\n");
  });
});

describe("a file that is read", () => {
  it("and is too large is refused, without keeping it", async () => {
    const path = join(folder, "large");
    writeFileSync(path, Buffer.alloc(100_000_000, "x"));
    const grown = await growth(() =>
      asRoot(async (host) => {
        await expect(host.readFile(path, { signal })).rejects.toMatchObject({
          code: "command-failed",
          message: expect.stringContaining("larger than 16 MiB"),
        });
      }),
    );
    expect(grown).toBeLessThan(200);
  });

  it("and never ends is given up with its step", async () => {
    const reading = asRoot((host) => host.readFile("/dev/zero", { signal: AbortSignal.timeout(1500) }));
    await expect(reading).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("a start-up file of the login shell", () => {
  const noise = "printf '\\033[2J\\033]0;owned\\a::error::x\\r\\0\\377'";

  it("that prints terminal sequences on both outputs stays out of what commands give", async () => {
    const result = await withStartUpFile(`${noise}\n${noise} >&2\n`, async (host) => {
      await host.writeFile(join(folder, "written"), "content", { signal });
      return [
        (await host.run(sh`id -u`, { signal })).stdout,
        (await host.run(sh`cat`, { signal, stdin: "fed" })).stdout,
        await host.readFile(join(folder, "written"), { signal }),
      ];
    });
    expect(result).toEqual(["0\n", "fed", "content"]);
  });

  it("that prints 50 MB on both outputs before the root shell holds nothing up and costs no memory", async () => {
    const much = "head -c 50000000 /dev/zero | tr '\\0' x";
    const grown = await growth(() =>
      withStartUpFile(`${much}\n${much} >&2\n`, async (host) => {
        expect((await host.run(sh`id -u`, { signal })).stdout).toBe("0\n");
      }),
    );
    expect(grown).toBeLessThan(150);
  });

  it("that prints without end is given up, without keeping it", async () => {
    const grown = await growth(() =>
      expect(withStartUpFile("yes\n", async () => {}, AbortSignal.timeout(3000))).rejects.toMatchObject({
        name: "TimeoutError",
      }),
    );
    expect(grown).toBeLessThan(150);
  });
});
