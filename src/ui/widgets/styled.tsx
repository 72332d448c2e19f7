import { Text, type TextProps } from "ink";
import { memo } from "react";
import type { Meaning } from "../theme/colours.ts";
import { useTheme } from "../theme/theme.tsx";

/** Text with a meaning; what does not fit in its line is cut off. The same text is not drawn again. */
export const Styled = memo(function Styled({
  as,
  wrap = "truncate-end",
  children,
}: {
  as: Meaning;
  wrap?: TextProps["wrap"];
  children: TextProps["children"];
}) {
  const { style } = useTheme();
  return (
    <Text {...style[as]} wrap={wrap}>
      {children}
    </Text>
  );
});
