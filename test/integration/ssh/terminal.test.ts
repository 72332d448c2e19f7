import { join } from "node:path";
import type { Duplex } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { type Connector, createConnector } from "../../../src/ssh/connector.ts";
import type { SshTarget } from "../../../src/ssh/target.ts";
import type { RemoteTerminal } from "../../../src/ssh/terminal.ts";
import { type SshServer, startSshServer } from "./ssh-server.ts";
import { createTestUser, type TestUser } from "./test-user.ts";

const signal = AbortSignal.timeout(110_000);
let server: SshServer;
let user: TestUser;
let connector: Connector;
let open: RemoteTerminal | undefined;

beforeAll(async () => {
  server = await startSshServer();
  user = createTestUser();
  connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts") });
});
afterEach(() => open?.close());
afterAll(async () => {
  await connector?.close();
  await server?.stop();
  user?.remove();
});

async function terminal(target: Partial<SshTarget> = {}): Promise<RemoteTerminal> {
  open = await connector.openTerminal(
    {
      address: "127.0.0.1",
      port: server.port,
      user: "root",
      keyFile: server.clientKey,
      hostKeys: "accept-new",
      ...target,
    },
    { signal, size: { columns: 91, rows: 27 }, kind: "xterm-256color" },
  );
  return open;
}

/** Reads what comes until a text does. */
function until(stream: Duplex, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = "";
    const late = setTimeout(() => reject(new Error(`${text} should come, but only came: ${seen}`)), 20_000);
    const look = (chunk: Buffer) => {
      seen += chunk.toString("utf8");
      if (!seen.includes(text)) return;
      stream.off("data", look);
      clearTimeout(late);
      resolve(seen);
    };
    stream.on("data", look);
  });
}

describe("a shell for a person", () => {
  it("is one of root on a terminal of the given size and kind, which can change its size", async () => {
    const { stream, resize, ended } = await terminal();
    stream.write('echo "<$(id -u) $(stty size) $TERM>"\n');
    await until(stream, "<0 27 91 xterm-256color>");
    resize({ columns: 70, rows: 20 });
    stream.write('echo "<$(stty size)>"\n');
    await until(stream, "<20 70>");
    stream.write("exit 3\n");
    expect(await ended).toEqual({ exitCode: 3, signal: null });
  });

  it("passes Ctrl-C on to what runs there", async () => {
    const { stream } = await terminal();
    stream.write("sh -c 'echo $((40 + 1)) runs; exec sleep 1000'\n");
    await until(stream, "41 runs");
    stream.write("\u0003");
    stream.write("echo still $((40 + 2)) here\n");
    await until(stream, "still 42 here");
  });

  it("gives sudo its password, which is seen nowhere", async () => {
    user.allow("USER ALL=(ALL) ALL");
    const { stream } = await terminal({ user: user.name, sudoPassword: new Secret(user.password) });
    stream.write('echo "<$(id -u) $HOME>"\n');
    const seen = await until(stream, "<0 /root>");
    expect(seen).not.toContain(user.password);
  });

  it("tells a wrong password of sudo", async () => {
    user.allow("USER ALL=(ALL) ALL");
    const wrong = terminal({ user: user.name, sudoPassword: new Secret("not-the-password") });
    await expect(wrong).rejects.toMatchObject({ code: "sudo-refused" });
  });

  it("refuses a machine whose host key is another one", async () => {
    const pinned = terminal({ hostKeyFingerprints: [`SHA256:${"A".repeat(43)}`] });
    await expect(pinned).rejects.toMatchObject({ code: "host-key-refused" });
  });
});
