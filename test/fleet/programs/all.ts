import { containerdPrograms } from "./containerd.ts";
import { filePrograms } from "./files.ts";
import { kubeadmPrograms } from "./kubeadm.ts";
import { kubectlPrograms } from "./kubectl.ts";
import { networkPrograms } from "./network.ts";
import { packagePrograms } from "./packages.ts";
import { perlPrograms } from "./perl.ts";
import type { Program } from "./program.ts";
import { systemPrograms } from "./system.ts";
import { systemdPrograms } from "./systemd.ts";
import { textPrograms } from "./text.ts";

/** Every program the model knows, by its name. */
export const allPrograms: Readonly<Record<string, Program>> = Object.assign(Object.create(null), {
  ...textPrograms,
  ...filePrograms,
  ...systemPrograms,
  ...systemdPrograms,
  ...packagePrograms,
  ...networkPrograms,
  ...containerdPrograms,
  ...kubeadmPrograms,
  ...kubectlPrograms,
  ...perlPrograms,
});
