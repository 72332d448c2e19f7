import { parse, type TomlTable } from "smol-toml";
import { InstallerError } from "../../engine/errors.ts";
import {
  type ConfigurationVersion,
  containerdSettings,
  newestConfiguration,
  type RuntimeWishes,
} from "./containerd-settings.ts";
import { editToml, type TomlSetting, valueAt } from "./toml-edit.ts";

/** The file containerd reads unless told otherwise. */
export const configurationPath = "/etc/containerd/config.toml";

/** Names under which the Kubernetes interface can be switched off; Docker's packages do so. */
const criPlugin = /^(?:io\.containerd\.(?:grpc|cri)\.v1\.)?cri$/;

/**
 * The configuration file with Kubernetes' wishes in it and everything else kept; in the form the file has, or a new one
 * in the newest form the release reads.
 * @throws InstallerError `step-failed` for a file that is no TOML, or in the form of before containerd 1.3
 */
export function wantedConfiguration(text: string, containerdVersion: string, wishes: RuntimeWishes): string {
  const table = parsed(text);
  const form = formOf(table) ?? newestConfiguration(containerdVersion);
  const disabled = valueAt(table, ["disabled_plugins"]);
  const kept = Array.isArray(disabled)
    ? disabled.filter((name) => typeof name === "string" && !criPlugin.test(name))
    : [];
  const settings: readonly TomlSetting[] = [
    ...(formOf(table) === undefined ? [{ path: ["version"], value: form }] : []),
    ...(Array.isArray(disabled) && kept.length < disabled.length
      ? [{ path: ["disabled_plugins"], value: kept.map(String) }]
      : []),
    ...containerdSettings(form, wishes).filter(({ path, value }) => !same(valueAt(table, path), value)),
  ];
  return settings.length === 0 ? text : editToml(text, settings);
}

/**
 * The wishes that the configuration in effect, as `containerd config dump` prints it, does not fulfil; each in words.
 */
export function unfulfilled(dump: string, wishes: RuntimeWishes): readonly string[] {
  const table = parsed(dump);
  const form = formOf(table) ?? 2;
  const disabled = valueAt(table, ["disabled_plugins"]);
  const off = Array.isArray(disabled) && disabled.some((name) => typeof name === "string" && criPlugin.test(name));
  return [
    ...(off ? ["the plugin cri is switched off"] : []),
    ...containerdSettings(form, wishes).flatMap(({ path, value }) => {
      const found = valueAt(table, path);
      return same(found, value) ? [] : [`${path.at(-1)} is ${found === undefined ? "not set" : JSON.stringify(found)}`];
    }),
  ];
}

function same(found: unknown, wanted: unknown): boolean {
  return JSON.stringify(found) === JSON.stringify(wanted);
}

function formOf(table: TomlTable): ConfigurationVersion | undefined {
  const version = table.version;
  if (version === 2 || version === 3) return version;
  if (table.plugins === undefined) return undefined;
  throw new InstallerError("step-failed", {
    message: `${configurationPath} is in the old form 1, in which plugins have short names.`,
    nextSteps: [`convert it on the node: \`containerd config migrate\`, put the output into ${configurationPath}`],
  });
}

function parsed(text: string): TomlTable {
  try {
    return parse(text);
  } catch (cause) {
    throw new InstallerError("step-failed", {
      message: `${configurationPath} cannot be read: ${cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause)}`,
      nextSteps: [`repair ${configurationPath} on the node, or move it away`],
      cause,
    });
  }
}
