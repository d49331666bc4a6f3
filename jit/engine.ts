/**
 * One program: a runtime instance with its memory and table, the limits of the run, and the synchronous driver that
 * calls `run` until the program is over (docs/architecture.md, "Charging").
 */
import type { Chunk, RuntimeReport, SourceFile } from "../compiler/index.js";
import { HELPERS } from "../compiler/layout/helpers.js";
import { CELL, FN, POLL, RUN, VM, VM_BASE } from "../compiler/layout/vm.js";
import type { Compiler } from "./compiler.js";
import { type Layout, layoutOf, place } from "./load.js";
import { readError } from "./report.js";
import { NEVER, Tiers } from "./tiers.js";

export interface EngineOptions {
  /** auto: native code when it is ready; jit: wait for it; interp: none. */
  readonly engine: "auto" | "jit" | "interp";
  readonly threshold: number;
  readonly maxRecursion: number;
  readonly fuel: number | null;
  /** Milliseconds; null: none. */
  readonly maxTime: number | null;
  /** Takes all bytes, answers an errno (0: fine). */
  readonly write: (fd: number, bytes: Uint8Array) => number;
  readonly lineFlush: boolean;
  /** Host stack that native code may use. */
  readonly hostBytes: number;
  /** Bytes of the first register chunk; 0: default. */
  readonly chunkBytes: number;
  /** Configuration `exits`: number of force bytes, and the sites to force in this run. */
  readonly force?: { readonly sites: number; readonly on: readonly number[] };
}
export const DEFAULTS = {
  engine: "auto", threshold: 10_000, maxRecursion: 10_000, fuel: null, maxTime: null, lineFlush: false, hostBytes: 400_000, chunkBytes: 0,
} as const satisfies Partial<EngineOptions>;

export interface Outcome {
  /** null: the program ended well. */
  readonly error: RuntimeReport | null;
  /** errno of a failed write, 0: none. */
  readonly outputErrno: number;
  /** Ctrl-C: where the program was last seen. */
  readonly interrupted: boolean;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  init(maxRecursion: number, hostBytes: number, chunkBytes: number, lineFlush: number): number;
  alloc(bytes: number): number;
  start(rec: number): number;
  run(): number;
  flush(): number;
  stopAt(code: number): number;
  fail(code: number, place: number): void;
}

/** A slice lasts about this long: short at first, because V8 replaces its baseline code only between calls of `run`. */
const FIRST_SLICE_MS = 1;
const SLICE_MS = 8;
const WARM_UP_MS = 300;
const FLUSH_MS = 50;
const MAX_SLICE = 1 << 30;
const TIME_IS_UP = 40;

export class Engine {
  readonly map: Layout;
  readonly tiers: Tiers | null;
  readonly started = performance.now();
  private readonly exports: Exports;
  private slice = 20_000;
  private lastRefill = 0;
  private lastFlush = 0;
  private fuelLeft: number;
  private granted = 0;

  constructor(runtime: WebAssembly.Module, readonly chunk: Chunk, readonly files: readonly SourceFile[], readonly options: EngineOptions, compiler: Compiler | null) {
    const instance = new WebAssembly.Instance(runtime, {
      env: {
        write: (fd: number, ptr: number, length: number) => options.write(fd, new Uint8Array(this.exports.memory.buffer, ptr, length)),
        poll: () => this.poll(),
        hot: (kind: number, index: number) => this.tiers?.hot(kind, index),
      },
    });
    this.exports = instance.exports as unknown as Exports;
    this.fuelLeft = options.fuel ?? Number.POSITIVE_INFINITY;
    const { exports } = this;
    exports.init(options.maxRecursion, options.hostBytes, options.chunkBytes, options.lineFlush ? 1 : 0);
    const bodySlots = exports.table.grow(chunk.functions.length);
    const size = layoutOf(chunk, 0, bodySlots).map.size;
    const base = exports.alloc(size + 16);
    if (base === 0) throw new RangeError("no memory for the program");
    const { map, texts } = layoutOf(chunk, base, bodySlots);
    this.map = map;
    if (options.force) {
      const bytes = exports.alloc(2 * options.force.sites);
      const view = this.view();
      view.setUint32(VM_BASE + VM.at.forceBase, bytes, true);
      view.setUint32(VM_BASE + VM.at.reachedBase, bytes + options.force.sites, true);
      for (const site of options.force.on) view.setUint8(bytes + site, 1);
    }
    const rt = Object.fromEntries(Object.keys(HELPERS).map((name) => [name, instance.exports[name] as Function]));
    const machine = {
      chunk, map, table: exports.table, view: () => this.view(),
      imports: { env: { memory: exports.memory, table: exports.table as unknown as Function }, rt } as WebAssembly.Imports,
    };
    this.tiers = options.engine === "interp" || !compiler ? null
      : new Tiers(machine, compiler, { threshold: options.threshold, blocking: options.engine === "jit", forced: options.force !== undefined });
    place(chunk, map, texts, exports.memory.buffer, this.tiers?.firstTrip ?? NEVER);
  }

