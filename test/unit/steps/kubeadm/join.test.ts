import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { InstallerError } from "../../../../src/engine/errors.ts";
import type { Action } from "../../../../src/steps/context.ts";
import { claimFile } from "../../../../src/steps/kubeadm/claim.ts";
import { joinWorker } from "../../../../src/steps/kubeadm/join.ts";
import { situation } from "../situation.ts";

const certificate = (name: string) =>
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"],
      ...["-subj", name, "-keyout", "/dev/null"],
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  ).toString();
const ours = certificate("/CN=kubernetes");
const other = certificate("/CN=kubernetes");
const kubelet = certificate("/O=system:nodes/CN=system:node:w-1");

const joined = ({ ca = ours, own = kubelet, active = "active", answer = "uid 0123" } = {}) =>
  [`authority ${btoa(ca)}`, `certificate ${btoa(own)}`, `kubelet ${active}`, answer].join("\n");
const cluster = (seen: string) =>
  situation(
    { "cp-1": { files: { "/etc/kubernetes/pki/ca.crt": ours } }, "w-1": { answer: () => seen } },
    { at: "w-1" },
  );
const checkWhen = (seen: string) => joinWorker.check(cluster(seen).context);

describe("the check of kubeadm.join", () => {
  test("wants a bare node to join", async () => {
    expect(await checkWhen("")).toMatchObject({ satisfied: false, kind: "create" });
  });

  test("is content with a node the API shows", async () => {
    expect(await checkWhen(joined())).toMatchObject({ satisfied: true });
  });

  test("sees a join that did not finish", async () => {
    expect(await checkWhen("begun")).toMatchObject({ satisfied: false, kind: "change" });
  });

  test("sees a kubelet that does not run, and a Node that was deleted", async () => {
    expect(await checkWhen(joined({ active: "inactive" }))).toMatchObject({ saw: expect.stringContaining("kubelet") });
    const deleted = joined({ answer: 'answer Error from server (NotFound): nodes "w-1" not found' });
    expect(await checkWhen(deleted)).toMatchObject({ satisfied: false, saw: expect.stringContaining("NotFound") });
  });

  test.each([
    ["asks for its certificate", joined({ own: "", answer: "answer error: unable to read client-cert" })],
    ["has half of its certificate", joined({ own: kubelet.slice(0, 200), answer: "answer error: no PEM" })],
    ["has half of its configuration", joined({ ca: "", own: "" })],
  ])("takes no kubelet that %s for one with another name", async (_, seen) => {
    expect(await checkWhen(seen)).toMatchObject({ satisfied: false, kind: "change", danger: expect.any(String) });
  });

  test("never touches a node of another cluster, not even one that is on its way there", async () => {
    const foreign = { code: "foreign-cluster", exitCode: 3 };
    await expect(checkWhen(joined({ ca: other }))).rejects.toMatchObject(foreign);
    await expect(checkWhen(joined({ ca: other, own: "" }))).rejects.toMatchObject(foreign);
  });

  test("refuses a machine that is in the cluster under another name", async () => {
    const renamed = joined({ own: certificate("/O=system:nodes/CN=system:node:w-9") });
    await expect(checkWhen(renamed)).rejects.toMatchObject({ code: "cluster-differs" });
  });
});

describe("the apply of kubeadm.join", () => {
  test("lets a kubelet that still has its credentials register again, and resets nothing", async () => {
    const { context, changes } = cluster(joined());
    await joinWorker.apply({ ...context, node: { ...context.node, read: waitsForNobody(joined()) } });
    expect(changes).toEqual(["w-1: restart the kubelet"]);
  });

  test("joins anew only when the node never got credentials or the cluster itself says that it does not know it", async () => {
    const impatient: Action["until"] = async (what, _deadline, look) => {
      const observed = await look();
      if (observed.done) return observed.value;
      throw new InstallerError("deadline-exceeded", { message: `Waited for ${what}; last seen: ${observed.saw}` });
    };
    const changesWhen = async (answer: string, own = kubelet) => {
      const { context, changes } = cluster(joined({ answer, own }));
      const node = { ...context.node, read: waitsForNobody(joined({ answer, own })) };
      const failure = await joinWorker.apply({ ...context, node, until: impatient }).catch((thrown) => thrown);
      return { changes, failure };
    };
    const cut = await changesWhen("answer Unable to connect to the server: i/o timeout");
    expect(cut.changes).toEqual(["w-1: restart the kubelet"]);
    expect(cut.failure.message).toContain("cannot ask the API at 10.0.0.11:6443");
    const begun = await changesWhen("answer error: unable to read client-cert", "");
    expect(begun.changes).toEqual(expect.arrayContaining(["w-1: take back a join that did not finish"]));
    const forgotten = await changesWhen('answer Error from server (NotFound): nodes "w-1" not found');
    expect(forgotten.changes).toContain("w-1: take back a join that did not finish");
  });

  test("begins anew once the cluster sees that the old kubelet is gone, as kubeadm takes no name of a Ready Node", async () => {
    const readiness = ["True", "True", "Unknown"];
    let seen = "begun";
    const { context, changes } = situation(
      {
        "cp-1": {
          files: { "/etc/kubernetes/pki/ca.crt": ours },
          answer: (command) => {
            if (!command.includes('@.type=="Ready"')) return "";
            const now = readiness.shift();
            changes.push(`w-1 is Ready: ${now}`);
            return now;
          },
        },
        "w-1": {
          files: { [claimFile]: "" },
          answer: (command) => {
            if (command.includes("kubeadm 'join'")) seen = joined();
            return command.includes("authority") ? seen : "";
          },
        },
      },
      { at: "w-1" },
    );
    await joinWorker.apply(context);
    expect(changes.filter((change) => /Ready|take back|kubeadm join/.test(change))).toEqual([
      "w-1: take back a join that did not finish",
      ...["w-1 is Ready: True", "w-1 is Ready: True", "w-1 is Ready: Unknown"],
      "w-1: kubeadm join",
    ]);
  });

  test("workers of one run share a token", async () => {
    const seen = new Map([
      ["w-1", ""],
      ["w-2", ""],
    ]);
    const { context, changes } = situation({
      "cp-1": { answer: () => "", files: { "/etc/kubernetes/pki/ca.crt": ours } },
      "w-1": { answer: (command) => answerOf("w-1", command) },
      "w-2": { answer: (command) => answerOf("w-2", command) },
    });
    const answerOf = (name: string, command: string) => {
      if (command.includes("pgrep")) return "";
      if (command.includes("kubeadm 'join'")) seen.set(name, joined());
      return command.includes("authority") ? seen.get(name) : "";
    };
    await Promise.all(context.nodes.slice(1).map((node) => joinWorker.apply({ ...context, node })));
    expect(changes.filter((change) => change.includes("token"))).toEqual([
      "cp-1: create a bootstrap token for this run",
    ]);
    expect(changes.filter((change) => change.endsWith("kubeadm join"))).toHaveLength(2);
  });
});

const waitsForNobody = (look: string) => async (command: { text: string }) => ({
  exitCode: 0,
  signal: null,
  stdout: command.text.includes("pgrep") ? "" : look,
  stderr: "",
});
