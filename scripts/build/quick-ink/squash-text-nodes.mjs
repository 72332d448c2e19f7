import squashTextNodes from "../../../node_modules/ink/build/squash-text-nodes.js";

/** What a text was made of, and what was made of it. */
const known = new WeakMap();

/** What Ink makes of a text with texts in it; nothing anew as long as its parts are the same. */
export default function quickSquashTextNodes(node) {
  const parts = partsOf(node, []);
  const before = known.get(node);
  if (before !== undefined && areSame(before.parts, parts)) return before.text;
  const text = squashTextNodes(node);
  known.set(node, { parts, text });
  return text;
}

function partsOf({ childNodes }, parts) {
  for (const child of childNodes) {
    if (child.nodeName === "#text") parts.push(child.nodeValue);
    else {
      parts.push(child, child.internal_transform);
      partsOf(child, parts);
    }
  }
  return parts;
}

function areSame(one, other) {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
