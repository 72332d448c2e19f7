import type { Shell } from "../shell/state.ts";
import type { Input, Output } from "../shell/streams.ts";

/** One call of a program on a machine. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly shell: Shell;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** A variable of the call's environment. */
  readonly variable: (name: string) => string | undefined;
}

/** What a program does to its machine; the number is its exit code. */
export type Program = (call: Call) => number;

/** A call the model does not know: it is recorded, so that the stand-in cannot drift away from the product unnoticed. */
export class UnknownCall extends Error {
  override readonly name = "UnknownCall";
}

/** Refuses a call of a known program in a way nobody has taught it. */
export function unknown({ name, args }: Pick<Call, "name" | "args">): never {
  throw new UnknownCall([name, ...args].join(" "));
}

export interface Parsed {
  /** Options given; those with a value hold it. */
  readonly options: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/**
 * Takes options and operands apart. `known` lists the options, those that take a value with `=` behind them: `-n=`, `--net=`.
 */
export function parsed(call: Call, known: readonly string[]): Parsed {
  const options = new Map<string, string>();
  const operands: string[] = [];
  const queue = [...call.args];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (arg === "--") {
      operands.push(...queue);
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      operands.push(arg);
      continue;
    }
    const equals = arg.indexOf("=");
    const long = arg.startsWith("--");
    if (long && equals > 0 && known.includes(`${arg.slice(0, equals)}=`)) {
      options.set(arg.slice(0, equals), arg.slice(equals + 1));
    } else if (known.includes(arg)) options.set(arg, "");
    else if (known.includes(`${arg}=`)) options.set(arg, queue.shift() ?? "");
    else if (long) unknown(call);
    else {
      for (let rest = arg.slice(1); rest !== ""; rest = rest.slice(1)) {
        const letter = `-${rest[0]}`;
        if (known.includes(letter)) options.set(letter, "");
        else if (known.includes(`${letter}=`)) {
          options.set(letter, rest.length > 1 ? rest.slice(1) : (queue.shift() ?? ""));
          break;
        } else unknown(call);
      }
    }
  }
  return { options, operands };
}
