/** What the terminal can show; decided once, before anything is drawn. */
export interface Appearance {
  readonly colour: boolean;
  /** Symbols and lines beyond ASCII. */
  readonly unicode: boolean;
  /** Somebody listens instead of looking: nothing is drawn over, one line after the other. */
  readonly screenReader: boolean;
}

export interface AppearanceWishes {
  readonly colour?: boolean | undefined;
  readonly ascii?: boolean | undefined;
  readonly screenReader?: boolean | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Flags go before the environment, the environment before what the terminal says of itself.
 * @see https://no-color.org and https://force-color.org
 */
export function detectAppearance(environment: Environment, wishes: AppearanceWishes = {}): Appearance {
  return {
    colour: wishes.colour ?? wantsColour(environment),
    unicode: wishes.ascii === undefined ? speaksUnicode(environment) : !wishes.ascii,
    screenReader: wishes.screenReader ?? isOn(environment.ACCESSIBLE ?? environment.INK_SCREEN_READER),
  };
}

function wantsColour({ FORCE_COLOR, NO_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR !== undefined) return isOn(FORCE_COLOR);
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return TERM !== "dumb";
}

/** The locale decides, as for every other program: `C` and `POSIX` mean ASCII; the Linux console lacks most symbols. */
function speaksUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: Environment): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== "");
  return TERM !== "linux" && TERM !== "dumb" && /utf-?8/i.test(locale ?? "");
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "no", "off"].includes(value.toLowerCase());
}
