import { Box, Text } from "ink";
import { useApp } from "../../app/app-model.tsx";
import { Choices } from "../../widgets/choices.tsx";
import { Frame } from "../../widgets/frame.tsx";

/** Where the program begins: the known clusters and what one can do. */
export function HomeScreen() {
  const { trail, quit, services } = useApp();
  return (
    <Frame
      crumbs={["kube-installer"]}
      status={services.version}
      about={["Install a cluster on your machines, or look after one you have."]}
    >
      {() => (
        <Box flexDirection="column">
          <Text>What would you like to do?</Text>
          <Choices
            choices={[
              { value: "install", label: "Install a cluster" },
              { value: "quit", label: "Leave" },
            ]}
            onChoose={(choice) =>
              choice === "quit" ? quit(0) : trail.dispatch({ type: "open", place: { screen: "wizard" } })
            }
          />
        </Box>
      )}
    </Frame>
  );
}
