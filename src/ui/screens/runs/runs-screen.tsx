import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { Frame } from "../../widgets/frame.tsx";

export function RunsScreen() {
  const { trail } = useApp();
  useKeys("screen", { back: () => trail.dispatch({ type: "back" }) });
  return (
    <Frame crumbs={["kube-installer", "runs"]} about={[]}>
      {() => null}
    </Frame>
  );
}
