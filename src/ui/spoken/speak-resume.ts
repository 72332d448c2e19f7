import type { AppModel } from "../app/app-model.tsx";
import { waysToResume } from "../screens/resume/ways-to-resume.ts";
import type { KnownCluster } from "../services.ts";
import { askChoice } from "./ask-choice.ts";
import { back, type Voice } from "./voice.ts";

/** What is known about a run that was broken off, and the ways on from there. */
export async function speakResume(voice: Voice, { trail }: AppModel, cluster: KnownCluster): Promise<void> {
  if (cluster.interrupted === undefined) voice.print("The last run came to its end.");
  if (cluster.presetFile === undefined) {
    voice.print("Its preset is not known on this machine; give it with --preset to go on.");
  }
  const ways = waysToResume(cluster);
  const chosen = await askChoice(voice, {
    title: `How to go on with ${cluster.name}`,
    choices: ways.map(({ id, label, note }) => ({ value: id, label, note })),
  });
  const way = ways.find(({ id }) => id === chosen);
  trail.dispatch(chosen === back || way === undefined ? { type: "back" } : { type: "open", place: way.place });
}
