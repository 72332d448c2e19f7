import { build } from "esbuild";
import { expect, test } from "vitest";

test("the conversation brings nothing along that could draw", async () => {
  const { metafile } = await build({
    entryPoints: ["src/ui/spoken/open-spoken.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const packages = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(packages.filter((name) => /^(ink|listr2)/.test(name))).toEqual([]);
});
