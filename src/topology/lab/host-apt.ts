import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { runLocal } from "../../engine/local-command.ts";

/** How this machine gets Debian packages; the lab's nodes get theirs the same way. */
export interface HostApt {
  readonly mirror: string;
  readonly securityMirror: string;
  /** The proxy apt uses on this machine. */
  readonly proxy?: string;
  /** Settings a machine with an old snapshot of the archive needs. */
  readonly options: readonly string[];
}

/** Settings that decide whether packages of this machine's mirror are accepted. */
const handedOn = /^Acquire::(?:Check-Valid-Until|Check-Date|AllowInsecureRepositories) "[^"]*";$/;

export async function hostApt(signal: AbortSignal): Promise<HostApt> {
  const dump = (await runLocal("apt-config", ["dump"], { signal })).stdout.split("\n");
  const proxy =
    dump.map((line) => /^Acquire::http::Proxy "([^"]+)";$/.exec(line)?.[1]).find(Boolean) ??
    process.env.http_proxy ??
    process.env.HTTP_PROXY;
  return {
    ...mirrors(await readSources()),
    ...(proxy === undefined || proxy === "" || proxy === "DIRECT" ? {} : { proxy }),
    options: dump.filter((line) => handedOn.test(line)),
  };
}

/**
 * Which mirrors serve bookworm and its security updates: those of this machine's bookworm, or of whatever Debian it is,
 * since a mirror carries all of them.
 * @param sources the text of all sources files, one-line and deb822 format mixed
 * @throws InstallerError `preflight-failed` when the sources name no mirror of Debian
 */
export function mirrors(sources: string): { mirror: string; securityMirror: string } {
  const entries = [...oneLineEntries(sources), ...stanzaEntries(sources)];
  const uriOf = (suite: string, path: RegExp) =>
    entries.find(({ suites }) => suites.includes(suite))?.uri ?? entries.find(({ uri }) => path.test(uri))?.uri;
  const mirror = uriOf("bookworm", /\/debian$/);
  const securityMirror = uriOf("bookworm-security", /\/debian-security$/);
  if (mirror === undefined || securityMirror === undefined) throw noMirror(mirror === undefined);
  return { mirror, securityMirror };
}

function noMirror(none: boolean): InstallerError {
  return new InstallerError("preflight-failed", {
    message: `The package sources of this machine name no mirror of Debian${none ? "" : "'s security updates"}.`,
    likelyCause: "This machine is not a Debian, or its sources are kept somewhere else than in /etc/apt.",
    nextSteps: [
      "add `deb MIRROR/debian bookworm main` and `deb MIRROR/debian-security bookworm-security main` to /etc/apt/sources.list.d/bookworm.list",
    ],
  });
}

interface Entry {
  readonly uri: string;
  readonly suites: readonly string[];
}

function oneLineEntries(sources: string): Entry[] {
  return sources.split("\n").flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(https?:\/\/\S+?)\/?\s+(\S+)\s+(.*)$/.exec(line);
    const [, uri, suite, components = ""] = match ?? [];
    return uri === undefined || suite === undefined || !/\bmain\b/.test(components) ? [] : [{ uri, suites: [suite] }];
  });
}

/** @see https://manpages.debian.org/bookworm/apt/sources.list.5.en.html#DEB822-STYLE_FORMAT */
function stanzaEntries(sources: string): Entry[] {
  return sources.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, "im").exec(stanza)?.[1]?.trim().split(/\s+/);
    const uri = field("URIs")?.find((word) => /^https?:/.test(word));
    const usable = field("Enabled")?.[0] !== "no" && field("Types")?.includes("deb") === true;
    const debian = field("Components")?.includes("main") === true;
    return uri === undefined || !usable || !debian
      ? []
      : [{ uri: uri.replace(/\/$/, ""), suites: field("Suites") ?? [] }];
  });
}

async function readSources(): Promise<string> {
  const folder = "/etc/apt/sources.list.d";
  const parts = (await readdir(folder).catch(absent)) ?? [];
  const files = [
    "/etc/apt/sources.list",
    ...parts.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(folder, name)),
  ];
  const texts = await Promise.all(files.map(async (file) => (await readFile(file, "utf8").catch(absent)) ?? ""));
  return texts.join("\n\n");
}

function absent(thrown: unknown): undefined {
  if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
  throw thrown;
}
