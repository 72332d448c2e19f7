import { importCsv, separatorOf } from "./import-csv.ts";
import { importHosts, looksLikeHosts } from "./import-hosts.ts";
import { importIni, looksLikeIni } from "./import-ini.ts";
import { importLines } from "./import-lines.ts";
import { type Imported, linesOf } from "./import-parts.ts";
import { importYaml, looksLikeYaml } from "./import-yaml.ts";

/** In characters: a longer text is no list of machines. */
const longestText = 1_000_000;
const mostMachines = 5000;

/**
 * The machines a text names, whichever of these it is: addresses, lines of name, address and roles, CSV, an Ansible
 * inventory in INI or YAML, lines of /etc/hosts. Never throws; what is not understood is a problem with its line.
 */
export function importMachines(text: string): Imported {
  if (text.length > longestText)
    return { machines: [], problems: [{ line: 1, reason: "this is too long for a list of machines" }] };
  const imported = parse(text);
  const over = imported.machines[mostMachines];
  if (over === undefined) return imported;
  const reason = `no more than ${mostMachines} machines are taken`;
  return {
    machines: imported.machines.slice(0, mostMachines),
    problems: [...imported.problems, { line: over.line, reason }],
  };
}

function parse(text: string): Imported {
  const lines = linesOf(text);
  if (lines.length === 0) return { machines: [], problems: [] };
  if (looksLikeIni(lines)) return importIni(lines);
  if (looksLikeYaml(lines)) return importYaml(text);
  const separator = separatorOf(lines);
  if (separator !== undefined) return importCsv(lines, separator);
  return looksLikeHosts(lines) ? importHosts(lines) : importLines(lines);
}
