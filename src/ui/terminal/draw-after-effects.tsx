import { Box, type DOMElement } from "ink";
import { type ReactNode, useLayoutEffect, useRef } from "react";

interface DrawnRoot {
  onRender?: () => void;
}

/**
 * Ink draws before layout effects run, so what these change at once, such as the keys in the footer of a new screen,
 * would come a frame later than the screen. This lets it draw once both are there, which also saves a frame.
 */
export function DrawAfterEffects({ children }: { children: ReactNode }) {
  const ref = useRef<DOMElement>(null);
  useLayoutEffect(() => {
    const root: DrawnRoot | undefined = ref.current?.parentNode;
    const draw = root?.onRender;
    if (root === undefined || draw === undefined) return;
    let asked: NodeJS.Immediate | undefined;
    root.onRender = () => {
      asked ??= setImmediate(() => {
        asked = undefined;
        draw();
      });
    };
    return () => {
      clearImmediate(asked);
      root.onRender = draw;
    };
  }, []);
  return (
    <>
      <Box ref={ref} />
      {children}
    </>
  );
}
