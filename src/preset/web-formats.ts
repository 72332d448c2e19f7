import { isIPv6 } from "node:net";
import type { TextCheck } from "./finding.ts";
import { checkAddress, isName } from "./formats.ts";
import { quote } from "./path.ts";

/** `host:port` of something a TCP connection can be made to; IPv6 addresses stand in brackets. */
export const checkEndpoint: TextCheck = (text) => {
  const { host, address, port } =
    /^(?:\[(?<address>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d{1,5})$/.exec(text)?.groups ?? {};
  const allowed = "host:port, for example k8s.example.com:6443";
  if (port === undefined) {
    const hint = text.includes("://") ? "leave the https:// away" : `did you mean ${quote(`${text}:6443`)}?`;
    return {
      message: `${quote(text)} is not host:port`,
      allowed,
      ...(/[:\s]/.test(text) && !text.includes("://") ? {} : { hint }),
    };
  }
  if (Number(port) < 1 || Number(port) > 65535)
    return { message: `${port} is not a port`, allowed: "a port from 1 to 65535" };
  if (address !== undefined && isIPv6(address)) return undefined;
  return host === undefined ? { message: `${quote(text)} is not host:port`, allowed } : checkAddress(host);
};

/** An absolute http or https address. */
export const checkUrl: TextCheck = (text) => {
  const allowed = "an address that begins with http:// or https://";
  if (URL.canParse(text) && /^https?:\/\/[^/\s]/i.test(text)) {
    const { username, password } = new URL(text);
    if (username === "" && password === "") return undefined;
    return {
      message: "a user or password stands in this address, where logs would show it",
      allowed: `${allowed}, without user:password@`,
    };
  }
  const bare = /^[\w.-]+(:\d+)?(\/|$)/.test(text) && URL.canParse(`http://${text}`);
  return {
    message: `${quote(text)} is not a web address`,
    allowed,
    ...(bare ? { hint: `did you mean ${quote(`http://${text}`)}?` } : {}),
  };
};

/** A registry as image names spell it. */
export const checkRegistry: TextCheck = (text) => {
  const { host } = /^(?<host>[^:/\s]+)(:\d{1,5})?$/.exec(text)?.groups ?? {};
  if (host !== undefined && isName(host)) return undefined;
  const bare = text.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return {
    message: `${quote(text)} is not a registry's name`,
    allowed: "host or host:port as image names begin, for example registry.k8s.io",
    ...(bare !== text && isName(bare) ? { hint: `did you mean ${quote(bare)}?` } : {}),
  };
};
