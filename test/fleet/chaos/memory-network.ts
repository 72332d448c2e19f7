import { EventEmitter } from "node:events";
import { createRequire, syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { Duplex } from "node:stream";
import { createPortNumbers } from "./port-numbers.ts";

const address = "127.0.0.1";
const listeners = new Map<number, MemoryServer>();
const ports = createPortNumbers({ from: 10_001, to: 65_535 });
let sent = 0;

/** What was sent to and from services that are cut off, in its order. */
const held = new Map<number, (() => void)[]>();

/** Lets something happen in the next turn of the loop, as if it came from the network. */
function deliver(service: number, act: () => void): void {
  const waiting = held.get(service);
  if (waiting !== undefined) {
    waiting.push(act);
    return;
  }
  sent += 1;
  setImmediate(act);
}

/** A port nobody listens on, without what happened at an earlier one of that number. */
function freePort(): number {
  const port = ports.next((number) => listeners.has(number));
  held.delete(port);
  tried.delete(port);
  return port;
}

/** From now on nothing reaches the service on this port and nothing comes from it, without anybody being told. */
export function holdTraffic(port: number): void {
  if (!held.has(port)) held.set(port, []);
}

const tried = new Map<number, number>();

/** How often a connection to a port was begun, whatever became of it. */
export function triesAt(port: number): number {
  return tried.get(port) ?? 0;
}

/** Lets traffic with the service pass again, that of the meantime first. */
export function passTraffic(port: number): void {
  const waiting = held.get(port) ?? [];
  held.delete(port);
  for (const act of waiting) deliver(port, act);
}

/**
 * Puts connections within this process in the place of TCP, so that bytes are there one turn of the loop after they were sent,
 * on every kernel and under any load; there is no way back. Sockets of child processes and files stay what they are. `activity` grows
 * with everything that is sent.
 */
export function installMemoryNetwork(): { readonly activity: () => number } {
  const RealSocket = net.Socket;
  function AnySocket(options?: { handle?: unknown; fd?: number }): Duplex {
    const isReal = options?.handle !== undefined || options?.fd !== undefined;
    return isReal ? new RealSocket(options as net.SocketConstructorOpts) : new MemorySocket();
  }
  AnySocket.prototype = RealSocket.prototype;
  const createServer = (options: unknown, listener?: (socket: MemorySocket) => void) =>
    new MemoryServer(typeof options === "function" ? (options as (socket: MemorySocket) => void) : listener);
  Object.assign(createRequire(import.meta.url)("node:net"), { Socket: AnySocket, createServer });
  syncBuiltinESMExports();
  return { activity: () => sent };
}

class MemoryServer extends EventEmitter {
  #port = 0;

  constructor(listener: ((socket: MemorySocket) => void) | undefined) {
    super();
    if (listener !== undefined) this.on("connection", listener);
  }

  listen(_options: unknown, done?: () => void): this {
    this.#port = freePort();
    listeners.set(this.#port, this);
    if (done !== undefined) process.nextTick(done);
    return this;
  }

  address(): net.AddressInfo {
    return { address, family: "IPv4", port: this.#port };
  }

  close(done?: () => void): this {
    listeners.delete(this.#port);
    if (done !== undefined) process.nextTick(done);
    return this;
  }
}

/** One end of a connection; what is written to it arrives at the other end in order. */
export class MemorySocket extends Duplex {
  readonly remoteAddress = address;
  readonly remoteFamily = "IPv4";
  remotePort = 0;
  localPort = 0;
  #service = 0;
  #peer: MemorySocket | undefined;
  #resume: (() => void) | undefined;

  constructor() {
    super({ allowHalfOpen: false });
  }

  connect({ port }: { port: number }): this {
    this.#service = port;
    tried.set(port, triesAt(port) + 1);
    deliver(port, () => {
      const server = listeners.get(port);
      if (this.destroyed) return;
      if (server === undefined) {
        const refused = new Error(`connect ECONNREFUSED ${address}:${port}`);
        this.destroy(Object.assign(refused, { code: "ECONNREFUSED", syscall: "connect", address, port }));
        return;
      }
      const other = new MemorySocket();
      this.remotePort = port;
      this.localPort = freePort();
      other.remotePort = this.localPort;
      other.localPort = port;
      other.#service = port;
      this.#peer = other;
      other.#peer = this;
      server.emit("connection", other);
      this.emit("connect");
      this.emit("ready");
    });
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    deliver(this.#service, () => {
      const peer = this.#peer;
      if (peer === undefined || peer.destroyed || peer.push(chunk)) done();
      else peer.#resume = done;
    });
  }

  override _final(done: () => void): void {
    deliver(this.#service, () => {
      this.#peer?.push(null);
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const peer = this.#peer;
    deliver(this.#service, () => {
      if (peer !== undefined && !peer.destroyed && !peer.readableEnded) peer.push(null);
      peer?._read();
    });
    done(error);
  }
}
