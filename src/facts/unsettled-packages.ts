import { sh } from "../ssh/shell.ts";

/**
 * Lists packages dpkg has begun with and not brought to an end, as lines `STATE NAME VERSION CONFIGURED`; the last is
 * empty unless some version was set up before. Pending triggers do not count: such a package works, and dpkg runs its
 * trigger the next time it is called.
 * @see https://manpages.debian.org/stable/dpkg/dpkg.1.en.html#PACKAGE_STATES
 */
export const unsettledPackages = sh`dpkg-query -W -f '\${db:Status-Abbrev} \${Package} \${Version} \${Config-Version}\\n' | grep -vE '^(ii|rc|hi|un|pn|iW|it) '`;

/**
 * Whether a package, such a line read into `state name version configured`, is left by transactions apt has noted for us,
 * whose files follow as arguments: newly unpacked by one, or cut short in its trigger, which shows as half set up although
 * that very version was set up before.
 */
export const isLeftBy = sh`awk -v "name=$name" -v "trigger=$([ "$state $version" != "iF $configured" ] || echo yes)" 'trigger != "" || ($1 == name && /[.]deb$/) { found = 1 } END { exit !found }'`;
