import { z } from "zod";
import type { TextCheck } from "../finding.ts";
import { checkAddress, checkFingerprint, checkNotEmpty } from "../formats.ts";
import { choice } from "./choice.ts";
import { help, text } from "./text.ts";

const environmentName = (name: string) =>
  /^[A-Za-z_]\w*$/.test(name)
    ? undefined
    : {
        message: "is not the name of an environment variable",
        allowed: "letters, digits and _, for example SUDO_PASSWORD",
      };

const checkKeyFile: TextCheck = (path) =>
  path.endsWith(".pub")
    ? { message: "names the public half of a key", hint: `did you mean "${path.slice(0, -4)}"?` }
    : checkNotEmpty(path);

/** A secret is never in the preset, only where to find it. */
const secret = (description: string) =>
  choice(
    {
      file: text(checkNotEmpty, {
        description: "File whose first line is the secret; relative to the preset, `~` is your home.",
        examples: ["~/.config/kube-installer/sudo-password"],
      }).exactOptional(),
      env: text(environmentName, {
        description: "Environment variable that holds the secret.",
        examples: ["SUDO_PASSWORD"],
        pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
      }).exactOptional(),
    },
    { description, examples: [{ file: "~/.config/kube-installer/secret" }, { env: "SUDO_PASSWORD" }] },
  );

const login = {
  user: text(checkNotEmpty, {
    description: "User to log in as: root, or one who may use sudo.",
    otherwise: "what ~/.ssh/config says, else your own user name",
    examples: ["ubuntu"],
  }).exactOptional(),
  port: z
    .int()
    .min(1)
    .max(65535)
    .meta(
      help({ description: "Port of the SSH server.", otherwise: "what ~/.ssh/config says, else 22", examples: [2222] }),
    )
    .exactOptional(),
  keyFile: text(checkKeyFile, {
    description: "Private key to log in with; relative to the preset, `~` is your home.",
    otherwise: "the keys of your SSH agent, of ~/.ssh/config and the usual ones in ~/.ssh",
    examples: ["~/.ssh/id_ed25519"],
  }).exactOptional(),
  passphrase: secret("Passphrase of the key file.").exactOptional(),
  password: secret("Password to log in with, where keys are not accepted.").exactOptional(),
  sudoPassword: secret("Password sudo asks for; the login password is not tried in its place.").exactOptional(),
  hostKeys: z
    .enum(["ask", "accept-new", "strict"])
    .meta(
      help({
        description:
          "What to do with a host key not seen before: ask a person, accept it on first contact, or refuse it. A changed key is always refused.",
        otherwise: "what ~/.ssh/config says, else ask; with nobody to ask, exit code 5",
        examples: ["accept-new"],
      }),
    )
    .exactOptional(),
  hostKeyFingerprints: z
    .array(
      text(checkFingerprint, {
        description: "Fingerprint of a host key.",
        examples: ["SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"],
        pattern: "^SHA256:[A-Za-z0-9+/]{43}$",
      }),
    )
    .min(1)
    .meta(
      help({
        description: "The only host keys to accept; known_hosts is not consulted then.",
        examples: [["SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"]],
      }),
    )
    .exactOptional(),
};

const bastionHelp = help({
  description: "The machine to go through, with its own credentials; it may itself have a bastion.",
  examples: [{ address: "203.0.113.5", user: "jump" }],
});

/** How to log in to a bastion; what it adds to a login is that it may need a bastion too. */
export interface Bastion extends z.output<z.ZodObject<typeof login>> {
  address: string;
  bastion?: Bastion;
}

const bastion: z.ZodType<Bastion, Bastion> = z
  .strictObject({
    address: text(checkAddress, { description: "IP address or DNS name of the bastion.", examples: ["203.0.113.5"] }),
    ...login,
    get bastion() {
      return bastion.exactOptional().meta(bastionHelp);
    },
  })
  .meta({ id: "Bastion" });

/** How to log in; the same keys stand for all nodes and, where one differs, at a node. */
export const ssh = (description: string) =>
  z
    .strictObject({ ...login, bastion: bastion.exactOptional().meta(bastionHelp) })
    .meta(help({ description, examples: [{ user: "ubuntu" }] }));
