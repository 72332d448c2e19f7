import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTerminalInput } from "../terminal/terminal.ts";
import { bindingsFor, createKeyRegistry, type KeyRegistry, type TextTaker } from "./key-registry.ts";
import type { Binding, Command, KeyPlace } from "./key-table.ts";
import { inputReader } from "./read-input.ts";

const Registry = createContext<KeyRegistry>(createKeyRegistry());
const LayerNumber = createContext<number | "always">(0);

/** Brings the terminal's keys to the parts of the screen that listen. */
export function Keys({ children }: { children: ReactNode }) {
  const registry = useMemo(createKeyRegistry, []);
  const read = useMemo(() => inputReader({ key: registry.press, paste: registry.paste }), [registry]);
  useTerminalInput(read);
  return <Registry value={registry}>{children}</Registry>;
}

/** Listens for commands of one place of the key table while mounted; undefined handlers do not listen. */
export function useKeys<P extends KeyPlace>(
  place: P,
  handlers: Partial<Record<Command<P>, (() => void) | undefined>>,
  text?: TextTaker,
): void {
  const registry = useContext(Registry);
  const layer = useContext(LayerNumber);
  const latest = useRef({ handlers, text });
  latest.current = { handlers, text };
  const commands = Object.entries(handlers)
    .filter(([, handler]) => handler !== undefined)
    .map(([command]) => command)
    .join(" ");
  const takesText = text !== undefined;
  const takesTyping = text?.type !== undefined;
  const severalLines = text?.severalLines === true;
  const listening = useRef<{ readonly to: string; readonly registry: KeyRegistry; stop(): void }>(undefined);
  // As soon as it can be seen it can be used: whoever types ahead must not reach what was there before. It is compared
  // with what is listened to and not with what was drawn last: a picture that is thrown away may have told more already.
  useLayoutEffect(() => {
    const to = JSON.stringify([layer, place, commands, takesText, takesTyping, severalLines]);
    if (listening.current?.to === to && listening.current.registry === registry) return;
    listening.current?.stop();
    const names = commands === "" ? [] : commands.split(" ");
    const stable = Object.fromEntries(
      names.map((command) => [command, () => latest.current.handlers[command as Command<P>]?.()]),
    ) as Partial<Record<Command<P>, () => void>>;
    const stop =
      takesText || commands !== ""
        ? registry.listen({
            layer,
            bindings: bindingsFor(place, stable),
            ...(takesText
              ? {
                  text: {
                    ...(takesTyping ? { type: (typed: string) => latest.current.text?.type?.(typed) } : {}),
                    paste: (pasted) => latest.current.text?.paste(pasted),
                    severalLines,
                  },
                }
              : {}),
          })
        : () => undefined;
    listening.current = { to, registry, stop };
  });
  useLayoutEffect(
    () => () => {
      listening.current?.stop();
      listening.current = undefined;
    },
    [],
  );
}

/** Everything below it is an overlay: only its own parts hear keys while it is mounted. */
export function Overlay({ children }: { children: ReactNode }) {
  const registry = useContext(Registry);
  const [layer, setLayer] = useState<number>();
  useLayoutEffect(() => {
    const raised = registry.raise();
    setLayer(raised.layer);
    return raised.lower;
  }, [registry]);
  return layer === undefined ? null : <LayerNumber value={layer}>{children}</LayerNumber>;
}

/** What is below it hears keys whatever overlay is open. */
export function Always({ children }: { children: ReactNode }) {
  return <LayerNumber value="always">{children}</LayerNumber>;
}

/** What keys do at this moment, for the footer and the help. */
export function useActiveBindings(): readonly Binding[] {
  const registry = useContext(Registry);
  const subscribe = useCallback((listener: () => void) => registry.subscribe(listener), [registry]);
  return useSyncExternalStore(subscribe, registry.active, registry.active);
}
