import { Box } from "ink";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { Frame } from "../../widgets/frame.tsx";
import { Lines } from "../../widgets/lines.tsx";
import { kubeconfigLines } from "./kubeconfig-lines.ts";

/** Where the cluster's kubeconfig is and how it is used. */
export function KubeconfigScreen({ cluster }: { cluster: string }) {
  const { trail, services } = useApp();
  useKeys("screen", { back: () => trail.dispatch({ type: "back" }) });
  const file = services.kubeconfig(cluster);
  return (
    <Frame
      crumbs={["kube-installer", cluster, "kubeconfig"]}
      about={["An install fetches it from the first control plane; Check and mend fetches it again when it is gone."]}
    >
      {({ width }) => (
        <Box flexDirection="column" width={width}>
          <Lines wrap="wrap" lines={kubeconfigLines(file)} />
        </Box>
      )}
    </Frame>
  );
}
