import { InstallerError } from "../engine/errors.ts";

const reasons: readonly { readonly pattern: RegExp; readonly cause: string; readonly next: string }[] = [
  {
    pattern: /password is required|no tty present|no password was provided/,
    cause: "sudo asks for a password, and none was given.",
    next: "Give the node a `sudoPassword`, or allow sudo without one: `USER ALL=(ALL) NOPASSWD: ALL` in /etc/sudoers.d.",
  },
  {
    pattern: /must have a tty/,
    cause: "sudo is configured with `requiretty`.",
    next: "Add `Defaults:USER !requiretty` to a file in /etc/sudoers.d on the node.",
  },
  {
    pattern: /not in the sudoers file|not allowed to execute|may not run sudo/,
    cause: "The login user may not run every command with sudo.",
    next: "Add the user to the group `sudo` (or `wheel`) on the node, or log in as root.",
  },
  {
    pattern: /sudo: not found|sudo: command not found|sudo: No such file/,
    cause: "sudo is not installed on the node.",
    next: "Install it there, or log in as root.",
  },
  {
    pattern: /account is (?:currently )?not available|nologin/,
    cause: "The login shell of the account lets nobody in.",
    next: "Log in as a user with a shell, or give this one a shell: `chsh -s /bin/sh USER`.",
  },
  {
    pattern: /(?:setsid|base64): (?:command )?not found/,
    cause: "The node lacks `setsid` or `base64`.",
    next: "Install the packages `util-linux` and `coreutils` on the node.",
  },
];

/** What sudo, or the login shell before it, said before it gave up, put into words. */
export function sudoRefused(said: string): InstallerError {
  const output = said.trim();
  const reason = reasons.find(({ pattern }) => pattern.test(output));
  return new InstallerError("sudo-refused", {
    message: "The login user cannot become root.",
    ...(output === "" ? {} : { output }),
    ...(reason === undefined ? {} : { likelyCause: reason.cause }),
    nextSteps: [reason?.next ?? "Log in by hand and see what `sudo -v` says."],
  });
}

/** sudo asked a second time. */
export function wrongSudoPassword(): InstallerError {
  return new InstallerError("sudo-refused", {
    message: "sudo does not accept the given password.",
    likelyCause: "The password belongs to another user, or sudo wants the root password (`Defaults rootpw`).",
    nextSteps: ["Correct `sudoPassword` in the preset."],
  });
}
