import { differs, missing, satisfied } from "../../engine/step.ts";
import { type Command, sh } from "../../ssh/shell.ts";
import { step } from "../context.ts";
import { filledFolders, mountedFolders } from "./folders.ts";
import { cacheFolder, receiptFolder } from "./paths.ts";

const begun = `${receiptFolder}/folders-before`;
const made = `${receiptFolder}/folders-made`;

/** Opens the receipt before anything on the node is changed; as the last undo, closes and removes it. */
export const receipt = step({
  id: "os.receipt",
  title: "Open the receipt of changes",
  on: "node",
  check: async ({ node }) => {
    const { stdout } = await node.read(sh`[ ! -f ${begun} ] || stat -c %a ${receiptFolder}`);
    if (stdout === "") return missing("this node has no receipt yet");
    return stdout.trim() === "700" ? satisfied(receiptFolder) : differs(`${receiptFolder} is open to others`);
  },
  apply: async ({ node }) => {
    await node.change("note which folders there are", noteFolders);
  },
  undo: {
    title: "Remove the receipt",
    check: async ({ node }) => {
      const { stdout } = await node.read(sh`[ ! -e ${receiptFolder} ] || echo there`);
      return stdout === ""
        ? satisfied("no receipt")
        : differs("everything in it has been restored", {
            danger: "folders of Kubernetes and containerd that were absent or empty before are emptied",
          });
    },
    apply: async ({ node }) => {
      await node.change("restore folders and remove the receipt", restoreFolders);
    },
  },
});

const noteFolders: Command = sh`mkdir -p -m 0700 ${receiptFolder} && chmod 0700 ${receiptFolder} || exit
[ ! -f ${begun} ] || exit 0
for folder in ${mountedFolders}; do [ -d "$folder" ] || echo "$folder"; done >${made}
for folder in ${filledFolders}; do
  if [ ! -d "$folder" ]; then state=absent
  elif [ -z "$(ls -A "$folder")" ]; then state=empty
  else state=used; fi
  printf '%s %s %s\\n' "$state" "$(stat -c '%a %u %g' "$folder" 2>/dev/null || echo - - -)" "$folder"
done >${begun}.part && mv ${begun}.part ${begun}`;

const restoreFolders: Command = sh`inside() { awk -v "folder=$1/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | sort -r; }
if [ -f ${begun} ]; then
  while read -r state mode user group folder; do
    if [ "$state" = used ] || [ "$state" = empty ]; then
      [ -d "$folder" ] || install -d -m "$mode" -o "$user" -g "$group" "$folder" || exit
    fi
    [ "$state" != used ] && [ -d "$folder" ] || continue
    inside "$folder" | while read -r mount; do umount "$mount" || exit; done || exit
    find "$folder" -xdev -mindepth 1 -delete || exit
    if [ "$state" = empty ]; then chmod "$mode" "$folder" && chown "$user:$group" "$folder" || exit; else rmdir "$folder" || exit; fi
  done <${begun}
fi
if [ -f ${made} ]; then
  sort -ru ${made} | while IFS= read -r folder; do
    [ ! -d "$folder" ] || rmdir --ignore-fail-on-non-empty "$folder"
  done
fi
rm -rf ${[receiptFolder, cacheFolder]}`;
