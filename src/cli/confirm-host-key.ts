import type { HostKeyQuestion } from "../ssh/host-key-question.ts";
import { ask } from "./ask.ts";

/** Shows an unknown host key to the person at the terminal; only a typed `yes` accepts it. */
export async function confirmHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean> {
  const { host, keyType, fingerprint, otherKnownKeys } = question;
  const known = otherKnownKeys.length === 0 ? "" : `\nOther keys are known for it: ${otherKnownKeys.join(", ")}`;
  const answer = await ask(
    `The host key of ${host} is not known yet.\n  ${keyType} ${fingerprint}${known}\n` +
      "Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the machine. Accept it? [yes/No] ",
    signal,
  );
  return answer.toLowerCase() === "yes";
}
