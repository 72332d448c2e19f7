/** ELF machine numbers of the architectures Kubernetes is published for, under Go's names. */
const machines = new Map([
  [0x03, "386"],
  [0x15, "ppc64le"],
  [0x16, "s390x"],
  [0x28, "arm"],
  [0x3e, "amd64"],
  [0xb7, "arm64"],
  [0xf3, "riscv64"],
]);

/** How many bytes of a file `architectureOf` wants to see. */
export const elfHeaderBytes = 20;

/**
 * The architecture an executable was built for, from its ELF header, or undefined when it is no Linux executable.
 * @see https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */
export function architectureOf(start: Buffer): string | undefined {
  if (start.length < elfHeaderBytes || start.toString("latin1", 0, 4) !== "\x7fELF") return undefined;
  const machine = start[5] === 2 ? start.readUInt16BE(18) : start.readUInt16LE(18);
  return machines.get(machine) ?? `ELF machine ${machine}`;
}
