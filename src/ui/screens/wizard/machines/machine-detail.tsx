import { Box, Text } from "ink";
import Spinner from "ink-spinner";
import { wrapWords } from "../../../state/wrap-words.ts";
import { useTheme } from "../../../theme/theme.tsx";
import { Lines } from "../../../widgets/lines.tsx";
import { Styled } from "../../../widgets/styled.tsx";
import type { MachineTest } from "../../../wizard/machines/machine-tests.ts";
import { type MachineDraft, ownLogin } from "../../../wizard/machines/machines.ts";
import { testInWords } from "../../../wizard/machines/test-in-words.ts";

export interface MachineDetailProps {
  readonly summary: string;
  /** What was just done. */
  readonly said: string | undefined;
  readonly machine: MachineDraft | undefined;
  readonly problem: string | undefined;
  readonly test: MachineTest | undefined;
  readonly empty: boolean;
  readonly width: number;
  readonly height: number;
}

/** Below the list: how many there are, and in full what is known of the highlighted one. */
export function MachineDetail(props: MachineDetailProps) {
  const { summary, said = "", machine, problem, test, empty, width, height } = props;
  const { style, symbols, unicode } = useTheme();
  const testing = test?.state === "testing";
  const texts = [
    ...(said === "" ? [] : [said]),
    ...(problem === undefined ? [] : [`${symbols.failed} ${problem}`]),
    ...(machine === undefined ? [] : testInWords(test)),
    ...(machine === undefined || ownLogin(machine) === "" ? [] : [`Logs in ${ownLogin(machine)}`]),
    ...(machine?.labels === undefined ? [] : [labelsText(machine.labels)]),
    ...(empty ? ["No machines yet: add one, paste a list of them, or import a file."] : []),
    ...(machine === undefined && !empty ? ["How all machines are logged in to, unless one says otherwise."] : []),
  ];
  const lines = texts.flatMap((text) => wrapWords(text, width - (testing ? 4 : 2)));
  const bad = problem !== undefined || test?.state === "failed";
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Styled as="muted">{`${symbols.line.repeat(2)} ${summary} ${symbols.line.repeat(Math.max(0, width - summary.length - 4))}`}</Styled>
      <Box paddingLeft={2} width={width}>
        {testing ? (
          <Box width={2} flexShrink={0}>
            <Text {...style.running}>
              <Spinner type={unicode ? "dots" : "line"} />
            </Text>
          </Box>
        ) : null}
        <Box flexDirection="column">
          <Lines
            lines={lines.slice(0, height - 1)}
            styleOf={(line) =>
              said !== "" && line === 0
                ? style.plain
                : bad
                  ? style.danger
                  : test?.state === "fine"
                    ? style.ok
                    : style.muted
            }
          />
        </Box>
      </Box>
    </Box>
  );
}

function labelsText(labels: NonNullable<MachineDraft["labels"]>): string {
  return `Labels: ${Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ")}`;
}
