import { useState } from "react";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { answerFailure, saveLines, shellOn } from "../../run/answer-failure.ts";
import { useStore } from "../../state/use-store.ts";
import { Frame } from "../../widgets/frame.tsx";
import { FailureView } from "./failure-view.tsx";
import { FinishView } from "./finish-view.tsx";
import { LiveRun } from "./live-run.tsx";

/** A run: live while it goes on, then what came of it. */
export function RunScreen() {
  const app = useApp();
  const run = useStore(app.run, (state) => state);
  const [details, setDetails] = useState(false);
  const [full, setFull] = useState(false);
  const [notice, setNotice] = useState("");
  const home = () => app.trail.dispatch({ type: "start-over", place: { screen: "home" } });
  useKeys("ended", { look: run?.end === undefined ? undefined : () => setDetails(!details) });
  useKeys("screen", { back: full ? () => setFull(false) : details ? () => setDetails(false) : home });
  if (run === undefined) return null;
  const { request, end } = run;
  const notify = (what: Promise<string>, meanwhile = ""): void => {
    setNotice(meanwhile);
    void what.then(setNotice);
  };
  const live = end === undefined || details;
  return (
    <Frame
      crumbs={["kube-installer", request.cluster, request.command]}
      status={live ? notice || (end === undefined ? "running" : "over") : ""}
      about={[
        "Every step on every node, as it happens. The log shows what the chosen node says.",
        "Esc leaves this screen, the run goes on; Ctrl-C asks whether to stop it.",
      ]}
    >
      {(size) =>
        live ? (
          <LiveRun
            run={run}
            now={() => performance.now()}
            size={size}
            full={full}
            onFull={setFull}
            onSave={(name, lines) => notify(saveLines(app, `${request.cluster}-${name}`, lines))}
            onShell={(node) => notify(shellOn(app, run, node), `Connecting to ${node}`)}
          />
        ) : end.exitCode === 0 ? (
          <FinishView run={run} size={size} onHome={home} onQuit={() => app.quit(0)} />
        ) : (
          <FailureView
            run={run}
            size={size}
            notice={notice}
            onAnswer={(answer, node) =>
              notify(answerFailure(app, run, answer, node), answer === "shell" ? `Connecting to ${node}` : "")
            }
          />
        )
      }
    </Frame>
  );
}
