import { printableText } from "../engine/printable.ts";

/** Everything XML 1.0 cannot hold in any spelling, halves of characters included. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * Any text as content of an XML element: without secrets and terminal sequences, and without characters that XML cannot
 * hold, whatever a machine said.
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function xmlText(text: string): string {
  return printableText(text)
    .replaceAll(impossible, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** ` name="value"`; line ends and tabs keep their meaning. */
export function attribute(name: string, value: string): string {
  const escaped = xmlText(value)
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\t", "&#9;");
  return ` ${name}="${escaped}"`;
}
