import { describe, expect, test } from "vitest";
import { formatProblem } from "../../../src/engine/problem.ts";
import { checkPreset } from "../../../src/preset/check-preset.ts";

const valid = [
  "apiVersion: kube-installer/v1",
  "kind: Cluster",
  "metadata: { name: demo }",
  "spec:",
  '  kubernetes: { version: "1.36.4" }',
  "  topology: { lab: { workers: 2 } }",
];

/** Line, column and message of every problem. */
function found(text: string): string[] {
  return checkPreset(text, "p.yaml").problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("accepts", () => {
  test.each([
    ["Unix line ends", valid.join("\n")],
    ["Windows line ends", valid.join("\r\n")],
    ["old Macintosh line ends", valid.join("\r")],
    ["a byte order mark", `\ufeff${valid.join("\n")}`],
    ["a document marker and comments", `# hello\n---\n${valid.join("\n")}\n# bye\n`],
    [
      "JSON, which is YAML too",
      '{"apiVersion":"kube-installer/v1","kind":"Cluster","metadata":{"name":"x"},"spec":{"topology":{"lab":{}}}}',
    ],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test("anchors and aliases", () => {
    const nodes = `nodes: [{ address: 10.0.0.1, roles: &roles [control-plane, worker] }, { address: 10.0.0.2, roles: [worker] }]`;
    const text = [
      ...valid.slice(0, 5),
      "  topology:",
      `    static: { ssh: &ssh { user: u }, ${nodes} }`,
      "  packages: {}",
    ].join("\n");
    expect(found(text)).toEqual([]);
  });
});

describe("counts lines and columns", () => {
  test("the same for every kind of line end, and behind a byte order mark", () => {
    const wrong = [...valid.slice(0, 5), "  topology: { lab: { wokers: 2 } }"];
    const expected = ['6:22 unknown key "wokers"'];
    expect(found(wrong.join("\n"))).toEqual(expected);
    expect(found(wrong.join("\r\n"))).toEqual(expected);
    expect(found(wrong.join("\r"))).toEqual(expected);
    expect(found(`\ufeff${wrong.join("\n")}`)).toEqual(expected);
  });
  test("a character beyond the basic plane as one column", () => {
    expect(found("{ 🐳: 1, kind: 3 }")).toContain("1:15 found the number 3");
  });
  test("a value inside an alias at the alias", () => {
    const text = [
      ...valid.slice(0, 2),
      "metadata: { name: &name Not_a_label }",
      "spec: { topology: { lab: { name: *name } } }",
    ];
    expect(found(text.join("\n"))).toEqual([
      '3:25 "Not_a_label" is not a DNS label',
      '4:34 "Not_a_label" is not a DNS label',
    ]);
  });
});

describe("refuses", () => {
  test.each([
    ["an empty file", "", "1:1 the file is empty"],
    ["a file of comments", "# nothing\n", "1:1 the file is empty"],
    [
      "a word",
      "hello",
      '1:1 a preset is a mapping with apiVersion, kind, metadata and spec, but this is the string "hello"',
    ],
    ["a list", "- a", "1:1 a preset is a mapping with apiVersion, kind, metadata and spec, but this is a list"],
    ["nothing at all", "~", "1:1 a preset is a mapping with apiVersion, kind, metadata and spec, but this is nothing"],
    ["a control character", "a: \u0007", "1:4 not valid YAML: the stream contains non-printable characters"],
    ["a null byte", "a: \0", "1:4 not valid YAML: null byte is not allowed in input"],
    [
      "a tag of its own",
      "!!python/object:os.system x",
      "1:1 not valid YAML: unknown scalar tag !<tag:yaml.org,2002:python/object:os.system>",
    ],
    ["an alias to nothing", "a: *b", "1:4 not valid YAML: no anchor &b stands above the alias"],
    ["an alias inside what it repeats", "a: &b [*b]", "1:8 not valid YAML: the alias *b stands inside what it repeats"],
    ["endless nesting", "[".repeat(100_000), "1:100 not valid YAML: nesting exceeded maxDepth (100)"],
  ])("%s", (_, text, problem) => {
    expect(found(text)).toEqual([problem]);
  });

  test("aliases that multiply", () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(", ")}]`;
    const text = [
      level("a", "x"),
      level("b", "*a"),
      level("c", "*b"),
      level("d", "*c"),
      level("e", "*d"),
      level("f", "*e"),
    ];
    expect(found(text.join("\n"))).toEqual(["5:36 not valid YAML: aliases repeat more than 100000 values"]);
  });

  test("merge keys, which would hide what is set", () => {
    expect(found([...valid, "<<: { kind: Cluster }"].join("\n"))).toEqual(["7:1 merge keys (<<) are not supported"]);
  });

  test("keys that mean something to JavaScript", () => {
    const text = [...valid, "__proto__: { a: 1 }", "constructor: 1", "toString: 1"].join("\n");
    expect(found(text)).toEqual([
      '7:1 unknown key "__proto__"',
      '8:1 unknown key "constructor"',
      '9:1 unknown key "toString"',
    ]);
  });

  test("a key given three times, for each time too many", () => {
    expect(found(["kind: Cluster", "kind: Cluster", ...valid].join("\n"))).toEqual([
      '2:1 the key "kind" is given twice; it already stands on line 1',
      '4:1 the key "kind" is given twice; it already stands on line 2',
    ]);
  });
});

test("of a great many problems the first are told and the rest counted", () => {
  const text = Array.from({ length: 5000 }, (_, index) => `k${index}: 1`).join("\n");
  const { problems, unlisted } = checkPreset(text, "p.yaml");
  expect(problems).toHaveLength(200);
  expect(problems.length + unlisted).toBe(5000 + 4);
});

test("a line of a megabyte is shown as the part that matters", () => {
  const text = `{ ${"a".repeat(500_000)}, kind: 7, ${"b".repeat(500_000)} }`;
  const excerpts = checkPreset(text, "p.yaml").problems.map(({ excerpt }) => excerpt?.text ?? "");
  expect(Math.max(...excerpts.map(({ length }) => length))).toBeLessThan(120);
  expect(excerpts.find((excerpt) => excerpt.includes("kind: 7"))).toMatch(/^…a+, kind: 7, b+…$/);
});

test("what could steer a terminal is not printed", () => {
  const [problem] = checkPreset(`"\\e[2J\u202ekind": 1`, "p.yaml").problems;
  expect(JSON.stringify(problem)).not.toMatch(/\\u001b\[|\u202e/);
});

test("what could steer a terminal is not printed in a hint, either", () => {
  const runtime = "spec: { runtime: { registryMirrors: \u0085x } }";
  const hints = checkPreset(runtime, "p.yaml").problems.map(({ hint }) => hint);
  expect(hints).toContain("write a list: [�x]");
});

test("a password in an address is printed nowhere, however it is refused", () => {
  const mirrors = (value: string) => `spec: { runtime: { registryMirrors: ${value} } }`;
  const long = `http://user:planted-${"x".repeat(80)}@10.0.0.1:3142`;
  for (const value of [
    "http://user:planted@10.0.0.1:3142",
    "http://user:a@planted@10.0.0.1",
    "[ 'ftp://user:planted@10.0.0.1' ]",
    long,
  ]) {
    const { problems } = checkPreset(mirrors(value), "p.yaml");
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map(formatProblem).join("\n")).not.toContain("planted");
  }
});
