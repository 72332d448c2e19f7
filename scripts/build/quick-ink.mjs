// Ink measures and colours every piece of text of every frame; these stand in for what it does that with.
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("quick-ink/", import.meta.url));
const parts = /\/(colorize|measure-text|output|sanitize-ansi|squash-text-nodes|wrap-text)\.js$/;

/** For esbuild: plain text is not looked at character by character, and what Ink remembers does not grow for ever. */
export const quickInk = {
  name: "quick-ink",
  setup({ onResolve }) {
    const ours = ({ importer }) => importer.startsWith(folder);
    onResolve({ filter: /^string-width$/ }, (asked) =>
      ours(asked) ? undefined : { path: `${folder}string-width.mjs` },
    );
    onResolve({ filter: parts }, (asked) => {
      const [, name] = parts.exec(asked.path);
      return asked.importer.includes("/ink/build/") ? { path: `${folder}${name}.mjs` } : undefined;
    });
  },
};
