import type { KnownCluster, KnownRun, RunRequest } from "../services.ts";

/** Where in the program one can be. */
export type Place =
  | { readonly screen: "home" }
  | { readonly screen: "cluster"; readonly cluster: KnownCluster }
  /** What to do about a run that was broken off. */
  | { readonly screen: "resume"; readonly cluster: KnownCluster }
  | { readonly screen: "kubeconfig"; readonly cluster: string }
  /** Without a section, all of them at once. */
  | { readonly screen: "wizard"; readonly section?: string }
  /** Of what the wizard says, or of something else that is wanted. */
  | { readonly screen: "review"; readonly request?: RunRequest }
  | { readonly screen: "run" }
  /** All of them, or one told again. */
  | { readonly screen: "runs"; readonly cluster: string; readonly run?: KnownRun };

/** The way that led to where one is, the first place first; never empty. */
export type Trail = readonly [Place, ...Place[]];

export type TrailAction =
  | { readonly type: "open"; readonly place: Place }
  /** In place of the current one, so that back does not lead there. */
  | { readonly type: "replace"; readonly place: Place }
  | { readonly type: "back" }
  | { readonly type: "start-over"; readonly place: Place };

/** Back from the first place stays there. */
export function reduceTrail(trail: Trail, action: TrailAction): Trail {
  const [first, ...rest] = trail;
  switch (action.type) {
    case "open":
      return [...trail, action.place];
    case "replace":
      return rest.length === 0 ? [action.place] : [first, ...rest.slice(0, -1), action.place];
    case "back":
      return rest.length === 0 ? trail : [first, ...rest.slice(0, -1)];
    case "start-over":
      return [action.place];
  }
}

export function currentPlace(trail: Trail): Place {
  return trail.at(-1) ?? trail[0];
}
