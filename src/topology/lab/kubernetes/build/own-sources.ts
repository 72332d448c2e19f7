import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InstallerError } from "../../../../engine/errors.ts";
import type { GuestProgram } from "./compile.ts";

/** The Go program of ours in `lab/FOLDER`, to be compiled under `name`. */
export async function ownProgram(name: string, folder: string): Promise<GuestProgram> {
  const source = join(packageRoot(), "lab", folder);
  const files = (await readdir(source)).filter((file) => file.endsWith(".go"));
  return { name, source, files };
}

/** Where this program is installed: the nearest folder above this file with its package.json. */
function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (isOurs(join(folder, "package.json"))) return folder;
  }
  throw new InstallerError("bug", { message: "The program does not find the folder it is installed in." });
}

function isOurs(packageJson: string): boolean {
  try {
    const parsed: unknown = JSON.parse(readFileSync(packageJson, "utf8"));
    return typeof parsed === "object" && parsed !== null && "name" in parsed && parsed.name === "kube-installer";
  } catch {
    return false;
  }
}
