import { type Command, sh } from "../../ssh/shell.ts";
import { receiptFolder, recordOf } from "./paths.ts";

/**
 * Notes, before a step writes files, what is there: a copy with its mode, owner and time in `originals/`, or a line in
 * `absent`. The first note wins, so a second run does not take our own file for the original. Folders that must be made
 * are noted for the whole receipt, because files of several steps may lie in one.
 */
export function keepFiles(stepId: string, paths: readonly string[]): Command {
  const record = recordOf(stepId);
  return sh`mkdir -p -m 0700 ${receiptFolder} && mkdir -p ${record} || exit
keep_folder() {
  [ -d "$1" ] || [ -z "$1" ] && return
  ( keep_folder "\${1%/*}" )
  printf '%s\\n' "$1" >>${receiptFolder}/folders-made
}
for path in ${paths}; do
  if grep -qsxF -e "$path" ${record}/absent || [ -e ${record}/originals"$path" ] || [ -L ${record}/originals"$path" ]; then continue; fi
  if [ -e "$path" ] || [ -L "$path" ]; then
    mkdir -p ${record}/originals"\${path%/*}" && rm -f ${record}/part &&
      cp -a -- "$path" ${record}/part && mv -fT ${record}/part ${record}/originals"$path" || exit
  else
    keep_folder "\${path%/*}"
    printf '%s\\n' "$path" >>${record}/absent || exit
  fi
done`;
}

/** Puts every file the step noted back as it was; may be repeated. */
export function restoreFiles(stepId: string): Command {
  const record = recordOf(stepId);
  return sh`if [ -f ${record}/absent ]; then
  while IFS= read -r path; do rm -f -- "$path" "$path.part" || exit; done <${record}/absent
fi
if [ -d ${record}/originals ]; then
  find ${record}/originals ! -type d -printf '/%P\\n' | while IFS= read -r path; do
    mkdir -p "\${path%/*}" && rm -f -- "$path.part" &&
      cp -a -- ${record}/originals"$path" "$path.part" && mv -fT -- "$path.part" "$path" || exit
  done || exit
fi`;
}
