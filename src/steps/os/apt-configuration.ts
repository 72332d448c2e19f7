export interface AptSettings {
  /** Where apt works for us, so that the node's own archives and caches stay as they are. */
  readonly folder: string;
  /** apt writes here what it is about to do, before it does it. */
  readonly transaction: string;
  readonly proxy?: string;
}

/**
 * How apt behaves for us: asks nothing, keeps changed configuration files, waits for another apt to end, installs only
 * what is needed. It is read after the node's own configuration and wins over it.
 * @see https://manpages.debian.org/bookworm/apt/apt.conf.5.en.html
 */
export function aptConfiguration({ folder, transaction, proxy }: AptSettings): string {
  const settings: readonly (readonly [string, string])[] = [
    ["APT::Get::Assume-Yes", "true"],
    ["APT::Install-Recommends", "false"],
    ["APT::Update::Error-Mode", "any"],
    ["quiet", "1"],
    ["Acquire::Languages", "none"],
    ["Acquire::Retries", "3"],
    ...(proxy === undefined
      ? []
      : ([
          ["Acquire::http::Proxy", proxy],
          ["Acquire::https::Proxy", proxy],
        ] as const)),
    ["Dir::Cache", `${folder}/cache`],
    ["DPkg::Lock::Timeout", "300"],
    ["DPkg::Options::", "--force-confdef"],
    ["DPkg::Options::", "--force-confold"],
    ["DPkg::Use-Pty", "false"],
    ["DPkg::Pre-Install-Pkgs::", `/bin/dd of=${transaction} oflag=append conv=notrunc status=none`],
    ["DPkg::Tools::Options::/bin/dd::Version", "3"],
  ];
  return settings.map(([name, value]) => `${name} "${value.replaceAll('"', "%22")}";\n`).join("");
}
