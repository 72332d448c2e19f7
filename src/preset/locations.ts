import { homedir } from "node:os";
import { resolve } from "node:path";

/** What relative paths and `~` in a preset stand for. */
export interface Surroundings {
  /** The folder of the preset file. */
  readonly directory: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The surroundings of this process, for a preset in a folder. */
export function surroundingsOf(directory: string): Surroundings {
  return { directory, home: homedir(), env: process.env };
}

/** The absolute path a path in the preset means; `~` and `~/…` are the operator's home. */
export function expandPath(path: string, { directory, home }: Surroundings): string {
  if (path === "~" || path.startsWith("~/")) return resolve(home, `.${path.slice(1)}`);
  return resolve(directory, path);
}

export function isUrl(location: string): boolean {
  return /^https?:\/\//i.test(location);
}
