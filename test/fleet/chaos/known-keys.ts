import { createPrivateKey, createPublicKey, type KeyObject, type sign, type verify } from "node:crypto";

interface Signing {
  readonly sign: typeof sign;
  readonly verify: typeof verify;
}

const mostKnown = 1000;

/**
 * Signing and verifying that read a key given as PEM once: all machines show one host key and accept one login, and
 * reading a key takes longer than using it.
 */
export function withKnownKeys(original: Signing): Signing {
  const { sign, verify } = original;
  const known = new Map<string, KeyObject>();
  const keyOf = (pem: string, read: (pem: string) => KeyObject): KeyObject => {
    const key = known.get(pem) ?? read(pem);
    if (known.size >= mostKnown) known.clear();
    known.set(pem, key);
    return key;
  };
  const signing = (...[algorithm, data, key, ...rest]: Parameters<Signing["sign"]>) =>
    sign(algorithm, data, typeof key === "string" ? keyOf(key, createPrivateKey) : key, ...rest);
  const verifying = (...[algorithm, data, key, ...rest]: Parameters<Signing["verify"]>) =>
    verify(algorithm, data, typeof key === "string" ? keyOf(key, createPublicKey) : key, ...rest);
  return { sign: signing as Signing["sign"], verify: verifying as Signing["verify"] };
}
