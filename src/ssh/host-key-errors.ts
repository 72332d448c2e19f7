import { InstallerError } from "../engine/errors.ts";
import type { HostKeyQuestion } from "./host-key-question.ts";
import { fingerprint } from "./judge-host-key.ts";
import { type KnownHost, typeInside } from "./known-hosts.ts";

export function changedKey(host: string, key: Buffer, entry: KnownHost): InstallerError {
  return new InstallerError("host-key-refused", {
    message:
      `The host key of ${host} has changed: ${entry.file}:${entry.line} has ${fingerprint(entry.key)}, ` +
      `the server shows ${fingerprint(key)} (${typeInside(key)}).`,
    likelyCause: "The machine was installed anew or its address was given to another one; or someone is in between.",
    nextSteps: [
      "Compare with the machine itself: `for k in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $k; done`.",
      `If the new key is right: \`ssh-keygen -R '${host}' -f ${entry.file}\`, then run the same command again.`,
    ],
  });
}

export function revokedKey(host: string, key: Buffer, entry: KnownHost): InstallerError {
  return new InstallerError("host-key-refused", {
    message: `The host key of ${host}, ${fingerprint(key)}, is revoked by ${entry.file}:${entry.line}.`,
    likelyCause: "The key was stolen or replaced, and the machine still uses it.",
    nextSteps: ["Make new host keys on the machine: `rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh`."],
  });
}

export function notPinned(host: string, key: Buffer, pinned: readonly string[]): InstallerError {
  return new InstallerError("host-key-refused", {
    message: `${host} shows the host key ${fingerprint(key)}; the preset allows only ${pinned.join(", ")}.`,
    likelyCause: "The machine was installed anew, or someone is in between.",
    nextSteps: ["Compare with the machine itself, then correct `hostKeyFingerprints` in the preset."],
  });
}

export function strictlyUnknown(question: HostKeyQuestion, authorities: readonly KnownHost[]): InstallerError {
  const [authority] = authorities;
  return new InstallerError("host-key-refused", {
    message: `The host key of ${described(question)} is unknown, and the policy is \`strict\`.`,
    ...(authority === undefined
      ? {}
      : {
          likelyCause:
            `${authority.file}:${authority.line} trusts a certificate authority for this host, ` +
            "but certificates of hosts are not supported.",
        }),
    nextSteps: trustSteps(question),
  });
}

export function nobodyToAsk(question: HostKeyQuestion): InstallerError {
  return new InstallerError("input-needed", {
    message: `The host key of ${described(question)} is unknown, and nobody is there to confirm it.`,
    nextSteps: [...trustSteps(question), "Or set `hostKeys: accept-new` to trust each machine on first contact."],
  });
}

export function declinedKey(question: HostKeyQuestion): InstallerError {
  return new InstallerError("host-key-refused", {
    message: `The host key of ${described(question)} was not confirmed.`,
    nextSteps: trustSteps(question),
  });
}

function described({ host, keyType, fingerprint: print, otherKnownKeys }: HostKeyQuestion): string {
  const others = otherKnownKeys.length === 0 ? "" : `; keys of other types are known: ${otherKnownKeys.join(", ")}`;
  return `${host} (${keyType} ${print}${others})`;
}

function trustSteps({ fingerprint: print }: HostKeyQuestion): string[] {
  return [`Compare the fingerprint with the machine's, then pin it: \`hostKeyFingerprints: ["${print}"]\`.`];
}