  view(): DataView {
    return new DataView(this.exports.memory.buffer);
  }
  private vm(field: keyof typeof VM.at): number {
    return this.view().getInt32(VM_BASE + VM.at[field], true);
  }

  /** Which sites native code came past (configuration `exits`). */
  reached(): number[] {
    return this.bytesSet("reachedBase");
  }
  /** Sites that were to be forced and were not come past: native code clears the byte when it leaves. */
  stillForced(): number[] {
    return this.bytesSet("forceBase");
  }
  private bytesSet(base: "reachedBase" | "forceBase"): number[] {
    const { force } = this.options;
    if (!force) return [];
    const bytes = new Uint8Array(this.exports.memory.buffer, this.vm(base), force.sites);
    const set: number[] = [];
    for (let i = bytes.indexOf(1); i >= 0; i = bytes.indexOf(1, i + 1)) set.push(i);
    return set;
  }

  /** Runs the program to its end. */
  run(): Outcome {
    const { exports } = this;
    if (exports.start(this.map.fnBase) === 0) throw new RangeError("no memory for the first register chunk");
    this.lastRefill = this.lastFlush = performance.now();
    this.refill();
    let status = exports.run();
    while (status === RUN.BUDGET) status = this.service() ? exports.run() : exports.stopAt(TIME_IS_UP);
    const failed = status === RUN.ERROR && this.vm("errorCode") !== 0;
    const outputErrno = exports.flush();
    return { error: failed ? this.error() : null, outputErrno, interrupted: false };
  }

  error(): RuntimeReport {
    return readError(this.chunk, this.files, this.map, this.exports.memory.buffer);
  }
  flush(): number {
    return this.exports.flush();
  }
  /** Where the program was when it last asked, for Ctrl-C: a bytecode address. */
  lastPlace(): number {
    const at = this.vm("lastPc") >>> 0;
    return at === 0 ? 0 : (at - this.map.codeBase) / 4;
  }

  /** The import: the budget is used up inside native code or a nested run. */
  private poll(): number {
    if (this.service()) return POLL.GO_ON;
    this.exports.fail(TIME_IS_UP, this.vm("lastPc") >>> 0);
    this.view().setUint32(VM_BASE + VM.at.errorFlags, 1, true);
    return POLL.ERROR;
  }

  /** What is due when the budget is used up. False: fuel or time is used up too. */
  private service(): boolean {
    const now = performance.now();
    if (this.options.maxTime !== null && now - this.started >= this.options.maxTime) return false;
    if (this.tiers?.waiting) this.tiers.collect();
    if (now - this.lastFlush >= FLUSH_MS) {
      this.exports.flush();
      this.lastFlush = now;
    }
    const spent = Math.max(now - this.lastRefill, 0.01);
    const wanted = now - this.started < WARM_UP_MS ? FIRST_SLICE_MS : SLICE_MS;
    this.slice = Math.min(MAX_SLICE, Math.max(1000, this.slice * Math.min(8, Math.max(0.125, wanted / spent))));
    this.lastRefill = now;
    return this.refill();
  }

  /** Adds a slice to the budget; false when the fuel is used up. */
  private refill(): boolean {
    const n = Math.min(Math.floor(this.slice), this.fuelLeft);
    if (n <= 0) return this.fuelLeft > 0;
    this.fuelLeft -= n;
    this.granted += n;
    const view = this.view();
    const at = VM_BASE + VM.at.budget;
    view.setInt32(at, view.getInt32(at, true) + n, true);
    return true;
  }

  /** Units charged so far, and how many of them the interpreter counted. */
  charged(): { readonly all: number; readonly interpreted: number } {
    const view = this.view();
    let interpreted = 0;
    for (const loop of this.chunk.loops) interpreted += view.getUint32(this.map.codeBase + 4 * (loop.pc + 1) + CELL.at.count, true);
    this.chunk.functions.forEach((_, i) => { interpreted += view.getUint32(this.map.fnBase + FN.size * i + CELL.at.count, true); });
    return { all: this.granted - this.vm("budget"), interpreted };
  }
  nativeEntries(): number {
    return this.vm("nativeEntries");
  }
  /** Native entries made from the interpreter into a unit. */
  entriesOf(fn: number, loopPc: number): number {
    const cell = loopPc < 0 ? this.map.fnBase + FN.size * fn : this.map.codeBase + 4 * (loopPc + 1);
    return this.view().getUint32(cell + CELL.at.entries, true);
  }
}
