import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readRegion } from "../../../../src/bundle/region.ts";
import { listTar } from "../../../../src/bundle/tar/read.ts";
import { writeTar } from "../../../../src/bundle/tar/write.ts";
import { signal, temporaryFolder } from "../samples.ts";

const folderName = fc.stringMatching(/^[a-zäß_-]{1,90}$/);
const files = fc.dictionary(
  fc.tuple(folderName, folderName).map(([folder, name]) => `d-${folder}/${name}`),
  fc.uint8Array({ maxLength: 1500 }),
  { minKeys: 1, maxKeys: 5, noNullPrototype: true },
);

async function contentsOf(file: string): Promise<Record<string, Uint8Array>> {
  const contents: Record<string, Uint8Array> = {};
  for (const { name, kind, content } of await listTar({ file, offset: 0, bytes: (await stat(file)).size })) {
    if (kind === "file") contents[name.replace(/^\.\//, "")] = new Uint8Array(await readRegion(content));
  }
  return contents;
}

test.each(["gnu", "pax", "ustar"])("reads whatever tar writes in its %s format", async (format) => {
  await fc.assert(
    fc.asyncProperty(files, async (written) => {
      const folder = await mkdtemp(join(tmpdir(), "tar-test-"));
      try {
        for (const [name, content] of Object.entries(written)) {
          await mkdir(dirname(join(folder, "in", name)), { recursive: true });
          await writeFile(join(folder, "in", name), content);
        }
        const archive = join(folder, "out.tar");
        execFileSync("tar", [`--format=${format}`, "-cf", archive, "-C", join(folder, "in"), "."]);
        expect(await contentsOf(archive)).toEqual(written);
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 20 },
  );
});

test("tar reads whatever this program writes", async () => {
  const folder = await temporaryFolder();
  const archive = join(folder, "out.tar");
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      const content = Buffer.from(bytes);
      await writeFile(join(folder, "from-disk"), content);
      await writeTar(
        archive,
        [
          { name: "from-memory", content },
          { name: "folder/from-disk", file: join(folder, "from-disk"), mode: 0o755 },
        ],
        signal,
      );
      expect(execFileSync("tar", ["-xOf", archive, "from-memory"])).toEqual(content);
      expect(execFileSync("tar", ["-xOf", archive, "folder/from-disk"])).toEqual(content);
    }),
    { numRuns: 20 },
  );
  const listing = execFileSync("tar", ["--utc", "-tvf", archive], { encoding: "utf8" });
  expect(listing).toMatch(
    /^-rw-r--r-- 0\/0 +\d+ 1970-01-01 00:00 from-memory\n-rwxr-xr-x 0\/0 .* folder\/from-disk\n$/,
  );
});

test("members of a tar inside a tar are found where they are", async () => {
  const folder = await temporaryFolder();
  const [inner, outer] = [join(folder, "inner.tar"), join(folder, "outer.tar")];
  await writeTar(inner, [{ name: "deep", content: Buffer.from("treasure") }], signal);
  await writeTar(
    outer,
    [
      { name: "before", content: Buffer.alloc(700) },
      { name: "inner.tar", file: inner },
    ],
    signal,
  );
  const [, member] = await listTar({ file: outer, offset: 0, bytes: (await stat(outer)).size });
  const [deep] = await listTar(member?.content ?? { file: outer, offset: 0, bytes: 0 });
  expect(deep && (await readRegion(deep.content)).toString()).toBe("treasure");
});
