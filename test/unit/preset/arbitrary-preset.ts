import fc from "fast-check";
import type { PresetInput } from "../../../src/preset/schema/preset.ts";

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
const secret = fc.oneof(
  fc.record({ file: fc.constantFrom("~/secret", "./secret", "/run/secret") }),
  fc.record({ env: fc.stringMatching(/^[A-Z][A-Z_]{0,10}$/) }),
);

const login = {
  user: fc.constantFrom("root", "ubuntu"),
  port: fc.integer({ min: 1, max: 65535 }),
  keyFile: fc.constantFrom("~/.ssh/id_ed25519", "keys/id_rsa"),
  passphrase: secret,
  password: secret,
  sudoPassword: secret,
  hostKeys: fc.constantFrom("ask" as const, "accept-new" as const, "strict" as const),
  hostKeyFingerprints: fc.array(fc.constant(`SHA256:${"A".repeat(43)}`), { minLength: 1, maxLength: 2 }),
};

const bastion = fc.record({ address: fc.constant("203.0.113.5"), ...login }, { requiredKeys: ["address"] });
const ssh = fc.record({ ...login, bastion }, { requiredKeys: [] });

const labels = fc.dictionary(
  fc.constantFrom("machine-type", "example.com/rack", "topology.kubernetes.io/zone"),
  fc.constantFrom("NC24R", "a.b_c", ""),
);
const taints = fc.uniqueArray(
  fc.record(
    {
      key: fc.constantFrom("gpu", "example.com/disk"),
      value: fc.constantFrom("only", ""),
      effect: fc.constantFrom("NoSchedule" as const, "PreferNoSchedule" as const, "NoExecute" as const),
    },
    { requiredKeys: ["key", "effect"] },
  ),
  { selector: ({ key, effect }) => `${key}:${effect}` },
);

/** The first node is the control plane; addresses and names differ by position, so that every list is valid. */
const nodes = fc
  .array(fc.record({ ssh, labels, taints, named: fc.boolean() }, { requiredKeys: ["named"] }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((list) =>
    list.map(({ named, ...rest }, index) => ({
      ...(named ? { name: `n-${index}` } : {}),
      address: `10.0.0.${index + 11}`,
      roles: index === 0 ? ["control-plane" as const, "worker" as const] : ["worker" as const],
      ...rest,
    })),
  );

const topology = fc.oneof(
  fc.record({ static: fc.record({ ssh, nodes }, { requiredKeys: ["nodes"] }) }),
  fc.record({
    lab: fc.record(
      { name: label, controlPlanes: fc.constant(1), workers: fc.integer({ min: 0, max: 20 }) },
      { requiredKeys: [] },
    ),
  }),
);

const source = fc.oneof(
  fc.record({
    packages: fc.record({ repository: fc.constant("https://mirror.example.com/deb") }, { requiredKeys: [] }),
  }),
  fc.record({ binaries: fc.constant({ location: "./bin" }) }),
  fc.record({ bundle: fc.constant({ path: "./bundle.tar" }) }),
);

/** Presets that are valid, in all the variety the schema allows. */
export const validPreset: fc.Arbitrary<PresetInput> = fc.record({
  apiVersion: fc.constant("kube-installer/v1" as const),
  kind: fc.constant("Cluster" as const),
  metadata: fc.record({ name: label }),
  spec: fc.record(
    {
      kubernetes: fc.record({ version: fc.constantFrom("1.20.2", "1.29.0", "1.37.1"), source }, { requiredKeys: [] }),
      topology,
      ha: fc.record(
        { mode: fc.constant("single" as const), endpoint: fc.constant("k8s.example.com:6443") },
        { requiredKeys: [] },
      ),
      network: fc.record(
        {
          plugin: fc.constant("bridge" as const),
          podCIDR: fc.constantFrom("10.244.0.0/16", "172.20.0.0/16"),
          serviceCIDR: fc.constantFrom("10.96.0.0/12", "192.168.0.0/20"),
          nodePrefix: fc.integer({ min: 24, max: 28 }),
          dnsDomain: fc.constant("cluster.local"),
        },
        { requiredKeys: [] },
      ),
      runtime: fc.record(
        {
          engine: fc.constant("containerd" as const),
          registryMirrors: fc.array(
            fc.record({
              registry: fc.constant("docker.io"),
              mirrors: fc.array(fc.constant("https://mirror.example.com"), { minLength: 1, maxLength: 2 }),
            }),
            { maxLength: 1 },
          ),
        },
        { requiredKeys: [] },
      ),
      packages: fc.record({ proxy: fc.constant("http://10.0.0.1:3142") }, { requiredKeys: [] }),
    },
    { requiredKeys: ["topology"] },
  ),
});
