import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { type ShellValue, sh } from "../../../src/ssh/shell.ts";

/** How many values go through which shell; `npm run fuzz` asks for 100,000 through each. */
const others = Number(process.env.FUZZ_RUNS ?? 10_000);
const shells: [count: number, shell: string][] = [
  [100_000, "/bin/sh"],
  [others, "dash"],
  [others, "bash"],
  [others, "bash --posix"],
  [others, "busybox sh"],
];
const valuesAtOnce = 1000;

const run = (text: string): string => execFileSync("/bin/sh", ["-c", text], { encoding: "utf8" });

describe("sh", () => {
  it("quotes a value as one word", () => {
    expect(sh`rm -- ${"a file; reboot"}`.text).toBe("rm -- 'a file; reboot'");
    expect(sh`echo ${"it's"}`.text).toBe("echo 'it'\\''s'");
    expect(sh`echo ${""}`.text).toBe("echo ''");
  });

  it("leaves harmless words readable", () => {
    expect(sh`systemctl restart ${"containerd.service"} --lines=${5}`.text).toBe(
      "systemctl restart containerd.service --lines=5",
    );
  });

  it("quotes what a shell would take for grammar", () => {
    expect(run(sh`${"echo"} ${"if"}`.text)).toBe("if\n");
    expect(sh`${"if"} x`.text).toBe("'if' x");
    expect(sh`${"A=B"} x`.text).toBe("'A=B' x");
    expect(run(sh`a=1; echo $a${"b"}`.text)).toBe("1b\n");
    expect(run(sh`echo ${2}>/dev/null; echo ${"i"}${"f"}`.text)).toBe("if\n");
  });

  it("makes one word of each element of an array", () => {
    expect(run(sh`printf '[%s]' ${["a b", "$HOME", 7]}`.text)).toBe("[a b][$HOME][7]");
    expect(sh`apt-get install ${[]}`.text).toBe("apt-get install ");
  });

  it("splices commands", () => {
    const inner = sh`echo ${"a  b"}`;
    expect(run(sh`${inner} && x="$(${inner})" && echo "$x"`.text)).toBe("a  b\na  b\n");
    expect(run(sh`sh -c ${inner.text}`.text)).toBe("a  b\n");
  });

  it("refuses secrets at run time, and the type checker refuses them before", () => {
    // @ts-expect-error a Secret is no ShellValue
    expect(() => sh`echo ${new Secret("hunter22")}`).toThrow(/not text: Secret/);
    // @ts-expect-error nor inside an array
    expect(() => sh`echo ${["a", new Secret("hunter22")]}`).toThrow(/not text: Secret/);
    // @ts-expect-error an object with a text is not a command
    expect(() => sh`echo ${{ text: "reboot" }}`).toThrow(/not text: Object/);
  });

  it("refuses what a shell cannot carry", () => {
    expect(() => sh`echo ${"a\0b"}`).toThrow(/NUL/);
    expect(() => sh`echo ${"\ud800"}`).toThrow(/Unicode/);
    expect(() => sh`echo ${Number.NaN}`).toThrow(/not text: NaN/);
  });

  it.each<[string, () => unknown]>([
    ["double quotes", () => sh`echo "${"x"}"`],
    ["single quotes", () => sh`echo '${"x"}'`],
    ["a comment", () => sh`# about ${"x"}`],
    ["a backslash", () => sh`echo \\${"x"}`],
    ["a dollar sign", () => sh`echo $${"x"}`],
    ["double quotes around a substitution that has ended", () => sh`echo "$(date) ${"x"}"`],
  ])("refuses a placeholder behind %s", (_where, build) => {
    expect(build).toThrow(/placeholder/);
  });

  it("refuses templates whose quoting cannot be followed", () => {
    expect(() => sh`cat <<EOF ${"x"}`).toThrow(/here-document/);
    expect(() => sh`echo \`date\``).toThrow(/backtick/);
    expect(() => sh`echo "open`).toThrow(/open quote/);
  });

  it("follows quotes, escapes and comments without being misled", () => {
    expect(
      run(
        sh`echo "it's" # it's a comment
      echo \\" $(echo "(" ')' ${"in  side"}) \\' ${"x"}`.text,
      ),
    ).toBe("it's\n\" ( ) in side ' x\n");
  });

  it.each(shells)(
    "carries %s random values unharmed through a real shell: %s",
    { timeout: 1_800_000 },
    (count, shell) => {
      const value = fc.oneof(
        fc.string({ unit: "binary", maxLength: 12 }),
        fc.string({ unit: fc.constantFrom(..."'\"\\$`!*?[]{}()<>|&;#~=% \t\n\rab"), maxLength: 12 }),
      );
      const values = fc.array(
        value.map((text) => text.replaceAll("\0", "")),
        { minLength: valuesAtOnce, maxLength: valuesAtOnce },
      );
      fc.assert(
        fc.property(values, (list) => {
          expect(printed(list, shell)).toEqual(list);
        }),
        { numRuns: Math.ceil(count / valuesAtOnce), endOnFailure: true },
      );
    },
  );
});

function printed(list: readonly string[], shell: string): string[] {
  const words: ShellValue = list;
  const [program = "", ...args] = shell.split(" ");
  const output = execFileSync(program, [...args, "-c", sh`printf '%s\\0' ${words}`.text], { encoding: "utf8" });
  return output.split("\0").slice(0, -1);
}
