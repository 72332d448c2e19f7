import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, rmSync, writeFileSync } from "node:fs";

/** A real user of this machine that exists for the time of a test. */
export interface TestUser {
  readonly name: string;
  readonly password: string;
  /** Replaces what the user may do with sudo; nothing without rules. */
  allow(...rules: readonly string[]): void;
  remove(): void;
}

/** Makes a user with a random name and password. */
export function createTestUser(): TestUser {
  const name = `kitest${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  const sudoers = `/etc/sudoers.d/${name}`;
  execFileSync("useradd", ["--create-home", "--shell", "/bin/bash", name]);
  execFileSync("chpasswd", { input: `${name}:${password}\n` });
  const allow = (...rules: readonly string[]): void => {
    rmSync(sudoers, { force: true });
    if (rules.length === 0) return;
    writeFileSync(sudoers, `${rules.map((rule) => rule.replaceAll("USER", name)).join("\n")}\n`, { mode: 0o440 });
    chmodSync(sudoers, 0o440);
    execFileSync("visudo", ["-cqf", sudoers]);
  };
  return {
    name,
    password,
    allow,
    remove() {
      allow();
      execFileSync("userdel", ["--force", "--remove", name], { stdio: "ignore" });
    },
  };
}
