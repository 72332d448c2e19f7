import { type Command, sh } from "../../ssh/shell.ts";
import { recordOf } from "./paths.ts";

/** Notes, before a step changes a systemd unit, whether it was enabled and whether it ran; the first note wins. */
export function keepService(stepId: string, unit: string): Command {
  const record = recordOf(stepId);
  return sh`mkdir -p ${record}
grep -qs ${`^${unit} `} ${record}/services ||
  printf '%s %s %s\\n' ${unit} "$(systemctl is-enabled ${unit} 2>/dev/null || true)" "$(systemctl is-active ${unit} || true)" |
    sed 's/  / not-found /' >>${record}/services`;
}

/** Stops what did not run and disables what was not enabled before; comes before the files of the units are restored. */
export function quietServices(stepId: string): Command {
  const record = recordOf(stepId);
  return sh`if [ -f ${record}/services ]; then
  while read -r unit enabled active; do
    systemctl cat "$unit" >/dev/null 2>&1 || continue
    [ "$active" = active ] || systemctl stop "$unit" || exit
    [ "$enabled" = enabled ] || systemctl disable --quiet "$unit" || exit
  done <${record}/services
fi`;
}

/** Enables what was enabled and starts what ran; comes after the files of the units are restored. */
export function reviveServices(stepId: string): Command {
  const record = recordOf(stepId);
  return sh`if [ -f ${record}/services ]; then
  systemctl daemon-reload || exit
  while read -r unit enabled active; do
    systemctl reset-failed "$unit" 2>/dev/null
    [ "$enabled" != enabled ] || systemctl enable --quiet "$unit" || exit
    [ "$active" != active ] || systemctl start "$unit" || exit
  done <${record}/services
fi`;
}
