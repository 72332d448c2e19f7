import { readdir, readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { type OpensshConfig, type OpensshQuestion, readOpensshConfig } from "./openssh-config.ts";

/** Answers questions about OpenSSH's configuration, as `readOpensshConfig` does. */
export type ReadConfig = (question: OpensshQuestion) => Promise<OpensshConfig | undefined>;

/**
 * Asks `ssh -G` once for all hosts where the configuration says the same of each, because a process for each of a
 * thousand nodes takes longer than logging in to them. In doubt every host is asked about by itself.
 */
export function shareOpensshConfig(ask: ReadConfig = readOpensshConfig): ReadConfig {
  const answers = new Map<string, Promise<OpensshConfig | undefined>>();
  const alike = new Map<string, Promise<boolean>>();
  return async (question) => {
    const { user = "", port, configFile = "" } = question;
    const same = alike.get(configFile) ?? isSameForEveryHost(question.configFile);
    alike.set(configFile, same);
    if (!(await same)) return ask(question);
    const key = JSON.stringify([configFile, user, port === undefined]);
    const answer = answers.get(key) ?? withoutHost(ask(question));
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}

/** Whether no part of the configuration is about some hosts only. @see https://man.openbsd.org/ssh_config.5 */
async function isSameForEveryHost(configFile: string | undefined): Promise<boolean> {
  const files =
    configFile === undefined ? [join(userInfo().homedir, ".ssh/config"), "/etc/ssh/ssh_config"] : [configFile];
  const found = await Promise.all(files.map(async (file) => saysTheSame(await textOf(file), dirname(file))));
  return found.every(Boolean);
}

async function saysTheSame(text: string | undefined, folder: string): Promise<boolean> {
  if (text === undefined) return true;
  for (const line of text.split("\n")) {
    const [, keyword = "", value = ""] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    switch (keyword.toLowerCase()) {
      case "host":
        if (value !== "*") return false;
        break;
      case "include":
        if (!(await includesNothing(value, folder))) return false;
        break;
      case "match":
      case "hostname":
      case "canonicalizehostname":
        return false;
    }
    if (keyword !== "" && value.includes("%")) return false;
  }
  return true;
}

/** Only the form of Debian's own file, and only while the folder it names is empty; anything else is doubt. */
async function includesNothing(pattern: string, folder: string): Promise<boolean> {
  const [, place] = /^([^*?[\]"'\s~$]+)\/\*\.conf$/.exec(pattern) ?? [];
  if (place === undefined) return false;
  const names = await readdir(place.startsWith("/") ? place : join(folder, place)).catch(() => []);
  return !names.some((name) => name.endsWith(".conf"));
}

/** Undefined when there is no such file; one that cannot be read is left to ssh to complain about. */
async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((thrown: unknown) => {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : "Match unreadable";
  });
}

/** The host that was asked about, and its port, are those of one host only. */
async function withoutHost(answer: Promise<OpensshConfig | undefined>): Promise<OpensshConfig | undefined> {
  const config = await answer;
  return config && new Map([...config].filter(([name]) => name !== "host" && name !== "hostname"));
}
