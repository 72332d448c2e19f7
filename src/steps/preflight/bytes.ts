export const MiB = 1024 ** 2;
export const GiB = 1024 ** 3;

/** A size as people read it: `512 MiB`, `1.7 GiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < GiB) return `${Math.round(bytes / MiB)} MiB`;
  return `${(bytes / GiB).toFixed(1).replace(/\.0$/, "")} GiB`;
}
