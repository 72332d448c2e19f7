import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, kubeInstaller, lab, program } from "./kube-installer.ts";
import { type Needle, needlesOf, needlesOfKey, shownIn } from "./planted/needles.ts";
import { recordProcesses, type SeenProcess } from "./planted/process-record.ts";
import { searchFolder, searchNode } from "./planted/search-files.ts";

const machines = lab("secrets-test");
const nodes = ["cp-1", "w-1"];
const folder = mkdtempSync(join(tmpdir(), "kube-installer-secrets-"));
const made = join(folder, "made.yaml");
const preset = join(folder, "preset.yaml");
/** All the program may write to on this machine while it is watched; its home, state and temporary files are in it. */
const world = join(folder, "world");
const passphrase = `passphrase-${randomBytes(9).toString("base64url")} 'with' "quotes" & $signs`;
const canary = `canary-${randomBytes(9).toString("hex")}`;

const planted: Needle[] = [];
const runs: { name: string; pid: number; ended: Ended }[] = [];
let seen: readonly SeenProcess[] = [];
let looks = 0;

/** A kubeadm that tells everything it is given before it fails, as a careless program may. */
const talkative = `#!/bin/sh
for last; do :; done
mkdir -p -m 700 /run/test-secrets
[ -f "$last" ] && cp "$last" /run/test-secrets/"$1"
if [ "$1" = join ]; then
  cat "$last"; cat "$last" >&2; base64 "$last"; echo "$(cat "$last")" | tr -d '\\n '
  exit 1
fi
exec /usr/local/bin/kubeadm "$@"
`;

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "2", "--variant", "sudo-password", "--preset-out", made);
  for (const part of ["home", "state", "tmp", "cache"]) mkdirSync(join(world, part), { recursive: true });
  mkdirSync(join(folder, "bin"));
  const noteEnvironment = `#!/bin/sh\nenv >>${join(folder, "environment-of-ssh")}\nexec /usr/bin/ssh "$@"\n`;
  writeFileSync(join(folder, "bin/ssh"), noteEnvironment, { mode: 0o755 });
  const keyFile = join(folder, "key");
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-f", keyFile]);
  const publicKey = readFileSync(`${keyFile}.pub`, "utf8").trim();
  for (const node of nodes) {
    await machines.inNode(node, `echo '${publicKey}' >/home/admin/.ssh/authorized_keys`);
  }
  const text = readFileSync(made, "utf8");
  writeFileSync(
    preset,
    text.replace(/keyFile: \S+/, `keyFile: ${keyFile}\n        passphrase: { env: PLANTED_PASSPHRASE }`),
  );
  const passwordFile = /file: (\S+)/.exec(text)?.[1] ?? "";
  planted.push(
    ...needlesOf("sudo password", readFileSync(passwordFile, "utf8").trim()),
    ...needlesOf("passphrase", passphrase),
    ...needlesOfKey("SSH key", readFileSync(keyFile, "utf8")),
  );
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the program with as few protections around it as an operator may have: every file it makes is open to all. */
function watched(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const command = ["-c", 'umask 000; exec "$@"', "sh", process.execPath, program, ...args];
  const child = spawn("/bin/sh", command, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      HOME: join(world, "home"),
      XDG_STATE_HOME: join(world, "state"),
      XDG_CACHE_HOME: join(world, "cache"),
      TMPDIR: join(world, "tmp"),
      PLANTED_PASSPHRASE: passphrase,
      ...env,
    },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output.stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    output.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const ended = { exitCode: code ?? 1, ...output };
      runs.push({ name, pid: child.pid ?? 0, ended });
      resolve(ended);
    });
  });
}

const install = ["install", "--preset", preset, "--non-interactive"] as const;
const place = (kind: "preset", text: string) => {
  const file = join(folder, `${kind}-${randomBytes(3).toString("hex")}.yaml`);
  writeFileSync(file, text);
  return file;
};

async function tokensGiven(): Promise<Needle[]> {
  const configurations = await Promise.all(
    nodes.map((node) => machines.inNode(node, "cat /run/test-secrets/* || true")),
  );
  return configurations.flatMap((text) =>
    [...text.matchAll(/\b[a-z0-9]{6}\.([a-z0-9]{16})\b/g)].flatMap(([, secret = ""]) =>
      needlesOf("bootstrap token", secret),
    ),
  );
}

