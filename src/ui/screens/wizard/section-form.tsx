import { Box } from "ink";
import { Form, type FormProps, formHeight } from "../../widgets/form.tsx";
import { Styled } from "../../widgets/styled.tsx";

const besideFrom = 100;

/** A form and what there is to know about the answers: beside it where there is room, else below. */
export function SectionForm({
  width,
  height,
  details = [],
  ...form
}: FormProps & {
  readonly details?: readonly string[];
}) {
  const beside = width >= besideFrom && details.length > 0;
  const formWidth = beside ? Math.floor(width * 0.55) : width;
  const ownHeight = Math.min(height, formHeight(form.rows));
  const room = beside ? height : height - ownHeight - 1;
  return (
    <Box flexDirection={beside ? "row" : "column"} width={width} height={height} overflow="hidden">
      <Form {...form} width={formWidth} height={beside ? height : ownHeight} />
      {room < 1 || details.length === 0 ? null : (
        <Box
          flexDirection="column"
          width={beside ? width - formWidth - 2 : width - 2}
          height={room}
          marginLeft={2}
          marginTop={beside ? 0 : 1}
          overflow="hidden"
        >
          <Styled as="plain" wrap="wrap">
            {details.join("\n")}
          </Styled>
        </Box>
      )}
    </Box>
  );
}
