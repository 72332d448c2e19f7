const marker = "# kube-installer turned swap off: ";

/** fstab with every line that would turn swap on made a comment; the rest stays as it is. */
export function withoutSwap(fstab: string): string {
  return fstab
    .split("\n")
    .map((line) => (isSwapLine(line) ? `${marker}${line}` : line))
    .join("\n");
}

/** Whether a start would turn on swap because of this fstab. */
export function turnsSwapOn(fstab: string): boolean {
  return fstab.split("\n").some(isSwapLine);
}

/** @see https://man7.org/linux/man-pages/man5/fstab.5.html */
function isSwapLine(line: string): boolean {
  const [device = "", , type, options = ""] = line.trim().split(/\s+/);
  return device !== "" && !device.startsWith("#") && type === "swap" && !options.split(",").includes("noauto");
}
