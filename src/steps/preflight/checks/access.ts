import type { ErrorCode } from "../../../engine/errors.ts";
import type { Check } from "../check.ts";
import type { Evidence } from "../evidence.ts";

/** A node one cannot log in to, or that does not answer after the login. */
export const login: Check = {
  id: "access.login",
  looksAt: "connection, host key and login of each node",
  limit: "a login within the time limit",
  severity: "error",
  source: "https://man.openbsd.org/ssh.1",
  look: (evidence) => absent(evidence, (code) => code !== "sudo-refused"),
};

/** The login user must be root or become it without being asked anything we cannot answer. */
export const root: Check = {
  id: "access.root",
  looksAt: "whether the login user may become root",
  limit: "root, passwordless sudo, or sudo with the password of the preset",
  severity: "error",
  source: "https://www.sudo.ws/docs/man/sudoers.man/",
  look: (evidence) => absent(evidence, (code) => code === "sudo-refused"),
};

function absent(evidence: Evidence, concerned: (code: ErrorCode) => boolean) {
  return evidence.absent
    .filter(({ error }) => concerned(error.code))
    .map(({ name, error }) => ({
      severity: "error" as const,
      node: name,
      message: error.message.replace(/\.$/, ""),
      measured: error.code,
      fix: error.details.nextSteps?.[0] ?? error.details.likelyCause ?? "see the message",
    }));
}
