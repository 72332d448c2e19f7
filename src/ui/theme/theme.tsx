import type { BoxProps } from "ink";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Appearance } from "../terminal/appearance.ts";
import { colourful, colourless, type Meaning, type Style } from "./colours.ts";
import { asciiSymbols, type Symbols, unicodeSymbols } from "./symbols.ts";

/** How everything looks; parts of the screen ask for meanings and get styles. */
export interface Theme {
  readonly style: Readonly<Record<Meaning, Style>>;
  readonly symbols: Symbols;
  readonly border: NonNullable<BoxProps["borderStyle"]>;
  /** Whether the spinner may turn through symbols beyond ASCII. */
  readonly unicode: boolean;
}

export function themeFor({ colour, unicode }: Pick<Appearance, "colour" | "unicode">): Theme {
  return {
    style: colour ? colourful : colourless,
    symbols: unicode ? unicodeSymbols : asciiSymbols,
    border: unicode ? "round" : "classic",
    unicode,
  };
}

const Current = createContext<Theme>(themeFor({ colour: false, unicode: false }));

export function ThemeProvider({ appearance, children }: { appearance: Appearance; children: ReactNode }) {
  const theme = useMemo(() => themeFor(appearance), [appearance]);
  return <Current value={theme}>{children}</Current>;
}

export function useTheme(): Theme {
  return useContext(Current);
}
