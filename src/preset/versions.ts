import type { TextCheck } from "./finding.ts";
import { quote } from "./path.ts";

/** What is installed from packages or binaries unless told: the newest that the containerd of Debian and Ubuntu can serve. */
export const packagedVersion = "1.35.8";

/** What a lab installs unless told: it can build this one where nothing can be downloaded. */
export const labVersion = "1.20.2";

/** The minor versions of Kubernetes 1 this program knows how to install. */
export const supportedMinors = { oldest: 20, newest: 37 } as const;

/** The first minor version the community's package repository pkgs.k8s.io carries. */
export const firstPackagedMinor = 24;

const allowed = `a released version from 1.${supportedMinors.oldest}.0 to 1.${supportedMinors.newest}.x, for example "${packagedVersion}"`;

/** The minor number of `1.36.4`, or undefined when the text is not a version of that form. */
export function minorOf(version: string): number | undefined {
  const minor = /^1\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** A full Kubernetes version this program can install. */
export const checkVersion: TextCheck = (text) => {
  const minor = minorOf(text);
  if (minor === undefined) {
    const bare = text.replace(/^v/i, "");
    const hint = /^1\.\d+$/.test(bare)
      ? `name the patch version too, for example "${bare}.0"`
      : minorOf(bare) === undefined
        ? undefined
        : `did you mean "${bare}"?`;
    return { message: `${quote(text)} is not a Kubernetes version`, allowed, ...(hint === undefined ? {} : { hint }) };
  }
  if (minor >= supportedMinors.oldest && minor <= supportedMinors.newest) return undefined;
  const known = minor < supportedMinors.oldest ? "too old for this program" : "newer than this program knows";
  return { message: `Kubernetes ${text} is ${known}`, allowed };
};
