import type { Call } from "../programs/program.ts";

/** How long programs take on a real machine, in milliseconds; whatever is not listed takes no time worth mention. */
const durations: readonly (readonly [pattern: RegExp, milliseconds: number])[] = [
  [/^kubeadm init$|^kubeadm init --(?!phase)/, 22_000],
  [/^kubeadm init phase/, 1_000],
  [/^kubeadm join/, 9_000],
  [/^kubeadm reset/, 3_000],
  [/^apt-get .*\binstall\b/, 12_000],
  [/^apt-get .*\bpurge\b/, 6_000],
  [/^systemctl (?:re)?start/, 600],
  [/^systemctl /, 30],
  [/^ctr .* import/, 1_500],
  [/^kubectl .*delete/, 1_500],
  [/^kubectl /, 120],
  [/^containerd /, 60],
  [/^perl /, 40],
];

/** Programs with a duration of their own. */
const listed = new Set(["kubeadm", "apt-get", "systemctl", "ctr", "kubectl", "containerd", "perl"]);

/** How long a call takes on a real machine. */
export function durationOf({ name, args }: Pick<Call, "name" | "args">): number {
  if (!listed.has(name)) return 0;
  const text = [name, ...args].join(" ");
  return durations.find(([pattern]) => pattern.test(text))?.[1] ?? 0;
}