describe("while a cluster is made, with everything watched", () => {
  const tokens: Needle[] = [];

  beforeAll(async () => {
    const record = await recordProcesses();
    try {
      for (const node of nodes) {
        const write = `cat >/usr/local/sbin/kubeadm <<'EOF'\n${talkative}EOF\nchmod 755 /usr/local/sbin/kubeadm`;
        await machines.inNode(node, write);
      }
      await machines.inNode("w-1", `sh -c 'sleep 1; true' ${canary}`);
      await watched("failing, in a job of GitHub Actions", [...install, "--verbose"], {
        GITHUB_ACTIONS: "true",
        GITHUB_STEP_SUMMARY: join(world, "summary.md"),
      });
      tokens.push(...(await tokensGiven()));
      await watched("failing, as NDJSON", [...install, "--output", "ndjson"]);
      tokens.push(...(await tokensGiven()));
      await machines.inNode("w-1", "rm /usr/local/sbin/kubeadm");
      await watched("good, as lines", [...install, "--verbose"]);
      await watched("nothing to do, as NDJSON", [...install, "--output", "ndjson"]);
    } finally {
      ({ looks, seen } = await record.stop());
    }
    planted.push(...tokens, ...(await keysOfTheCluster()));
  });

  test("the runs went as they were meant to", () => {
    const wanted = [6, 6, 0, 0];
    const unexpected = runs.filter(({ ended }, index) => ended.exitCode !== wanted[index]);
    expect(unexpected.map(({ name, ended }) => [name, ended.exitCode, ended.stderr.slice(-2000)])).toEqual([]);
    expect(new Set(tokens.map(({ text }) => text)).size).toBeGreaterThanOrEqual(4);
    const [failing] = runs;
    expect(failing?.ended.stdout).toContain("[secret]");
    expect(failing?.ended.stdout).toContain("::group::");
  });

  test("no output shows a secret", () => {
    for (const { name, ended } of runs) {
      expect({ name, out: shownIn(ended.stdout, planted), err: shownIn(ended.stderr, planted) }).toEqual({
        name,
        out: [],
        err: [],
      });
    }
  });

  test("no journal, log, summary or temporary file holds one; the kubeconfig alone does, for its owner", () => {
    const kubeconfig = join(world, "state/kube-installer/clusters", machines.name, "kubeconfig");
    expect(searchFolder(world, planted)).toEqual([{ path: kubeconfig, mode: "600", secrets: ["admin's key"] }]);
    expect(readdirSync(join(world, "tmp"))).toEqual([]);
    expect(readdirSync(join(world, "home"))).toEqual([]);
  });

  test("what the program keeps can be read by its owner alone, whatever the umask is", () => {
    const state = join(world, "state/kube-installer/clusters", machines.name);
    const open = [state, ...readdirSync(state, { recursive: true, encoding: "utf8" }).map((name) => join(state, name))]
      .map((path) => ({ path, mode: (statSync(path).mode & 0o777).toString(8) }))
      .filter(({ mode }) => mode !== "600" && mode !== "700");
    expect(open).toEqual([]);
  });

  test("no process shows one in its arguments or environment, here or on a node", () => {
    expect(looks).toBeGreaterThan(1000);
    expect(seen.some(({ kind, text }) => kind === "cmdline" && text.includes(canary))).toBe(true);
    const own = new Set(runs.map(({ pid }) => pid));
    const shown = seen
      .map(({ pid, kind, text }) => ({ pid, kind, secrets: shownIn(text, planted), text }))
      .filter(({ secrets }) => secrets.length > 0)
      // The operator put it there.
      .filter(({ pid, kind, secrets }) => !(own.has(pid) && kind === "environ" && secrets.join() === "passphrase"));
    expect(shown.map(({ kind, secrets, text }) => [kind, secrets, text.slice(0, 300)])).toEqual([]);
  });

  test("programs it starts here do not inherit one", () => {
    const environment = readFileSync(join(folder, "environment-of-ssh"), "utf8");
    expect(environment).toContain("XDG_STATE_HOME=");
    expect(shownIn(environment, planted)).toEqual([]);
  });

  test.each(nodes)("%s keeps none but where Kubernetes itself needs it, for root alone", async (node) => {
    const found = await searchNode(machines.name, node, planted);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ path }) => !mayHold.some((place) => place.test(path)))).toEqual([]);
    expect(found.filter(({ mode }) => mode !== "600")).toEqual([]);
  });

  test("etcd's data, where tokens are kept while they live, is closed to all but root", async () => {
    expect(await machines.inNode("cp-1", "stat -c '%a %U' /var/lib/etcd/member")).toBe("700 root\n");
  });

  test("tokens are worthless afterwards", async () => {
    const left = await machines.kubectl(
      "get secrets -n kube-system --field-selector type=bootstrap.kubernetes.io/token",
    );
    expect(left).toBe("");
  });
});

