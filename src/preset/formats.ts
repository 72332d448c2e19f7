import { isIP, isIPv6 } from "node:net";
import { contains, formatRange, parseIPv4, parseRange } from "./cidr.ts";
import type { TextCheck } from "./finding.ts";
import { quote } from "./path.ts";

export const labelPattern = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const label = new RegExp(`^${labelPattern}$`);
const subdomain = new RegExp(`^${labelPattern}(\\.${labelPattern})*$`);
const labelRule = 'up to 63 of a-z, 0-9 and "-", beginning and ending with a letter or digit';

/** A DNS label as Kubernetes wants it. See https://www.rfc-editor.org/rfc/rfc1123#page-13 */
export const checkLabel: TextCheck = (text) => {
  if (label.test(text)) return undefined;
  const better = respell(text).slice(0, 63).replace(/-+$/, "");
  return {
    message: `${quote(text)} is not a DNS label`,
    allowed: labelRule,
    ...(label.test(better) ? { hint: `did you mean ${quote(better)}?` } : {}),
  };
};

/** One or more DNS labels joined by dots, at most 253 characters. */
export const checkSubdomain: TextCheck = (text) => {
  if (subdomain.test(text) && text.length <= 253) return undefined;
  const better = text.toLowerCase();
  return {
    message: `${quote(text)} is not a DNS name`,
    allowed: `DNS labels joined by dots, each ${labelRule}; at most 253 characters`,
    ...(subdomain.test(better) && better !== text ? { hint: `did you mean ${quote(better)}?` } : {}),
  };
};

function respell(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** Something one can log in to: an IP address, a DNS name or a name from ~/.ssh/config. */
export const checkAddress: TextCheck = (text) => {
  if (isIP(text) !== 0) return checkUsable(text);
  const allowed = "an IP address or a DNS name, without port and user";
  const hostPort = /^(?:(?<user>[^@]+)@)?(?<host>[^@:]+?)(?::(?<port>\d+))?$/.exec(text);
  const { user, host = "", port } = hostPort?.groups ?? {};
  if ((user !== undefined || port !== undefined) && isName(host)) {
    const keys = [user === undefined ? [] : [`user: ${user}`], port === undefined ? [] : [`port: ${port}`]].flat();
    return {
      message: `${quote(text)} is more than an address`,
      allowed,
      hint: `write \`address: ${host}\` and \`ssh: { ${keys.join(", ")} }\``,
    };
  }
  if (/^[\d.]+$/.test(text))
    return { message: `${quote(text)} is not an IP address`, allowed: "four numbers from 0 to 255 joined by dots" };
  return isName(text) ? undefined : { message: `${quote(text)} is neither an IP address nor a DNS name`, allowed };
};

/** Names in ~/.ssh/config and DNS may have upper case and underscores. */
export function isName(text: string): boolean {
  return (
    text.length <= 253 && /^[A-Za-z0-9]([-\w]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([-\w]{0,61}[A-Za-z0-9])?)*$/.test(text)
  );
}

/** An IP address other machines can send to. */
export const checkIPAddress: TextCheck = (text) => {
  if (isIP(text) !== 0) return checkUsable(text);
  return { message: `${quote(text)} is not an IP address`, allowed: "an IP address such as 10.0.0.11" };
};

const notForNodes = [
  ["0.0.0.0/8", "no address of a machine"],
  ["127.0.0.0/8", "the loopback range: other machines cannot reach it"],
  ["224.0.0.0/3", "a multicast or reserved address"],
] as const;

const checkUsable: TextCheck = (text) => {
  const address = parseIPv4(text);
  const unusable = notForNodes.find(([range]) => address !== undefined && contains(rangeOf(range), address));
  if (unusable === undefined && text !== "::1" && text !== "::") return undefined;
  return {
    message: `${quote(text)} is ${unusable?.[1] ?? notForNodes[1][1]}`,
    allowed: "an address the other nodes can reach",
  };
};

function rangeOf(text: string) {
  return parseRange(text) ?? { first: 0, last: -1, prefix: 0 };
}

const notForPods = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

/** An IPv4 range in CIDR notation without host bits. */
export const checkCidr: TextCheck = (text) => {
  const allowed = "an IPv4 range such as 10.244.0.0/16";
  const range = parseRange(text);
  if (range === undefined) {
    if (isIPv6(text.split("/")[0] ?? "")) {
      return { message: `${quote(text)} is an IPv6 range; IPv6 is not yet supported by this version`, allowed };
    }
    if (parseIPv4(text) !== undefined) {
      return {
        message: `${quote(text)} is an address, not a range`,
        allowed,
        hint: "add the prefix length, for example /16",
      };
    }
    return { message: `${quote(text)} is not an IPv4 range`, allowed };
  }
  if (formatRange(range) !== text) {
    return {
      message: `${quote(text)} has host bits set behind /${range.prefix}`,
      allowed: "the first address of the range",
      hint: `did you mean ${quote(formatRange(range))}?`,
    };
  }
  const reserved = notForPods.find((other) => range.first <= rangeOf(other).last && rangeOf(other).first <= range.last);
  if (reserved === undefined) return undefined;
  return { message: `${quote(text)} overlaps ${reserved}, which the Internet standards reserve`, allowed };
};

/** A path or anything else that only must not be empty. */
export const checkNotEmpty: TextCheck = (text) =>
  text.trim() === "" ? { message: "is empty", allowed: "a text that is not empty" } : undefined;

/** A host key's fingerprint as `ssh-keygen -lf` prints it. */
export const checkFingerprint: TextCheck = (text) => {
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(text)) return undefined;
  const md5 = /^(MD5:)?([0-9a-f]{2}:){15}[0-9a-f]{2}$/i.test(text);
  return {
    message: `${quote(text)} is not a SHA256 fingerprint`,
    allowed: "SHA256: and 43 characters, as `ssh-keygen -lf KEY.pub` prints it",
    ...(md5 ? { hint: "this is an MD5 fingerprint; they can be forged and are not accepted" } : {}),
  };
};
