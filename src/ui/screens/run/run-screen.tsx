import { useState } from "react";
import { toInstallerError } from "../../../engine/errors.ts";
import { type AppModel, useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import type { ActiveRun } from "../../run/active-run.ts";
import { openShell } from "../../run/open-shell.ts";
import { reportLines } from "../../run/report.ts";
import { startRun } from "../../run/start-run.ts";
import { useStore } from "../../state/use-store.ts";
import { Frame } from "../../widgets/frame.tsx";
import { type FailureAnswer, FailureView } from "./failure-view.tsx";
import { FinishView } from "./finish-view.tsx";
import { LiveRun } from "./live-run.tsx";

/** A run: live while it goes on, then what came of it. */
export function RunScreen() {
  const app = useApp();
  const run = useStore(app.run, (state) => state);
  const [details, setDetails] = useState(false);
  const [notice, setNotice] = useState("");
  const home = () => app.trail.dispatch({ type: "start-over", place: { screen: "home" } });
  useKeys("ended", { look: run?.end === undefined ? undefined : () => setDetails(!details) });
  useKeys("screen", { back: details ? () => setDetails(false) : home });
  if (run === undefined) return null;
  const { request, end } = run;
  const answer = (choice: FailureAnswer, node: string | undefined): void => {
    void answerFailure(app, run, choice, node).then(setNotice);
  };
  return (
    <Frame
      crumbs={["kube-installer", request.cluster, request.command]}
      status={end === undefined ? "running" : notice}
      about={[
        "Every step on every node, as it happens. The log shows what the chosen node says.",
        "Esc leaves this screen, the run goes on; Ctrl-C asks whether to stop it.",
      ]}
    >
      {(size) =>
        end === undefined || details ? (
          <LiveRun
            run={run}
            now={() => performance.now()}
            size={size}
            onSave={(name, lines) => void save(app, `${request.cluster}-${name}`, lines).then(setNotice)}
          />
        ) : end.exitCode === 0 ? (
          <FinishView run={run} size={size} onHome={home} onQuit={() => app.quit(0)} />
        ) : (
          <FailureView run={run} size={size} notice={notice} onAnswer={answer} />
        )
      }
    </Frame>
  );
}

async function answerFailure(
  app: AppModel,
  run: ActiveRun,
  answer: FailureAnswer,
  node: string | undefined,
): Promise<string> {
  const { request, foreseen } = run;
  switch (answer) {
    case "retry":
      await startRun(app, request, foreseen);
      return "";
    case "skip":
      await startRun(
        app,
        { ...request, only: (request.only ?? foreseen.nodes.map(({ name }) => name)).filter((name) => name !== node) },
        foreseen,
      );
      return "";
    case "shell":
      if (node === undefined) return "";
      try {
        await openShell(app, request, node);
        return "";
      } catch (thrown) {
        return toInstallerError(thrown).message;
      }
    case "report":
      return save(app, `${request.cluster}-report`, reportLines(run));
    case "home":
      app.trail.dispatch({ type: "start-over", place: { screen: "home" } });
      return "";
    case "quit":
      app.quit(run.end?.exitCode ?? 1);
      return "";
    case "next":
      return "";
  }
}

async function save({ services }: AppModel, name: string, lines: readonly string[]): Promise<string> {
  try {
    return `Saved: ${await services.saveLines(name, lines)}`;
  } catch (thrown) {
    return toInstallerError(thrown).message;
  }
}
