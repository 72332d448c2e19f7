import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InstallerError, toInstallerError } from "../../../src/engine/errors.ts";

describe("what was thrown", () => {
  test("stays what it is when it is typed already", () => {
    const error = new InstallerError("usage", { message: "no" });
    expect(toInstallerError(error)).toBe(error);
  });

  test("is the operator's to mend when this machine's files are the cause", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kube-installer-errors-"));
    await writeFile(join(folder, "file"), "");
    const thrown = await writeFile(join(folder, "file", "below"), "").catch((error: unknown) => error);
    await rm(folder, { recursive: true });
    const error = toInstallerError(thrown);
    expect(error.code).toBe("own-files");
    expect(error.message).toContain(join("file", "below"));
  });

  test("is the operator's to mend when this machine's disk is full", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
    expect(toInstallerError(full).code).toBe("own-files");
  });

  test("is a missing answer when a time ran out", async () => {
    const { reason } = AbortSignal.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    expect(toInstallerError(reason)).toMatchObject({ code: "deadline-exceeded", message: "No answer came in time." });
  });

  test("is a bug when nothing explains it, also a refused socket nobody expected", () => {
    expect(toInstallerError(new TypeError("x is undefined")).code).toBe("bug");
    const refused = Object.assign(new Error("bind EACCES"), { code: "EACCES", syscall: "bind" });
    expect(toInstallerError(refused).code).toBe("bug");
  });
});
