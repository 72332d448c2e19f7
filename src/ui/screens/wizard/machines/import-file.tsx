import { Box } from "ink";
import { useEffect, useRef, useState } from "react";
import { toInstallerError } from "../../../../engine/errors.ts";
import { useApp } from "../../../app/app-model.tsx";
import { useKeys } from "../../../keys/keys.tsx";
import type { BodySize } from "../../../widgets/frame.tsx";
import { Styled } from "../../../widgets/styled.tsx";
import { TextField } from "../../../widgets/text-field.tsx";

export interface ImportFileProps extends BodySize {
  readonly onRead: (text: string) => void;
  readonly onClose: () => void;
}

/** Asks for a file with machines. */
export function ImportFile({ width, height, onRead, onClose }: ImportFileProps) {
  const { services } = useApp();
  const [failure, setFailure] = useState<string>();
  const left = useRef(new AbortController());
  useEffect(() => () => left.current.abort(), []);
  useKeys("screen", { back: onClose });
  const read = async (path: string): Promise<void> => {
    setFailure(undefined);
    const { signal } = left.current;
    try {
      const text = await services.readText(path, signal);
      if (signal.aborted) return;
      onClose();
      onRead(text);
    } catch (thrown) {
      if (!signal.aborted) setFailure(toInstallerError(thrown).message);
    }
  };
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Styled as="heading">Import machines from a file</Styled>
      <TextField
        label="File"
        value=""
        focused
        width={width}
        hint="Addresses, `name address role` lines, CSV, an Ansible inventory, or /etc/hosts; nothing is added before you saw it."
        onChange={() => setFailure(undefined)}
        onSubmit={(path) => (path.trim() === "" ? undefined : void read(path.trim()))}
      />
      {failure === undefined ? null : (
        <Styled as="danger" wrap="wrap">
          {failure}
        </Styled>
      )}
    </Box>
  );
}
