import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { machineTester } from "../../../src/cli/screen/test-machine.ts";
import { clusterFolder, makePrivateFolder } from "../../../src/engine/state-folder.ts";
import type { Question } from "../../../src/ui/app/questions.ts";
import type { MachineToTest } from "../../../src/ui/services.ts";
import { makeKey, type SshServer, startSshServer } from "../ssh/ssh-server.ts";

const signal = AbortSignal.timeout(110_000);
let server: SshServer;
let state: string;

beforeAll(async () => {
  server = await startSshServer();
});
afterAll(async () => {
  await server?.stop();
});
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "test-machine-"));
  vi.stubEnv("XDG_STATE_HOME", state);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(state, { recursive: true, force: true });
});

/** Tests this machine through the server; the person gives the same answer to every question. */
async function test(answer: string, { machine = {}, ...rest }: Partial<MachineToTest> = {}) {
  const questions: Question[] = [];
  const ask = async (question: Question): Promise<string> => {
    questions.push(question);
    return answer;
  };
  const login = { user: "root", port: server.port, keyFile: server.clientKey };
  const tested = await machineTester()(
    {
      cluster: "demo",
      machine: { address: "localhost", roles: ["worker"], ...machine },
      sharedLogin: login,
      folder: undefined,
      ...rest,
    },
    { ask, signal },
  );
  return { tested, questions };
}

const knownHosts = () => join(clusterFolder("demo"), "known_hosts");

describe("the test of a machine", () => {
  it("asks about an unknown host key, keeps it with the cluster's, and does not ask again", async () => {
    const { tested, questions } = await test("yes");
    expect(tested).toMatchObject({ state: "fine", cpus: expect.any(Number) });
    expect(tested.state === "fine" && tested.memoryBytes).toBeGreaterThan(2 ** 28);
    expect(tested.state === "fine" && tested.os).toMatch(/\w/);
    expect(questions.map(({ safe, danger }) => ({ safe, danger }))).toEqual([{ safe: "no", danger: true }]);
    expect(statSync(knownHosts()).mode & 0o777).toBe(0o600);
    const again = await test("no");
    expect(again.tested.state).toBe("fine");
    expect(again.questions).toEqual([]);
  });

  it("leaves a machine alone whose key the person does not trust", async () => {
    const { tested } = await test("no");
    expect(tested).toMatchObject({ state: "failed" });
    expect(tested.state === "failed" && tested.next.length).toBeGreaterThan(0);
    expect(existsSync(knownHosts())).toBe(false);
  });

  it("refuses a machine with another key than the known one, without a question", async () => {
    const other = join(state, "other");
    makeKey(other);
    await makePrivateFolder(clusterFolder("demo"));
    const [type, key] = readFileSync(`${other}.pub`, "utf8").split(" ");
    writeFileSync(knownHosts(), `[localhost]:${server.port} ${type} ${key}\n`);
    const { tested, questions } = await test("yes");
    expect(questions).toEqual([]);
    expect(tested.state === "failed" && tested.message).toMatch(/host key/i);
  });

  it("tells why one cannot log in, and what to do", async () => {
    const key = join(state, "stranger");
    makeKey(key);
    const { tested } = await test("yes", { machine: { ssh: { keyFile: key } } });
    expect(tested).toMatchObject({ state: "failed", next: expect.arrayContaining([expect.any(String)]) });
  });

  it("says what is wrong with the settings before it goes anywhere", async () => {
    const { tested, questions } = await test("yes", { machine: { ssh: { keyFile: "/no/such/key" } } });
    expect(tested.state === "failed" && tested.message).toContain("/no/such/key");
    expect(questions).toEqual([]);
    const nameless = await test("yes", { cluster: "" });
    expect(nameless.tested.state === "failed" && nameless.tested.message).toContain("no name yet");
    const nowhere = await test("yes", { machine: { address: "10.0.0.999" } });
    expect(nowhere.tested.state === "failed" && nowhere.tested.message).toContain("is not an IP address");
  });

  it("asks once when several tests at the same time meet the same key", async () => {
    const questions: Question[] = [];
    const ask = async (question: Question): Promise<string> => {
      questions.push(question);
      return "yes";
    };
    const tester = machineTester();
    const sharedLogin = { user: "root", port: server.port, keyFile: server.clientKey };
    const machine = { address: "localhost", roles: ["worker"] as const };
    const tests = [1, 2, 3].map(() =>
      tester({ cluster: "demo", machine, sharedLogin, folder: undefined }, { ask, signal }),
    );
    expect((await Promise.all(tests)).map((tested) => tested.state)).toEqual(["fine", "fine", "fine"]);
    expect(questions).toHaveLength(1);
  });
});
