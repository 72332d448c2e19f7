import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Fleet, startFleet } from "./start-fleet.ts";

/** Scripts whose output does not depend on the machine; the stand-in's shell must print what a real one prints. */
const scripts: Readonly<Record<string, string>> = {
  quoting: `a='it'"'"'s'; b="two  blanks"; echo "$a" $b "$b" \\$a '$a' "\\$a \\"quoted\\""`,
  "word splitting": `list='one two
three'; for word in $list "$list"; do printf '<%s>' "$word"; done; set -- $list; echo " $# $2"`,
  "arguments and shift": `set -- a 'b c' d; printf '<%s>' "$@"; shift; echo " $# $1"; count() { echo "$# $1"; }; count "$@"`,
  "parameters cut at either end": `path=/etc/cni/net.d/10-x.conflist; echo "\${path%/*} \${path##*/} \${path#/etc} \${path%%.*} \${none:-usual} \${path:+set} \${#path}"`,
  sums: `left=3; while [ "$left" -gt 0 ]; do left=$((left - 1)); printf '%s ' "$left"; done; echo $((2 + 3 * (4 - 1))) $((7 / 2)) $((7 % 4))`,
  "if, elif, else": `for n in 1 2 3; do if [ $n -eq 1 ]; then echo one; elif [ $n = 2 ]; then echo two; else echo many; fi; done`,
  "case with patterns": `for word in enabled enabled-runtime /etc/x 'a*b'; do case $word in enabled) echo 1 ;; enabled*|generated) echo 2 ;; /etc/*|/var/lib/cni*) echo 3 ;; 'a*b') echo 4 ;; *) echo 5 ;; esac; done`,
  "and, or, not": `false && echo no || echo yes; true && ! false && echo both; ! true || echo or; [ -z "" ] && [ -n x ] && echo tests`,
  "errexit ends a script": `set -e; false || echo caught; if false; then echo no; fi; ! true; ( false ) || echo sub; false; echo never`,
  "errexit ends a subshell": `set -e; ( echo in; false; echo never ) && echo no; echo after`,
  "exit codes": `( exit 7 ); echo $?; f() { return 3; }; f; echo $?; false | true; echo $?; true | false; echo $?`,
  "the last command decides": `f() { [ -z "$1" ] || echo there; }; f; echo $?; f x; echo $?`,
  "reading lines": `printf 'used 755 0 0 /etc/cni\\nempty 700 0 0 /a b\\nlast' | while read -r state mode rest; do echo "$state|$mode|$rest"; done`,
  "reading without splitting": `printf '  two  \\n\\\\n\\n' | while IFS= read -r line; do echo "<$line>"; done`,
  "several readers of one input": `printf 'abcdefgh' | { head -c 3 >/dev/null; cat; }; echo`,
  "functions that call themselves": `down() { [ "$1" -eq 0 ] && return; printf '%s ' "$1"; ( down $(($1 - 1)) ); }; down 3; echo .`,
  redirections: `{ echo out; echo err >&2; } 2>&1 | sort; { echo gone >&2; } 2>/dev/null; echo x >/dev/null; exec 3>&1; echo three >&3`,
  "output of commands": `text=$(printf 'a\\n\\nb\\n\\n'); echo "<$text>"; echo "$(echo "$(echo nested "quoted")")"; f=$(false) || echo failed`,
  "a trap at the end": `trap 'echo last' EXIT; echo first; exit 4`,
  "break and continue": `for a in 1 2 3 4; do [ $a -eq 2 ] && continue; [ $a -eq 4 ] && break; echo $a; done`,
  eval: `name=value; eval "echo \\"\\$name\\""; eval 'x=1; y=2'; echo $x$y`,
  printf: `printf '%s %s\\n' a b c; printf '%d|%5s|%-5s|\\n' 7 x y; printf '\\036%s\\n' mark; printf '%s\\n'`,
  grep: `printf 'one\\ntwo\\nthree.x\\n' | grep -c o; printf 'a b\\na\\n' | grep -x a; printf 'x.y\\nxzy\\n' | grep -F x.y; printf 'A\\nb\\n' | grep -iv a; printf 'k 1\\n' | grep -qE '^(k|l) ' && echo found; printf 'word words\\n' | grep -w words`,
  sed: `echo 'a  b' | sed 's/  / x /'; printf 'one\\ntwo\\n' | sed 's/$/ made/'; printf 'K=v\\nL=w\\n' | sed -n 's/^K=//p'; printf 'a\\nb\\n' | sed -n 2p`,
  "text tools": `printf 'b\\na\\nb\\n' | sort -u; printf '1\\n2\\n3\\n' | tail -n +2; printf '1\\n2\\n3\\n' | tail -n 1; printf 'abcdef\\n' | cut -c 1-3; printf 'a\\tb' | tr '\\t' ' '; echo; printf 'text' | base64 -w 0; echo; echo dGV4dA== | base64 -d; echo; printf 'x' | sha256sum; printf '1\\n2\\n' | tac; printf 'abc' | wc -c`,
  awk: `printf 'a b c\\nd e f\\n' | awk '{ print $1 }'; printf 'x y\\n' | awk '{ print $2, $1 }'`,
  globs: `cd /usr/bin && for file in /usr/bin/env /usr/bi[n]/en*v /nowhere/*; do echo "$file"; done; echo "/usr/bin/en*v"`,
};

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ nodes: 1, latency: { command: 0 }, work: 0 });
});
afterAll(() => fleet.stop());

/** As a real shell runs it, with the same environment. */
function inRealShell(script: string) {
  const options = { env: { PATH: "/usr/sbin:/usr/bin", LC_ALL: "C" }, encoding: "latin1", cwd: "/" } as const;
  try {
    return {
      exitCode: 0,
      stdout: execFileSync("sh", ["-c", script], { ...options, stdio: ["ignore", "pipe", "ignore"] }),
    };
  } catch (thrown) {
    const { status, stdout } = thrown as { status: number; stdout: string };
    return { exitCode: status, stdout };
  }
}

describe("the stand-in's shell prints what a real one prints", () => {
  test.each(Object.entries(scripts))("%s", async (_name, script) => {
    const answer = await fleet.node("cp-1").perform(script, "", 1);
    expect({ exitCode: answer?.exitCode, stdout: answer?.stdout }).toEqual(inRealShell(script));
    expect(fleet.unknownCommands).toEqual([]);
  });
});

test("what nobody taught the fleet fails and is recorded", async () => {
  const answer = await fleet
    .node("cp-1")
    .perform("mkfs.ext4 /dev/vda || echo refused; systemctl isolate rescue", "", 1);
  expect(answer).toMatchObject({ exitCode: 127, stdout: "refused\n" });
  expect(fleet.unknownCommands.splice(0)).toEqual(["cp-1: mkfs.ext4 /dev/vda", "cp-1: systemctl isolate rescue"]);
});