describe("a secret in the wrong place", () => {
  const password = `written-${randomBytes(9).toString("hex")}`;
  const base = () => readFileSync(preset, "utf8");

  test.each([
    ["a password in the preset", () => base().replace(/sudoPassword:\n\s+file: \S+/, `sudoPassword: ${password}`)],
    [
      "a password in a mirror's address",
      () =>
        `${base()}  runtime:\n    registries:\n      - registry: docker.io\n        mirrors: ["https://me:${password}@mirror.example"]\n`,
    ],
    [
      "a password in a proxy's address",
      () => `${base()}  packages:\n    proxy: http://me:${password}@proxy.example:3128\n`,
    ],
    ["a password in a file that is no YAML", () => `${base()}\n  sudoPassword: ${password}\n :::{{{ \n`],
  ])("%s is refused without being shown", async (_what, text) => {
    const file = place("preset", text());
    for (const output of ["plain", "ndjson"]) {
      const { exitCode, stdout, stderr } = await kubeInstaller(
        ...["install", "--non-interactive"],
        ...["--preset", file],
        "--output",
        output,
      );
      expect(exitCode).toBe(2);
      expect(`${stdout}${stderr}`).not.toContain(password);
    }
  });
});

/** Where a node keeps what these secrets are for. */
const mayHold = [
  /^\/etc\/kubernetes\/pki\/(etcd\/)?[a-z-]+\.key$/,
  /^\/etc\/kubernetes\/(admin|kubelet|controller-manager|scheduler)\.conf$/,
  /^\/var\/lib\/kubelet\/pki\/kubelet(-client-[-\d]+|-client-current)?\.(pem|key)$/,
  /^\/var\/lib\/etcd\/member\//,
  /^\/etc\/kube-installer\/bridge\.kubeconfig$/,
  /^\/run\/test-secrets\//,
];

/** Private keys and tokens that came to be during the install. */
async function keysOfTheCluster(): Promise<Needle[]> {
  const key = async (name: string, node: string, path: string) =>
    needlesOfKey(name, await machines.inNode(node, `cat ${path}`));
  const admin = await machines.inNode("cp-1", "cat /etc/kubernetes/admin.conf");
  const data = /client-key-data: (\S+)/.exec(admin)?.[1] ?? "";
  const agent = await machines.inNode("w-1", "cat /etc/kube-installer/bridge.kubeconfig");
  const agentToken = /"token": "([^"]+)"/.exec(agent)?.[1] ?? "";
  expect(agentToken.length).toBeGreaterThan(100);
  return [
    ...(await key("key of the cluster's authority", "cp-1", "/etc/kubernetes/pki/ca.key")),
    ...(await key("key of etcd's authority", "cp-1", "/etc/kubernetes/pki/etcd/ca.key")),
    ...(await key("key of service accounts", "cp-1", "/etc/kubernetes/pki/sa.key")),
    ...(await key("kubelet's key", "w-1", "/var/lib/kubelet/pki/kubelet-client-current.pem")),
    ...needlesOfKey("admin's key", Buffer.from(data, "base64").toString()),
    { secret: "admin's key", text: data.slice(-200, -100) },
    ...needlesOf("network agent's token", agentToken),
  ];
}
