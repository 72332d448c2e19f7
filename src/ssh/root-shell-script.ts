import { sh } from "./shell.ts";

/**
 * The loop a root shell runs. Each request on its standard input is a line `MARK BYTES LINES`, then that many lines of
 * command text, then that many bytes of input for the command. Each command gets a process group of its own.
 * On stderr it prints `MARK GROUP` before and `MARK` after the command, on stdout `MARK EXITCODE LEFT` after it, where
 * LEFT is 1 when the command left processes behind. `read` takes no byte too many from a pipe (POSIX), nor does `head -c`.
 * Input is complete before its command begins, so that a connection breaking off never makes a command act on half of it.
 */
export const rootShellScript = sh`export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 022
cd /
newline='
'
perform() {
  group=$(setsid sh -c 'echo $$; printf "%s %s\\n" "$1" $$ >&2; exec sh -c "$2" >&3 3>&- 4<&-' sh "$mark" "$text")
  code=$?
  left=0
  kill -s 0 -- "-$group" 2>/dev/null && left=1
  printf '%s %s %s\\n' "$mark" "$code" "$left"
}
exec 3>&1
while read -r mark bytes lines; do
  text=
  while [ "$lines" -gt 0 ]; do
    IFS= read -r line || exit 1
    text=$text$line$newline
    lines=$((lines - 1))
  done
  if [ "$bytes" -gt 0 ]; then
    input=$(umask 077; mktemp -p /dev/shm 2>/dev/null || mktemp) && head -c "$bytes" >"$input"
    [ "$(wc -c <"$input")" -eq "$bytes" ] || { rm -f "$input"; exit 1; }
    exec 4<"$input"
    rm -f "$input"
    perform <&4
    exec 4<&-
  else
    perform </dev/null
  fi
  printf '%s \\n' "$mark" >&2
done`;
