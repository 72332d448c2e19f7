import { kubectl } from "../../kubernetes/kubectl.ts";
import { adminConf } from "../../kubernetes/node-paths.ts";
import { sh } from "../../ssh/shell.ts";
import { type HeldLock, type LockHost, parseAnswer, type Replaceable } from "./lock-file.ts";
import type { LockOwner } from "./lock-owner.ts";

const pathOf = (annotation: string) => `{.metadata.annotations.${annotation.replaceAll(".", "\\.")}}`;
const [name, namespace] = ["kube-installer", "kube-system"];

/** How the Lease is called in messages. */
export const leasePlace = `the Lease ${namespace}/${name}`;

/** Shows the Lease to an operator. */
export const showLease = `kubectl -n ${namespace} get lease ${name} -o yaml`;

const tokenMark = "kube-installer/token";
const ownerMark = "kube-installer/owner";

export interface LeaseOptions {
  readonly token: string;
  readonly owner: LockOwner;
  /** Seconds without a renewal after which others suspect that the holder is dead. */
  readonly duration: number;
  readonly replace?: Replaceable | undefined;
  /** It is this run's already, as far as it knows: then one request does. */
  readonly renewing: boolean;
  readonly signal: AbortSignal;
}

/** What became of a try to take the Lease; `no-api` when there is no cluster yet, or it does not answer. */
export type LeaseAnswer = "taken" | "no-api" | HeldLock;

const call = (...args: readonly string[]) => kubectl(...args, `--namespace=${namespace}`, "--request-timeout=5s");

/**
 * Writes the cluster's Lease when it is free, already this run's own, or the one to replace; each of these is also a
 * sign of life. Otherwise says who holds it. The API refuses what was changed meanwhile, so that nobody overwrites a
 * Lease unseen.
 * @see https://kubernetes.io/docs/concepts/architecture/leases/
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.31/#leasespec-v1-coordination-k8s-io
 */
export async function takeLease(host: LockHost, options: LeaseOptions): Promise<LeaseAnswer> {
  const { token, replace, renewing, signal } = options;
  const { stdout } = await host.run(
    sh`[ -e ${adminConf} ] || { echo no-api; exit 0; }
now=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)
renewal=$(printf ${renewalOf(token)} "$now")
[ -n ${renewing ? "yes" : ""} ] && ${call("patch", "lease", name, "--type=json")} --patch "$renewal" >/dev/null 2>&1 && { echo taken; exit 0; }
for attempt in 1 2 3; do
  seen=$(${call("get", "lease", name, "--ignore-not-found", `--output=jsonpath=${fieldsSeen}`)} 2>/dev/null) || break
  field() { printf '%s\n' "$seen" | sed -n "$1p"; }
  version=$(field 1) holder=$(field 2) token=$(field 3) beat=$(field 4) changes=$(field 5)
  if [ -n "$holder" ] && [ "$token" != ${token} ]; then
    if [ "$token" != ${replace?.token ?? "none"} ] || { [ -n ${replace?.beat ?? ""} ] && [ "$beat" != ${replace?.beat ?? ""} ]; }; then
      heard=$(date -d "\${beat:-1970-01-01}" +%s) || heard=0
      printf '%s\n' held "\${token:-none}" "\${beat:-never}" $(($(date +%s) - heard))
      printf '%s\n' "$seen" | tail -n +6
      exit 0
    fi
  fi
  lease=$(printf ${leaseOf(options)} "$version" "$((\${changes:-0} + 1))" "$now")
  if [ -n "$version" ]; then echo "$lease" | ${call("replace", "--filename=-")}; else echo "$lease" | ${call("create", "--filename=-")}; fi >/dev/null 2>&1 && { echo taken; exit 0; }
done
echo no-api`,
    { signal },
  );
  if (stdout === "taken\n" || stdout === "no-api\n") return stdout === "taken\n" ? "taken" : "no-api";
  return parseAnswer(leasePlace, stdout) ?? "taken";
}

/** Gives the Lease up if it still is this run's; says whether that could be done or was not needed. */
export async function dropLease(
  host: LockHost,
  { token, signal }: Pick<LeaseOptions, "token" | "signal">,
): Promise<boolean> {
  const { stdout } = await host.run(
    sh`[ -e ${adminConf} ] || { echo gone; exit 0; }
release=$(printf ${releaseOf(token)} "$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)")
if ! ${call("patch", "lease", name, "--type=json")} --patch "$release" >/dev/null 2>&1; then
  token=$(${call("get", "lease", name, "--ignore-not-found", `--output=jsonpath=${pathOf(tokenMark)}`)} 2>/dev/null) || token=${token}
  [ "$token" != ${token} ] || { echo kept; exit 0; }
fi
echo gone`,
    { signal },
  );
  return stdout === "gone\n";
}

/** One field per line; the owner stands last. */
const fieldsSeen = [
  "{.metadata.resourceVersion}",
  "{.spec.holderIdentity}",
  pathOf(tokenMark),
  "{.spec.renewTime}",
  "{.spec.leaseTransitions}",
  pathOf(ownerMark),
].join('{"\\n"}');

const onlyIfOurs = (token: string) => ({
  op: "test",
  path: `/metadata/annotations/${tokenMark.replace("/", "~1")}`,
  value: token,
});
const renewed = { op: "replace", path: "/spec/renewTime", value: "%s" };

/** A patch in the form of printf, whose only argument is the time. */
const renewalOf = (token: string) => JSON.stringify([onlyIfOurs(token), renewed]);

const releaseOf = (token: string) =>
  JSON.stringify([onlyIfOurs(token), { op: "replace", path: "/spec/holderIdentity", value: "" }, renewed]);

/** The Lease in the form of printf; its arguments are the version to replace, the number of holders so far and the time. */
function leaseOf({ token, owner, duration }: LeaseOptions): string {
  const literal = (text: string) => JSON.stringify(text).slice(1, -1).replaceAll("\\", "\\\\").replaceAll("%", "%%");
  const annotations = { [tokenMark]: literal(token), [ownerMark]: literal(JSON.stringify(owner)) };
  const acquireTime = owner.started.replace(/(\.\d{3})?Z$/, (_, millis = ".000") => `${millis}000Z`);
  const holder = `${owner.user}@${owner.host} pid ${owner.pid} since ${owner.started}`;
  const text = (value: string) => `"${value}"`;
  return [
    `{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"${name}","resourceVersion":"%s","annotations":{`,
    Object.entries(annotations)
      .map(([key, value]) => `${text(key)}:${text(value)}`)
      .join(","),
    `}},"spec":{"holderIdentity":"${literal(holder)}","leaseDurationSeconds":${duration},`,
    `"leaseTransitions":%s,"acquireTime":"${acquireTime}","renewTime":"%s"}}\\n`,
  ].join("");
}
