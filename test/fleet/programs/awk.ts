import { linesOf } from "../shell/streams.ts";
import { type Call, parsed, unknown } from "./program.ts";
import { texts } from "./text.ts";

interface Line {
  readonly number: number;
  readonly whole: string;
  /** `$1` is `field(1)`. */
  field(number: number): string;
  readonly last: string;
}

interface Told {
  readonly variables: ReadonlyMap<string, string>;
  readonly print: (text: string) => void;
}

type Rule = (line: Line, told: Told) => void;

const print =
  (text: (line: Line, told: Told) => string, when: (line: Line, told: Told) => boolean = () => true): Rule =>
  (line, told) => {
    if (when(line, told)) told.print(text(line, told));
  };

const variable = (name: string, { variables }: Told): string => variables.get(name) ?? "";

/** Every awk program the product sends, by its text. A program not listed is refused as soon as it gets input. */
const programs: Readonly<Record<string, Rule>> = {
  "{ print $1 }": print((line) => line.field(1)),
  "{ print $3 }": print((line) => line.field(3)),
  "{ print $2, $1 }": print((line) => `${line.field(2)} ${line.field(1)}`),
  'NR > 1 { print namespace "/" $1 }': print(
    (line, told) => `${variable("namespace", told)}/${line.field(1)}`,
    (line) => line.number > 1,
  ),
  "index($2, folder) == 1 { print $2 }": print(
    (line) => line.field(2),
    (line, told) => line.field(2).startsWith(variable("folder", told)),
  ),
  '$2 ~ "^/var/lib/kubelet/" { print $2 }': print(
    (line) => line.field(2),
    (line) => line.field(2).startsWith("/var/lib/kubelet/"),
  ),
  '$2 == "reinstreq" { print $1 }': print(
    (line) => line.field(1),
    (line) => line.field(2) === "reinstreq",
  ),
  '$2 == "-" && $NF ~ /\\.deb$/ { print $1 }': print(
    (line) => line.field(1),
    (line) => line.field(2) === "-" && line.last.endsWith(".deb"),
  ),
  "$1 == name && $NF ~ /\\.deb$/ { print $NF }": print(
    (line) => line.last,
    (line, told) => line.field(1) === variable("name", told) && line.last.endsWith(".deb"),
  ),
  "$1 !~ /^un/ { print $2 }": print(
    (line) => line.field(2),
    (line) => !line.field(1).startsWith("un"),
  ),
};

/** `awk` with one of the product's programs; over no input every program without BEGIN and END prints nothing. */
export function runAwk(call: Call): number {
  const variables = new Map<string, string>();
  const { operands } = parsed(withoutVariables(call, variables), []);
  const [text = "", ...paths] = operands;
  const { text: data, missing } = texts(call, paths);
  const lines = linesOf(data);
  if (/\b(?:BEGIN|END)\b/.test(text)) return unknown(call);
  const rule = programs[text.trim()];
  for (const [index, whole] of lines.entries()) {
    if (rule === undefined) return unknown(call);
    const words = whole.trim().split(/\s+/);
    const line: Line = {
      number: index + 1,
      whole,
      field: (number) => words[number - 1] ?? "",
      last: words.at(-1) ?? "",
    };
    rule(line, { variables, print: (printed) => call.stdout.write(`${printed}\n`) });
  }
  return missing ? 2 : 0;
}

function withoutVariables(call: Call, variables: Map<string, string>): Call {
  const args = [...call.args];
  while (args[0] === "-v") {
    const [, assignment = ""] = args.splice(0, 2);
    const equals = assignment.indexOf("=");
    variables.set(assignment.slice(0, equals), assignment.slice(equals + 1));
  }
  return { ...call, args };
}
