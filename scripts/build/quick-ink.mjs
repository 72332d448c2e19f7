// Ink measures every piece of text of every frame; these stand in for what it measures with.
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("quick-ink/", import.meta.url));

/** For esbuild: widths of plain text without looking at each character, and memories that do not grow for ever. */
export const quickInk = {
  name: "quick-ink",
  setup({ onResolve }) {
    onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer.startsWith(folder) ? undefined : { path: `${folder}string-width.mjs` },
    );
    onResolve({ filter: /\/(measure-text|wrap-text)\.js$/ }, ({ importer, path }) =>
      importer.includes("/ink/build/")
        ? { path: `${folder}${path.split("/").at(-1).replace(".js", ".mjs")}` }
        : undefined,
    );
  },
};
