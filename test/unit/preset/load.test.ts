import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { InstallerError } from "../../../src/engine/errors.ts";
import { loadPreset, parsePreset } from "../../../src/preset/load.ts";

const { signal } = new AbortController();
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "preset-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function write(name: string, content: string | Buffer, mode = 0o600): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

/** A preset file whose nodes are logged in to like this. */
function presetWith(ssh: string, kubernetes = '{ version: "1.35.8" }'): Promise<string> {
  return write(
    "demo.yaml",
    `apiVersion: kube-installer/v1
kind: Cluster
metadata: { name: demo }
spec:
  kubernetes: ${kubernetes}
  topology:
    static:
      ssh: ${ssh}
      nodes:
        - { address: 10.0.0.11, roles: [control-plane, worker] }
        - { name: w-1, address: w-1.example.com, internalAddress: 10.0.0.21, roles: [worker], ssh: { user: other } }
`,
  );
}

async function failure(promise: Promise<unknown>): Promise<InstallerError> {
  const error: unknown = await promise.then(
    () => expect.fail("should have been refused"),
    (thrown: unknown) => thrown,
  );
  return error as InstallerError;
}

describe("a loaded preset", () => {
  test("has names, defaults, absolute paths and each node's own login", async () => {
    await mkdir(join(folder, "keys"));
    await write("keys/id", "key");
    const { spec, warnings } = await loadPreset(await presetWith("{ user: ubuntu, keyFile: keys/id }"), { signal });
    expect(warnings).toEqual([]);
    expect(spec).toMatchObject({
      name: "demo",
      kubernetes: { version: "1.35.8", source: { kind: "packages" } },
      ha: { mode: "single" },
      network: {
        plugin: "bridge",
        podCIDR: "10.244.0.0/16",
        serviceCIDR: "10.96.0.0/12",
        nodePrefix: 24,
        dnsDomain: "cluster.local",
      },
      runtime: { engine: "containerd", registryMirrors: [] },
      packages: {},
    });
    expect(spec.topology).toEqual({
      kind: "static",
      nodes: [
        {
          name: "node-10-0-0-11",
          address: "10.0.0.11",
          internalAddress: "10.0.0.11",
          roles: ["control-plane", "worker"],
          labels: {},
          taints: [],
          ssh: { address: "10.0.0.11", user: "ubuntu", keyFile: join(folder, "keys/id") },
        },
        {
          name: "w-1",
          address: "w-1.example.com",
          internalAddress: "10.0.0.21",
          roles: ["worker"],
          labels: {},
          taints: [],
          ssh: { address: "w-1.example.com", user: "other", keyFile: join(folder, "keys/id") },
        },
      ],
    });
  });

  test("has secrets out of files and variables, which nothing prints", async () => {
    vi.stubEnv("SUDO_PASSWORD", "open sesame");
    await write("pass", "hunter2 \n");
    const path = await presetWith(
      "{ sudoPassword: { env: SUDO_PASSWORD }, bastion: { address: b, password: { file: ./pass } } }",
    );
    const { spec, warnings } = await loadPreset(path, { signal });
    const [node] = spec.topology.kind === "static" ? spec.topology.nodes : [];
    expect(node?.ssh.sudoPassword?.reveal()).toBe("open sesame");
    expect(node?.ssh.bastion?.password?.reveal()).toBe("hunter2 ");
    expect(JSON.stringify(spec)).not.toMatch(/sesame|hunter2/);
    expect(warnings).toEqual([]);
  });

  test("takes the host key policy of the nodes for the bastion, unless told otherwise", async () => {
    const policies = async (ssh: string) => {
      const { spec } = await loadPreset(await presetWith(ssh), { signal });
      const [node] = spec.topology.kind === "static" ? spec.topology.nodes : [];
      return [node?.ssh.hostKeys, node?.ssh.bastion?.hostKeys];
    };
    expect(await policies("{ hostKeys: strict, bastion: { address: b } }")).toEqual(["strict", "strict"]);
    expect(await policies("{ hostKeys: strict, bastion: { address: b, hostKeys: accept-new } }")).toEqual([
      "strict",
      "accept-new",
    ]);
    expect(await policies("{ bastion: { address: b } }")).toEqual([undefined, undefined]);
  });

  test("finds the bundle beside the preset", async () => {
    await write("bundle.tar", "");
    const path = await presetWith("{}", "{ source: { bundle: { path: bundle.tar } } }");
    const { spec } = await loadPreset(path, { signal });
    expect(spec.kubernetes).toEqual({ source: { kind: "bundle", path: join(folder, "bundle.tar") } });
  });

  test("may describe a lab, whose Kubernetes the lab finds", async () => {
    const text =
      "apiVersion: kube-installer/v1\nkind: Cluster\nmetadata: { name: demo }\nspec: { topology: { lab: { workers: 3 } } }";
    const { spec } = await loadPreset(await write("lab.yaml", text), { signal });
    expect(spec.topology).toEqual({ kind: "lab", name: "demo", controlPlanes: 1, workers: 3 });
    expect(spec.kubernetes).toEqual({ version: "1.20.2", source: { kind: "lab" } });
  });

  test("asks for the newest version that usual machines can run unless it names one, where the source does not decide", async () => {
    await mkdir(join(folder, "bin"));
    for (const source of ["packages: {}", "binaries: { location: bin }"]) {
      const { spec } = await loadPreset(await presetWith("{}", `{ source: { ${source} } }`), { signal });
      expect(spec.kubernetes.version).toBe("1.35.8");
    }
  });
});

