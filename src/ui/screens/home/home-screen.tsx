import { Box, Text } from "ink";
import { type AppModel, useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import type { Health, KnownCluster } from "../../services.ts";
import { cutCells } from "../../state/display-width.ts";
import { printable } from "../../state/printable-value.ts";
import { useStore } from "../../state/use-store.ts";
import { wrapWords } from "../../state/wrap-words.ts";
import { useTheme } from "../../theme/theme.tsx";
import { Frame } from "../../widgets/frame.tsx";
import { List } from "../../widgets/list.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { HealthText } from "./health-text.tsx";
import { useClusters } from "./use-clusters.ts";

type Entry =
  | { readonly id: string; readonly kind: "run"; readonly label: string; readonly note: string }
  | { readonly id: string; readonly kind: "install" }
  | { readonly id: string; readonly kind: "resume"; readonly cluster: KnownCluster }
  | { readonly id: string; readonly kind: "cluster"; readonly cluster: KnownCluster };

/** Where the program begins: what is under way, a new cluster, the known ones. */
export function HomeScreen() {
  const app = useApp();
  const run = useStore(app.run, (state) => state);
  const { known, health, problem, lookAgain } = useClusters(run?.end);
  useKeys("home", { leave: () => app.quit(0), again: known === undefined ? undefined : lookAgain });
  const entries: readonly Entry[] = [
    ...(run === undefined
      ? []
      : [
          {
            id: "run",
            kind: "run" as const,
            label: `${run.request.command} of ${run.request.cluster}`,
            note: run.end === undefined ? "under way" : "is over; look at it",
          },
        ]),
    ...(known ?? [])
      .filter(
        ({ name, interrupted }) =>
          interrupted !== undefined && (run?.end !== undefined || run?.request.cluster !== name),
      )
      .map((cluster) => ({ id: `resume ${cluster.name}`, kind: "resume" as const, cluster })),
    { id: "install", kind: "install" },
    ...(known ?? []).map((cluster) => ({ id: `cluster ${cluster.name}`, kind: "cluster" as const, cluster })),
  ];
  return (
    <Frame
      crumbs={["kube-installer"]}
      status={app.services.version}
      about={[
        "Install a cluster on your machines, or look after one you have.",
        "Clusters are known here once something was done with them on this machine.",
      ]}
    >
      {({ width, height }) => {
        const below =
          problem === undefined
            ? [known === undefined ? "Reading what is known here…" : knownInWords(known.length)]
            : wrapWords(problem, width);
        return (
          <Box flexDirection="column" width={width} height={height}>
            <Box marginBottom={1}>
              <Text>What would you like to do?</Text>
            </Box>
            <List
              items={entries}
              width={width}
              height={height - 2 - below.length}
              keyOf={({ id }) => id}
              row={(entry, selected) => <EntryLine entry={entry} health={health} selected={selected} />}
              onChoose={(entry) => open(app, entry)}
            />
            {below.map((line) => (
              <Styled key={line} as={problem === undefined ? "muted" : "warning"}>
                {line}
              </Styled>
            ))}
          </Box>
        );
      }}
    </Frame>
  );
}

function knownInWords(count: number): string {
  return count === 0
    ? "No cluster is known on this machine yet."
    : `${count} known ${count === 1 ? "cluster" : "clusters"}`;
}

function open({ trail, wizard }: AppModel, entry: Entry): void {
  if (entry.kind === "run") trail.dispatch({ type: "open", place: { screen: "run" } });
  if (entry.kind === "resume") trail.dispatch({ type: "open", place: { screen: "resume", cluster: entry.cluster } });
  if (entry.kind === "cluster") trail.dispatch({ type: "open", place: { screen: "cluster", cluster: entry.cluster } });
  if (entry.kind === "install") {
    if (wizard.get().file !== undefined) wizard.dispatch({ type: "new" });
    trail.dispatch({ type: "open", place: { screen: "wizard" } });
  }
}

/** There is room for a word about health behind it; the page of the cluster has more of the name. */
const longestName = 30;

function EntryLine(props: { entry: Entry; health: ReadonlyMap<string, Health>; selected: boolean }) {
  const { entry, health, selected } = props;
  const { style, symbols } = useTheme();
  const label = (text: string) => (
    <Text {...(selected ? style.selected : style.plain)}>{`${selected ? symbols.pointer : " "} ${text}`}</Text>
  );
  if (entry.kind === "install") return label("Install a cluster");
  if (entry.kind === "run") {
    return (
      <Text wrap="truncate-end">
        {label(entry.label)}
        <Text {...style.running}>{`  ${entry.note}`}</Text>
      </Text>
    );
  }
  if (entry.kind === "resume") {
    const { name, interrupted = "" } = entry.cluster;
    return (
      <Text wrap="truncate-end">
        {label(`Resume ${name}`)}
        <Text {...style.warning}>{`  ${printable(interrupted)}`}</Text>
      </Text>
    );
  }
  const { cluster } = entry;
  return (
    <Text wrap="truncate-end">
      {label(cutCells(cluster.name, longestName).padEnd(20))}
      <Text> </Text>
      <HealthText health={health.get(cluster.name)} />
    </Text>
  );
}
