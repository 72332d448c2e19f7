import { existsSync } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { pipeToFile } from "../../../src/engine/pipe-to-file.ts";
import { temporaryFolder } from "../bundle/samples.ts";

let file: string;
beforeEach(async () => {
  file = join(await temporaryFolder(), "file");
});

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe("pipeToFile", () => {
  test("writes everything, with the permissions that were asked for", async () => {
    await pipeToFile(chunks("one ", "two"), file, { mode: 0o600 });
    expect(await readFile(file, "utf8")).toBe("one two");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("empties what was there, or refuses it", async () => {
    await writeFile(file, "something longer");
    await pipeToFile(chunks("new"), file);
    expect(await readFile(file, "utf8")).toBe("new");
    await expect(pipeToFile(chunks("newer"), file, { flags: "wx" })).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readFile(file, "utf8")).toBe("new");
  });

  test("has made the file before the first chunk, so that after a failure it can be removed for good", async () => {
    const wasThere: boolean[] = [];
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      wasThere.push(existsSync(file));
      yield await Promise.reject(new Error("no first chunk"));
    };
    await expect(pipeToFile(failing, file)).rejects.toThrow("no first chunk");
    expect(wasThere).toEqual([true]);
    await rm(file);
  });

  test("ends with the signal, and makes nothing when that has ended it before", async () => {
    const controller = new AbortController();
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) {
        yield Buffer.from("some");
        controller.abort();
      }
    };
    await expect(pipeToFile(endless, file, { signal: controller.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    await rm(file);
    const late = pipeToFile(chunks("late"), file, { signal: controller.signal });
    await expect(late).rejects.toMatchObject({ name: "AbortError" });
    expect(existsSync(file)).toBe(false);
  });
});
