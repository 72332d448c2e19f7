import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { openSource } from "../../../src/cli/open-source.ts";
import { signal, temporaryFolder, writeBundle } from "../bundle/samples.ts";

afterEach(() => void vi.unstubAllEnvs());

const context = { signal, inform: () => {} };

async function bundle(name: string) {
  const folder = await temporaryFolder();
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  return { kind: "bundle", path: await writeBundle(folder, name) } as const;
}

test.each(["bundle", "bundle.tar"])("a preset without a version gets the one its %s has", async (name) => {
  const source = await bundle(name);
  const opened = await openSource({ source }, context);
  expect(opened.kubernetes).toEqual({ version: "1.20.2", source });
  expect(opened.bundle?.manifest.version).toBe("1.20.2");
});

test("a version the preset names stays, so that preflight can set it beside the bundle's", async () => {
  const { kubernetes, bundle: opened } = await openSource({ version: "1.21.0", source: await bundle("b") }, context);
  expect([kubernetes.version, opened?.manifest.version]).toEqual(["1.21.0", "1.20.2"]);
});

test("a bundle that cannot be read is told by its path, not by a missing version", async () => {
  const source = { kind: "bundle", path: "/no/such/bundle.tar" } as const;
  await expect(openSource({ source }, context)).rejects.toMatchObject({
    code: "bundle-invalid",
    exitCode: 2,
    message: expect.stringContaining("/no/such/bundle.tar"),
  });
});

test("packages need nothing opened", async () => {
  const kubernetes = { version: "1.36.4", source: { kind: "packages" } } as const;
  expect(await openSource(kubernetes, context)).toEqual({ kubernetes });
});
