import { Box } from "ink";
import { Overlay } from "../../keys/keys.tsx";
import type { BodySize } from "../../widgets/frame.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { TextField } from "../../widgets/text-field.tsx";

export interface TypeNameProps {
  readonly cluster: string;
  readonly size: BodySize;
  readonly onTyped: () => void;
  readonly onClose: () => void;
}

/** Lets somebody confirm that a cluster may go by typing its name: nobody does that by accident. */
export function TypeName({ cluster, size, onTyped, onClose }: TypeNameProps) {
  return (
    <Overlay>
      <Box flexDirection="column" width={size.width} height={size.height} justifyContent="center">
        <Styled as="danger">{`This removes the cluster ${cluster} with everything in it.`}</Styled>
        <TextField
          label="Type its name to go on"
          value=""
          focused
          width={size.width}
          hint="Esc changes nothing"
          problem={(text) => (text === "" || cluster.startsWith(text) ? undefined : `its name is ${cluster}`)}
          onSubmit={(text) => (text === cluster ? onTyped() : undefined)}
          onCancel={onClose}
        />
      </Box>
    </Overlay>
  );
}
