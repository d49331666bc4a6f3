/** Bytes that grow, and bytes that are read with every bound checked. Numbers are LEB128 unless their width is fixed. */

/** What was read cannot be what was written. Stays inside this folder: the door answers it as data. */
export class Damaged extends Error {}

export class ByteWriter {
  private buffer = new Uint8Array(1024);
  private view = new DataView(this.buffer.buffer);
  private length = 0;
  private readonly encoder = new TextEncoder();

  bytes(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
  /** Where `n` more bytes go. To be called before `buffer` or `view` is looked at: both may be replaced. */
  private room(n: number): number {
    if (this.length + n > this.buffer.length) {
      const grown = new Uint8Array(Math.max(2 * this.buffer.length, this.length + n));
      grown.set(this.buffer);
      this.buffer = grown;
      this.view = new DataView(grown.buffer);
    }
    const at = this.length;
    this.length += n;
    return at;
  }
  byte(n: number): void {
    const at = this.room(1);
    this.buffer[at] = n;
  }
  u32(n: number): void {
    const at = this.room(4);
    this.view.setUint32(at, n, true);
  }
  u64(n: bigint): void {
    const at = this.room(8);
    this.view.setBigUint64(at, BigInt.asUintN(64, n), true);
  }
  f64(n: number): void {
    const at = this.room(8);
    this.view.setFloat64(at, n, true);
  }
  /** A number from 0 to 2^53 - 1. */
  uint(n: number): void {
    let rest = n;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }
  text(text: string): void {
    const utf8 = this.encoder.encode(text);
    this.uint(utf8.length);
    const at = this.room(utf8.length);
    this.buffer.set(utf8, at);
  }
  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.uint(items.length);
    for (const item of items) write(item);
  }
  optional<T>(item: T | null, write: (item: T) => void): void {
    this.byte(item === null ? 0 : 1);
    if (item !== null) write(item);
  }
}

/** Throws Damaged, and nothing else. */
export class ByteReader {
  private readonly view: DataView;
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  fail(what: string): never {
    throw new Damaged(`${what} at byte ${this.at}`);
  }
  private take(n: number): number {
    if (n > this.bytes.length - this.at) this.fail("it ends early");
    const at = this.at;
    this.at += n;
    return at;
  }
  byte(): number {
    return this.bytes[this.take(1)]!;
  }
  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }
  u64(): bigint {
    return this.view.getBigUint64(this.take(8), true);
  }
  f64(): number {
    return this.view.getFloat64(this.take(8), true);
  }
  uint(): number {
    let n = 0;
    let unit = 1;
    for (let i = 0; i < 7; i++) {
      const byte = this.byte();
      n += (byte & 127) * unit;
      if (byte < 128) return n;
      unit *= 128;
    }
    return this.fail("a number without end");
  }
  /** Length of a list whose items take at least `least` bytes: never more than can follow. */
  count(least: number): number {
    const n = this.uint();
    if (n * least > this.bytes.length - this.at) this.fail("a length");
    return n;
  }
  text(): string {
    const length = this.count(1);
    const at = this.take(length);
    try {
      return this.decoder.decode(this.bytes.subarray(at, at + length));
    } catch {
      return this.fail("text that is no UTF-8");
    }
  }
  list<T>(read: () => T): T[] {
    const n = this.count(1);
    const items: T[] = [];
    for (let i = 0; i < n; i++) items.push(read());
    return items;
  }
  optional<T>(read: () => T): T | null {
    const flag = this.byte();
    if (flag > 1) this.fail("a flag");
    return flag === 1 ? read() : null;
  }
  /** Nothing may be left. */
  end(): void {
    if (this.at !== this.bytes.length) this.fail("something follows the end");
  }
}
