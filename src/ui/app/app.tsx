import { Box } from "ink";
import type { ComponentType } from "react";
import { Always, Keys } from "../keys/keys.tsx";
import { ClusterScreen } from "../screens/cluster/cluster-screen.tsx";
import { KubeconfigScreen } from "../screens/cluster/kubeconfig-screen.tsx";
import { HomeScreen } from "../screens/home/home-screen.tsx";
import { ResumeScreen } from "../screens/resume/resume-screen.tsx";
import { ReviewScreen } from "../screens/review/review-screen.tsx";
import { RunScreen } from "../screens/run/run-screen.tsx";
import { RunsScreen } from "../screens/runs/runs-screen.tsx";
import { WizardScreen } from "../screens/wizard/wizard-screen.tsx";
import { useLatest } from "../state/use-latest.ts";
import { useStore } from "../state/use-store.ts";
import type { Appearance } from "../terminal/appearance.ts";
import { ThemeProvider } from "../theme/theme.tsx";
import { type AppModel, AppModelProvider, useApp } from "./app-model.tsx";
import { LeaveDialog, LeaveKey } from "./leaving.tsx";
import { currentPlace, type Place } from "./place.ts";
import { QuestionDialog } from "./question-dialog.tsx";

/** Which screen shows a place. */
const screens: { readonly [S in Place["screen"]]: ComponentType<Extract<Place, { screen: S }>> } = {
  home: HomeScreen,
  cluster: ClusterScreen,
  resume: ResumeScreen,
  kubeconfig: KubeconfigScreen,
  wizard: WizardScreen,
  review: ReviewScreen,
  run: RunScreen,
  runs: RunsScreen,
};

/** The whole program on the screen. */
export function App({ model, appearance }: { model: AppModel; appearance: Appearance }) {
  return (
    <ThemeProvider appearance={appearance}>
      <AppModelProvider value={model}>
        <Keys>
          <Stage />
        </Keys>
      </AppModelProvider>
    </ThemeProvider>
  );
}

/** The current screen; a question covers it, but it stays as it is below. */
function Stage() {
  const { questions } = useApp();
  const leaving = useLatest(false);
  const waiting = useStore(questions.waiting, ([first]) => first);
  const stay = () => leaving.set(false);
  return (
    <>
      <Always>
        <LeaveKey asked={leaving.now} onAsk={() => leaving.set(true)} />
      </Always>
      <Box display={leaving.shown || waiting !== undefined ? "none" : "flex"}>
        <CurrentScreen />
      </Box>
      {leaving.shown ? (
        <LeaveDialog onClose={stay} />
      ) : waiting === undefined ? null : (
        <QuestionDialog waiting={waiting} />
      )}
    </>
  );
}

function CurrentScreen() {
  const { trail } = useApp();
  const places = useStore(trail, (state) => state);
  const place = currentPlace(places);
  const Screen = screens[place.screen] as ComponentType<Place>;
  return <Screen key={`${places.length} ${place.screen}`} {...place} />;
}
