import type { Answer } from "../ask.ts";
import type { Facts } from "../facts.ts";
import { linesOf, rowsOf } from "./text.ts";

/** Packages, tools and units that are there, and the state of the package manager. */
export function parseSoftware(answer: Answer): Pick<Facts, "installed" | "commands" | "services" | "packages"> {
  return {
    installed: { ...parsePackages(answer("packages")), ...parseVersions(answer("versions")) },
    commands: Object.fromEntries(linesOf(answer("commands")).map((path) => [path.replace(/^.*\//, ""), path])),
    services: parseServices(answer("services")),
    packages: {
      broken: rowsOf(answer("dpkg-audit")).map(([, name = ""]) => name),
      ...parseLock(answer("dpkg-lock")),
      candidates: parseCandidates(answer("package-candidates")),
      sources: parseSources(answer("package-sources")),
    },
  };
}

function parsePackages(text: string): Record<string, string> {
  return Object.fromEntries(
    rowsOf(text).flatMap(([name = "", status = "", version]) =>
      status.startsWith("ii") && version !== undefined ? [[name.replace(/:.*$/, ""), version]] : [],
    ),
  );
}

/** What a tool says of itself wins over its package, because the one in PATH is the one that runs. */
function parseVersions(text: string): Record<string, string> {
  return Object.fromEntries(
    linesOf(text).flatMap((line) => {
      const [name = ""] = line.split(" ");
      const version = /(?:^|[^\d.])(\d+\.\d+[\w.+~-]*)/.exec(line.slice(name.length))?.[1];
      return version === undefined ? [] : [[name, version]];
    }),
  );
}

function parseServices(text: string): Facts["services"] {
  const units = text.split("\n\n").map((block) => new Map(linesOf(block).map((line) => split(line))));
  return Object.fromEntries(
    units.flatMap((unit) => {
      const name = unit.get("Id")?.replace(/\.service$/, "");
      if (name === undefined || unit.get("LoadState") === "not-found") return [];
      const state = { active: unit.get("ActiveState") === "active", enabled: unit.get("UnitFileState") === "enabled" };
      return [[name, state]];
    }),
  );
}

function split(line: string): [string, string] {
  const equals = line.indexOf("=");
  return [line.slice(0, equals), line.slice(equals + 1)];
}

function parseLock(text: string): { lockedBy?: string } {
  const [pid, name] = rowsOf(text)[0] ?? [];
  return pid === undefined ? {} : { lockedBy: `${name ?? "a process"} (pid ${pid})` };
}

function parseCandidates(text: string): Record<string, string> {
  const found = [...text.matchAll(/^(\S+):\n(?: {2}.*\n)*? {2}Candidate: (\d\S*)$/gm)];
  return Object.fromEntries(found.map(([, name = "", version = ""]) => [name, version]));
}

function parseSources(text: string): readonly string[] {
  const proxy = /^Acquire::http::Proxy "([^"]+)";$/m.exec(text)?.[1];
  const urls = linesOf(text).flatMap((line) =>
    /^(?:deb\s|uris:)/i.test(line) ? (line.match(/https?:\/\/[^\s\]]+/g) ?? []) : [],
  );
  const wanted = proxy === undefined || proxy === "DIRECT" ? urls : [proxy];
  return [...new Set(wanted.flatMap(hostAndPort))];
}

function hostAndPort(text: string): readonly string[] {
  if (!URL.canParse(text)) return [];
  const url = new URL(text);
  return [`${url.hostname}:${url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port}`];
}
