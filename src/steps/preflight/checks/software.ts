import { containerdRange, isInRange } from "../../../kubernetes/containerd-versions.ts";
import { nodeCheck } from "../check.ts";
import { lackingPackages } from "../needed.ts";

/** A package manager in the middle of something installs nothing else; what it has half done is then its work, not an error. */
export const brokenPackages = nodeCheck({
  id: "software.packages",
  looksAt: "packages dpkg left half done, and its lock",
  limit: "none, and free",
  severity: "error or warning",
  source: "https://manpages.debian.org/stable/dpkg/dpkg.1.en.html#audit",
  look: ({ facts: { packages } }) => {
    const { broken, lockedBy } = packages;
    const half = {
      severity: "error" as const,
      message: "Packages are half installed",
      measured: broken.join(", "),
      fix: "`dpkg --configure -a && apt-get -f install`",
    };
    const locked = {
      severity: "warning" as const,
      message: "Another program is installing packages",
      measured: `${lockedBy} holds dpkg's lock`,
      fix: "wait until it has ended; if it never does, `systemctl stop unattended-upgrades`",
    };
    if (lockedBy !== undefined) return [locked];
    return broken.length > 0 ? [half] : [];
  },
});

/** Without a source, what is missing cannot be installed. */
export const packageSources = nodeCheck({
  id: "software.package-sources",
  looksAt: "package sources of apt, when packages that Kubernetes needs are missing",
  limit: "at least one",
  severity: "error",
  source: "https://manpages.debian.org/stable/apt/sources.list.5.en.html",
  look: ({ facts }) => {
    const missing = lackingPackages(facts);
    if (missing.length === 0 || facts.packages.sources.length > 0) return [];
    return [
      {
        severity: "error",
        message: "Packages must be installed, but apt has no source over the network",
        measured: `missing: ${missing.join(", ")}`,
        fix: "name a mirror in /etc/apt/sources.list, or install the packages by hand",
      },
    ];
  },
});

/** kubelet and containerd must speak a common version of their interface. */
export const runtimeVersion = nodeCheck({
  id: "software.containerd",
  looksAt: "containerd, installed or as apt would install it, against the Kubernetes version",
  limit:
    "1.4 to 1.7 up to Kubernetes 1.22, 1.5 or newer up to 1.25, 1.6 or newer up to 1.35, 2.0 or newer from 1.36 on",
  severity: "error",
  source: "https://containerd.io/releases/#kubernetes-support",
  look: ({ facts: { installed, packages } }, { spec }) => {
    const { version } = spec.kubernetes;
    const range = containerdRange(version);
    const present = installed.containerd ?? installed["containerd.io"];
    const found = present ?? packages.candidates.containerd;
    if (found === undefined || isInRange(found, range)) return [];
    return [
      {
        severity: "error",
        message: `This containerd does not work with Kubernetes ${version}`,
        measured: present === undefined ? `apt would install ${found}` : found,
        limit:
          range.before === undefined ? `${range.from} or newer` : `${range.from} or newer, older than ${range.before}`,
        fix: "install a fitting containerd on the node first, for example containerd.io from download.docker.com",
      },
    ];
  },
});

/** Several container runtimes on a node are legal, but somebody should know. */
export const otherRuntimes = nodeCheck({
  id: "software.other-runtimes",
  looksAt: "container runtimes besides containerd",
  limit: "none is active",
  severity: "warning",
  source: "https://kubernetes.io/docs/setup/production-environment/container-runtimes/",
  look: ({ facts: { services } }) =>
    ["docker", "crio"]
      .filter((name) => services[name]?.active === true)
      .map((name) => ({
        severity: "warning" as const,
        message: `${name} runs containers here besides Kubernetes, which counts neither their memory nor their ports`,
        measured: `${name} is active`,
        fix: `\`systemctl disable --now ${name}\` if its containers are not needed`,
      })),
});
