// Ink measures every piece of text of every frame; these stand in for what it measures with.
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("quick-ink/", import.meta.url));

/** For esbuild: plain text is not looked at character by character, and what Ink remembers does not grow for ever. */
export const quickInk = {
  name: "quick-ink",
  setup({ onResolve }) {
    onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer.startsWith(folder) ? undefined : { path: `${folder}string-width.mjs` },
    );
    onResolve({ filter: /^(slice-ansi|@alcalzone\/ansi-tokenize)$/ }, ({ importer, path }) =>
      importer.endsWith("/ink/build/output.js") ? { path: `${folder}${path.split("/").at(-1)}.mjs` } : undefined,
    );
    onResolve({ filter: /\/(measure-text|wrap-text)\.js$/ }, ({ importer, path }) =>
      importer.includes("/ink/build/") ? { path: `${folder}${path.split("/").at(-1).slice(0, -3)}.mjs` } : undefined,
    );
  },
};
