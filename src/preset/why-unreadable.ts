const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "you may not",
  EPERM: "you may not",
  EISDIR: "it is a folder",
};

/** Why a file cannot be read, in words an operator understands. */
export function whyUnreadable(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return ("code" in thrown ? reasons[String(thrown.code)] : undefined) ?? thrown.message;
}
