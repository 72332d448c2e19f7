import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { checkPreset } from "../../../../src/preset/check-preset.ts";
import { type Inventory, type LabNode, variants } from "../../../../src/topology/lab/inventory.ts";
import { presetFor } from "../../../../src/topology/lab/preset-out.ts";

const fingerprint = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";
const kubernetes = { version: "1.20.2", bundle: "/cache/kubernetes-1.20.2" };
const node = (name: string, role: LabNode["role"], address: string): LabNode => ({ name, role, address, fingerprint });

function inventory(variant: Inventory["variant"]): Inventory {
  const jump = variant === "jump" ? [node("jump", "jump", "10.78.0.2")] : [];
  const nodes = [...jump, node("cp-1", "control-plane", "10.78.0.11"), node("w-1", "worker", "10.78.0.21")];
  return { name: "demo", subnet: 0, variant, base: "/cache/base", nodes };
}

describe("presetFor", () => {
  test.each(variants)("writes a preset without errors for the login %s", (variant) => {
    const { preset, problems } = checkPreset(dump(presetFor(inventory(variant), kubernetes)), "demo.yaml");
    expect(problems).toEqual([]);
    expect(preset?.spec.topology.static?.nodes.map((entry) => entry.name)).toEqual(["cp-1", "w-1"]);
  });

  test("pins each node's host key, so that nobody is asked", () => {
    const nodes = presetFor(inventory("root"), kubernetes).spec.topology.static?.nodes ?? [];
    expect(nodes.map((entry) => entry.ssh?.hostKeyFingerprints)).toEqual([[fingerprint], [fingerprint]]);
  });

  test("goes through the jump node with that node's own user, key and fingerprint", () => {
    const ssh = presetFor(inventory("jump"), kubernetes).spec.topology.static?.ssh;
    expect(ssh?.user).toBe("root");
    expect(ssh?.bastion).toMatchObject({ address: "10.78.0.2", user: "jump", hostKeyFingerprints: [fingerprint] });
    expect(ssh?.bastion?.keyFile).not.toBe(ssh?.keyFile);
  });

  test("names the file of the sudo password, never the password", () => {
    const ssh = presetFor(inventory("sudo-password"), kubernetes).spec.topology.static?.ssh;
    expect(ssh).toMatchObject({ user: "admin", sudoPassword: { file: expect.stringMatching(/sudo-password$/) } });
  });

  test("lets a node that is alone also take ordinary pods", () => {
    const alone = { ...inventory("root"), nodes: [node("cp-1", "control-plane", "10.78.0.11")] };
    expect(presetFor(alone, kubernetes).spec.topology.static?.nodes[0]?.roles).toEqual(["control-plane", "worker"]);
  });
});
