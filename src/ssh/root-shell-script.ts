import { sh } from "./shell.ts";

/** What to write to a root shell to end the command it runs; without one it does nothing. */
export const endRequest = "end\n";

/**
 * The loop a root shell runs. Each request on its standard input is a line `MARK BYTES LINES`, then that many lines of
 * command text, then that many bytes of input for the command. Each command gets a process group of its own.
 * On stderr it prints `MARK GROUP` before and `MARK` after the command, on stdout `MARK EXITCODE LEFT` after it, where
 * LEFT is 1 when the command left processes behind. `read` takes no byte too many from a pipe (POSIX), nor does `head -c`.
 * Input is complete before its command begins, so that a connection breaking off never makes a command act on half of it.
 *
 * While a command runs, the loop goes on reading: a line `end`, and also the end of the input, when the connection is
 * gone, ends the command's group with TERM, and a second later with KILL. So no command runs on unobserved, and ending
 * one needs no further channel. The loop asks the job in between again and again, because a signal that comes before the
 * job listens, or between two commands of it, may be overlooked; so may one that comes before a command leads its group.
 */
export const rootShellScript = sh`export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 022
cd /
newline='
'
job=
finish() {
  printf '%s %s %s\\n' "$mark" "$1" "$2"
  printf '%s \\n' "$mark" >&2
}
end_group() {
  trap '' TERM
  asked=
  patience=10
  while kill -s 0 -- "-$group" 2>/dev/null || kill -s 0 "$group" 2>/dev/null; do
    [ "$patience" -gt 0 ] || { kill -s KILL -- "-$group" 2>/dev/null || kill -s KILL "$group" 2>/dev/null; break; }
    [ -n "$asked" ] || { kill -s TERM -- "-$group" 2>/dev/null && asked=1; } || kill -s TERM "$group" 2>/dev/null
    patience=$((patience - 1))
    sleep 0.1
  done
}
perform() {
  ending=
  trap 'ending=1' TERM
  setsid sh -c 'printf "%s %s\\n" "$1" $$ >&2; exec sh -c "$2"' sh "$mark" "$text" <&4 4<&- &
  group=$!
  wait "$group" 2>/dev/null
  code=$?
  left=0
  if [ -n "$ending" ]; then
    end_group
    wait "$group" 2>/dev/null
    code=$?
  elif kill -s 0 -- "-$group" 2>/dev/null; then
    left=1
  fi
  finish "$code" "$left"
  exit 0
}
end_job() {
  [ -n "$job" ] || return 0
  while kill -s TERM "$job" 2>/dev/null; do sleep 0.1; done
  wait "$job" 2>/dev/null || finish 143 0
  job=
}
while read -r word bytes lines; do
  if [ "$word" = end ]; then end_job; continue; fi
  [ -z "$job" ] || wait "$job" 2>/dev/null
  mark=$word
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
  else
    exec 4</dev/null
  fi
  perform &
  job=$!
  exec 4<&-
done
end_job`;
