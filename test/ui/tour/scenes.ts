import { closingLines } from "../../../src/cli/closing-lines.ts";
import type { TestedMachine } from "../../../src/ui/services.ts";
import type { PresetDraft } from "../../../src/ui/wizard/draft.ts";
import { foreseenBy, type Recorded, readRecorded } from "./recorded.ts";
import { openStage, type Stage, type StageOptions } from "./stage.tsx";

/** One moment of the program worth looking at. */
export interface Scene {
  /** Also the name of its picture. */
  readonly id: string;
  /** What is to be seen, for somebody who cannot see it. */
  readonly title: string;
  /** Plays until the moment is on the screen. */
  play(look: Pick<StageOptions, "size" | "appearance">): Promise<Stage>;
}

const draft: PresetDraft = {
  apiVersion: "kube-installer/v1",
  kind: "Cluster",
  metadata: { name: "demo" },
  spec: {
    topology: {
      static: {
        ssh: { user: "deploy" },
        nodes: [
          { name: "cp-1", address: "10.0.0.11", roles: ["control-plane"] },
          { name: "w-1", address: "10.0.0.21", roles: ["worker"] },
          { name: "w-2", address: "10.0.0.22", roles: ["worker"] },
          { name: "w-3", address: "10.0.0.23", roles: ["worker"] },
        ],
      },
    },
  },
};

const kubeconfig = "/home/ann/.local/state/kube-installer/clusters/demo/kubeconfig";
const log = "/home/ann/.local/state/kube-installer/clusters/demo/runs/20261121T152108Z-03af";
const tested: TestedMachine = {
  ...{ state: "fine", os: "Debian GNU/Linux 12 (bookworm)", cpus: 4, memoryBytes: 8 * 2 ** 30 },
};
const unreachable: TestedMachine = {
  state: "failed",
  message: "10.0.0.23 does not answer on port 22",
  likelyCause: "the machine is off, or a firewall drops the packets",
  next: ["ping 10.0.0.23"],
};
const cluster = {
  name: "demo",
  presetFile: "/home/ann/demo.yaml",
  lastRun: { id: "20261121T152108Z-03af", cluster: "demo", command: "install", outcome: "ok", steps: "26 changed" },
};
const known: StageOptions["services"] = {
  clusters: async () => [
    cluster,
    { name: "edge", presetFile: "/home/ann/edge.yaml", interrupted: "the install of 14:02 was broken off" },
  ],
  health: async ({ name }) =>
    name === "demo" ? { state: "healthy", says: "2 of 2 nodes Ready" } : { state: "unknown", says: "no kubeconfig" },
};

/** A scene that begins at a section of the wizard. */
function section(id: string, options: StageOptions & { readonly shows: string; readonly title: string }): Scene {
  const { shows, title, ...rest } = options;
  return {
    id,
    title,
    play: async (look) => {
      const trail = [{ screen: "home" }, { screen: "wizard" }, { screen: "wizard", section: id }] as const;
      const stage = await openStage({ draft, ...rest, ...look, trail });
      await stage.shows(shows);
      return stage;
    },
  };
}

async function atReview(look: StageOptions): Promise<Stage> {
  const foreseen = foreseenBy(await readRecorded("recorded-run"));
  const stage = await openStage({
    ...look,
    trail: [
      { screen: "home" },
      { screen: "review", request: { command: "install", cluster: "demo", presetFile: "demo.yaml" } },
    ],
    services: { foresee: async () => foreseen },
  });
  await stage.shows("demo.yaml");
  return stage;
}

async function atRun(look: StageOptions, name: Parameters<typeof readRecorded>[0] = "recorded-run"): Promise<Stage> {
  const stage = await openStage(look);
  await stage.start(await readRecorded(name));
  return stage;
}

const kubeadmTalks = (event: Recorded[number]["event"]): boolean =>
  event.type === "step-output" && event.step === "kubeadm.init" && event.line.includes("kubeadm join");

