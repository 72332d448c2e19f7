import { sh } from "../ssh/shell.ts";

/**
 * Lists packages dpkg has begun with and not brought to an end, as lines `STATE NAME`. Pending triggers do not count: such
 * a package works, and dpkg runs its trigger the next time it is called.
 * @see https://manpages.debian.org/stable/dpkg/dpkg.1.en.html#PACKAGE_STATES
 */
export const unsettledPackages = sh`dpkg-query -W -f '\${db:Status-Abbrev} \${Package}\\n' | grep -vE '^(ii|rc|hi|un|pn|iW|it) '`;

/** Whether the package "$name" stands as newly unpacked in one of the transactions apt has noted for us, given as files. */
export const standsIn = sh`awk -v "name=$name" '$1 == name && /[.]deb$/ { found = 1 } END { exit !found }'`;
