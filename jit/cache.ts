/**
 * Native code in use, by function and loop. Bounded in bytes: when new code does not fit, everything is flushed (what is hot
 * asks again within one threshold), as LuaJIT does with its traces. That needs no bookkeeping of use, and a program whose hot
 * code is larger than the bound is rare.
 *
 * Generations: a flush starts a new one. A unit that was requested in an older generation was built for a table and a set
 * of stubs that are gone; it is dropped when it arrives.
 */

/** Installed code, as the cache sees it. */
export interface Code {
  /** Bytes of its module. */
  readonly bytes: number;
}

/** WebAssembly bytes; V8's machine code takes about three times as much. */
export const MAX_BYTES = 16 << 20;

export class CodeCache<C extends Code> {
  private readonly codes = new Map<string, C>();
  private used = 0;
  /** Counts flushes. */
  generation = 0;

  constructor(private readonly maxBytes = MAX_BYTES) {}

  get bytes(): number {
    return this.used;
  }
  get size(): number {
    return this.codes.size;
  }
  get(key: string): C | undefined {
    return this.codes.get(key);
  }
  fits(bytes: number): boolean {
    return this.used + bytes <= this.maxBytes;
  }
  /** Adds code; what was there under the key must have been taken out. */
  put(key: string, code: C): void {
    this.codes.set(key, code);
    this.used += code.bytes;
  }
  /** Takes one out. */
  take(key: string): C | undefined {
    const code = this.codes.get(key);
    if (code === undefined) return undefined;
    this.codes.delete(key);
    this.used -= code.bytes;
    return code;
  }
  /** Takes all out and starts a new generation. */
  flush(): C[] {
    const all = [...this.codes.values()];
    this.codes.clear();
    this.used = 0;
    this.generation++;
    return all;
  }
}