/** The whole way through the program, in the order of docs/tour.md. */
export const scenes: readonly Scene[] = [
  {
    id: "home",
    title: "The first screen: go on with a broken off install, install a cluster, or one of two known clusters",
    play: async (look) => {
      const stage = await openStage({ ...look, services: known });
      await stage.shows("2 of 2");
      return stage;
    },
  },
  {
    id: "hub",
    title: "The sections of the wizard, each with its value or with what is missing",
    play: async (look) => {
      const stage = await openStage({ ...look, trail: [{ screen: "home" }, { screen: "wizard" }] });
      await stage.shows("Topology");
      return stage;
    },
  },
  section("topology", {
    title: "The choice between machines one has and a lab on this machine",
    shows: "A lab on this",
  }),
  {
    id: "machines",
    title: "Four machines with address and role, three of which could be logged in to",
    play: async (look) => {
      const trail = [{ screen: "home" }, { screen: "wizard" }, { screen: "wizard", section: "machines" }] as const;
      const stage = await openStage({
        ...{ ...look, draft, trail },
        services: { testMachine: async ({ machine }) => (machine.name === "w-3" ? unreachable : tested) },
      });
      await stage.shows("w-3");
      await stage.press("T");
      await stage.shows("1 cannot");
      await stage.press("end");
      await stage.shows("does not answer");
      return stage;
    },
  },
  section("ha", { title: "How the API stays reachable, with a picture in characters", shows: "you" }),
  section("network", { title: "The network plugin with what follows from it, and the ranges", shows: "Goes with" }),
  section("kubernetes", { title: "The version of Kubernetes and where it comes from", shows: "Packages" }),
  {
    id: "preset",
    title: "The preset as it would be saved",
    play: async (look) => {
      const stage = await openStage({ ...look, draft, trail: [{ screen: "home" }, { screen: "wizard" }] });
      await stage.shows("Topology");
      await stage.press("p");
      await stage.shows("apiVersion");
      return stage;
    },
  },
  {
    id: "review",
    title: "The plan: what is made and altered on which node, and the same as a command line",
    play: atReview,
  },
  {
    id: "question",
    title: "The question whether to install, with No chosen",
    play: async (look) => {
      const stage = await atReview(look);
      await stage.press("i");
      await stage.shows("No, change nothing");
      return stage;
    },
  },
  {
    id: "run",
    title: "A run under way: steps, nodes and what the chosen node says",
    play: async (look) => {
      const stage = await atRun(look);
      stage.goOn(kubeadmTalks);
      await stage.shows("kubeadm join");
      return stage;
    },
  },
  {
    id: "log",
    title: "The log of one node on the whole screen",
    play: async (look) => {
      const stage = await atRun(look);
      stage.goOn(kubeadmTalks);
      await stage.shows("kubeadm join");
      await stage.press("tab", "f");
      await stage.showsNot("control-plane  ");
      return stage;
    },
  },
  {
    id: "leaving",
    title: "Ctrl-C during a run: go on, stop after the running steps, or abort",
    play: async (look) => {
      const stage = await atRun(look);
      stage.goOn(kubeadmTalks);
      await stage.shows("kubeadm join");
      await stage.press("ctrl-c");
      await stage.shows("Go on");
      return stage;
    },
  },
  {
    id: "failure",
    title: "A failed run: what failed where, the likely cause, the last lines, and what can be done",
    play: async (look) => {
      const stage = await atRun(look, "recorded-failure");
      stage.goOn();
      stage.end(() => ({ exitCode: 1, log }));
      await stage.shows("Retry");
      return stage;
    },
  },
  {
    id: "finish",
    title: "A finished install: how long it took, where the kubeconfig is, what to do next",
    play: async (look) => {
      const stage = await atRun(look);
      stage.goOn();
      stage.end((summary) => ({ exitCode: 0, log, closing: closingLines("demo", summary, kubeconfig) }));
      await stage.shows("is ready");
      return stage;
    },
  },
  {
    id: "cluster",
    title: "What can be done with a known cluster",
    play: async (look) => {
      const stage = await openStage({
        ...look,
        services: known,
        trail: [{ screen: "home" }, { screen: "cluster", cluster }],
      });
      await stage.shows("Destroy");
      return stage;
    },
  },
  {
    id: "help",
    title: "The help of the wizard: what one does here, and every key",
    play: async (look) => {
      const stage = await openStage({ ...look, trail: [{ screen: "home" }, { screen: "wizard" }] });
      await stage.shows("Topology");
      await stage.press("?");
      await stage.shows("Answer the sections");
      return stage;
    },
  },
  {
    id: "host-key",
    title: "The question whether a machine's host key is the right one, with No chosen",
    play: async (look) => {
      const { personAtScreen } = await import("../../../src/cli/screen/person-at-screen.ts");
      const stage = await openStage(look);
      const person = personAtScreen(stage.model.questions.ask);
      const key = {
        ...{ host: "10.0.0.11", keyType: "ssh-ed25519", otherKnownKeys: [] },
        fingerprint: "SHA256:2XK1sPC6XmS9ZVvRuGsX6xQ0f2n4k7sT1mG3dJb9yQw",
      };
      void person.confirmHostKey?.(key, new AbortController().signal);
      await stage.shows("Do not trust it");
      return stage;
    },
  },
];