describe("what a preset points to", () => {
  const missing = "{ keyFile: ~/no-such-key, password: { file: pass }, sudoPassword: { env: NOT_SET_ANYWHERE } }";

  test("must be there, and each place that is not is named", async () => {
    const error = await failure(loadPreset(await presetWith(missing), { signal }));
    expect(error.code).toBe("preset-invalid");
    expect(
      error.details.problems?.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`),
    ).toEqual([
      `8:23 spec.topology.static.ssh.keyFile: cannot read "${homedir()}/no-such-key": there is no such file`,
      `8:56 spec.topology.static.ssh.password.file: cannot read "${folder}/pass": there is no such file`,
      "8:85 spec.topology.static.ssh.sudoPassword.env: the environment variable NOT_SET_ANYWHERE is not set",
    ]);
  });

  test("stands before what is merely noted when it stops the preset", async () => {
    await write("pass", "open to all readers", 0o644);
    const ssh = "{ password: { file: pass }, keyFile: ~/no-such-key }";
    const error = await failure(loadPreset(await presetWith(ssh), { signal }));
    expect(error.details.problems?.map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });

  test("may be missing where only the preset is looked at", async () => {
    const { warnings } = await loadPreset(await presetWith(missing), { signal, missingReferences: "warning" });
    expect(warnings.map(({ severity }) => severity)).toEqual(["warning", "warning", "warning"]);
  });

  test("may be missing where only an install needs it", async () => {
    const { spec, warnings } = await loadPreset(await presetWith("{}", "{ source: { bundle: { path: gone.tar } } }"), {
      signal,
    });
    expect(spec.kubernetes.source).toEqual({ kind: "bundle", path: join(folder, "gone.tar") });
    expect(warnings.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      `5:43 cannot read "${folder}/gone.tar": there is no such file`,
    ]);
  });

  test("gives a warning when others may read a secret", async () => {
    await write("pass", "hunter2", 0o644);
    const { warnings } = await loadPreset(await presetWith("{ password: { file: pass } }"), { signal });
    expect(warnings.map(({ severity, message, hint }) => [severity, message, hint])).toEqual([
      ["warning", `other users of this machine may read "${folder}/pass"`, `\`chmod 600 ${folder}/pass\``],
    ]);
  });

  test.each([
    ["", "is empty"],
    ["one\ntwo\n", "has 2 lines, but a secret is one line"],
  ])("must be a secret: %j", async (content, message) => {
    await write("pass", content);
    const error = await failure(loadPreset(await presetWith("{ password: { file: pass } }"), { signal }));
    expect(error.details.problems?.[0]?.message).toBe(`"${folder}/pass" ${message}`);
  });
});

describe("a file that cannot be read", () => {
  test("but has a name like another", async () => {
    await write("production.yaml", "");
    const error = await failure(loadPreset(join(folder, "prodution.yaml"), { signal }));
    expect(error).toMatchObject({
      code: "preset-unreadable",
      exitCode: 2,
      message: `There is no file "${folder}/prodution.yaml".`,
    });
    expect(error.details.nextSteps?.[0]).toBe(`Did you mean \`${folder}/production.yaml\`?`);
  });
  test("because it is a folder", async () => {
    await write("demo.yaml", "");
    const error = await failure(loadPreset(folder, { signal }));
    expect(error).toMatchObject({ code: "preset-unreadable", message: `"${folder}" is a folder, not a preset file.` });
    expect(error.details.nextSteps).toEqual([`Name one of the files in it: ${folder}/demo.yaml`]);
  });
  test("because it is too large", async () => {
    const error = await failure(loadPreset(await write("big.yaml", "#".repeat(1024 * 1024 + 1)), { signal }));
    expect(error).toMatchObject({
      code: "preset-unreadable",
      message: `"${folder}/big.yaml" is larger than 1 MiB, which no preset is.`,
    });
  });
  test("because it never ends", async () => {
    expect(await failure(loadPreset("/dev/zero", { signal }))).toMatchObject({ code: "preset-unreadable" });
  });
  test("because it is not UTF-8", async () => {
    const latin1 = Buffer.concat([
      Buffer.from("kind: Cluster\nname: \ufffd caf"),
      Buffer.from([0xe9]),
      Buffer.from("\n"),
    ]);
    const error = await failure(loadPreset(await write("latin1.yaml", latin1), { signal }));
    expect(error).toMatchObject({ code: "preset-unreadable", message: `${folder}/latin1.yaml:2:12: not UTF-8.` });
  });
  test("because it is UTF-16", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("kind: Cluster\n", "utf16le")]);
    const error = await failure(loadPreset(await write("utf16.yaml", utf16), { signal }));
    expect(error.message).toBe(`${folder}/utf16.yaml:1:1: not UTF-8, but UTF-16.`);
  });
});

test("loading ends when it is aborted", async () => {
  const aborted = AbortSignal.abort();
  await expect(loadPreset(await presetWith("{}"), { signal: aborted })).rejects.toThrow(/abort/i);
});

test("a text can be checked without a file", () => {
  expect(() => parsePreset("kind: Cluster", "pasted")).toThrow("pasted is not a valid preset: 3 errors.");
});
