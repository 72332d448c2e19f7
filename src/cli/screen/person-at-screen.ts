import type { AskingTools } from "../../ui/services.ts";
import type { Person } from "../person.ts";

/** Somebody who looks at the screen: questions cover it until they are answered. */
export function personAtScreen(ask: AskingTools["ask"]): Person {
  return {
    confirmHostKey: async ({ host, keyType, fingerprint, otherKnownKeys }, signal) => {
      const known = otherKnownKeys.length === 0 ? [] : [`Other keys are known for it: ${otherKnownKeys.join(", ")}`];
      const answer = await ask(
        {
          title: `The host key of ${host} is not known yet`,
          lines: [
            `${keyType} ${fingerprint}`,
            ...known,
            "Compare it with what this prints on the machine:",
            "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
          ],
          danger: true,
          choices: [
            { value: "no", label: "Do not trust it" },
            { value: "yes", label: "It is the same: trust it" },
          ],
          safe: "no",
        },
        signal,
      );
      return answer === "yes";
    },
    goOnWithout: async (nodes, signal) => {
      const answer = await ask(
        {
          title: `Go on without ${nodes.join(", ")}?`,
          lines: ["They cannot be used now; a later run picks up what is missing."],
          danger: false,
          choices: [
            { value: "no", label: "No, change nothing" },
            { value: "yes", label: "Go on without" },
          ],
          safe: "no",
        },
        signal,
      );
      return answer === "yes";
    },
    // Its name was typed at the review, without which nothing runs.
    confirmLoss: async () => true,
  };
}
