/**
 * One program: a runtime instance with its memory and table, the limits of the run, the driver and the tiers. An engine runs
 * its program once.
 */
import { type Chunk, mayRefer, type RuntimeReport, type SourceFile } from "../compiler/index.js";
import { CLASS, CLASS_BASE, CLASSES, ERROR_UNCATCHABLE, MAX_HEAP, RUN, VM, VM_BASE } from "../compiler/layout/vm.js";
import { Batches } from "./batches.js";
import type { Compiler } from "./compiler.js";
import { Driver } from "./driver.js";
import { ExitCounters } from "./exits.js";
import { type Layout, layoutOf, place } from "./load.js";
import type { Machine } from "./machine.js";
import { NEVER, Profile } from "./profile.js";
import { readError } from "./report.js";
import { type TierOptions, Tiers } from "./tiers.js";

export interface EngineOptions {
  /** auto: native code when it is ready; jit: wait for it; interp: none. */
  readonly engine: "auto" | "jit" | "interp";
  /** Rounds of a loop, or calls of a function, before native code is asked for. */
  readonly threshold: number;
  readonly maxRecursion: number;
  /** Rounds and calls; null: no limit. */
  readonly fuel: number | null;
  /** Milliseconds; null: none. */
  readonly maxTime: number | null;
  /** Takes all bytes, answers an errno (0: fine). The bytes are the program's memory: to be copied if they are kept. */
  readonly write: (fd: number, bytes: Uint8Array) => number;
  /** Reads some bytes of a file descriptor into `bytes`; answers how many, 0 at the end of the input, or a negative errno. */
  readonly read: (fd: number, bytes: Uint8Array) => number;
  /** Flush at line ends: the output is a terminal. */
  readonly lineFlush: boolean;
  /** Host stack that native code may use. */
  readonly hostBytes: number;
  /** Bytes of the first register chunk; 0: default. */
  readonly chunkBytes: number;
  /** Bytes that the heap may have; null: no limit. */
  readonly maxHeap: number | null;
  /** Test mode: a collection at every allocation, freed memory overwritten. */
  readonly hostile: boolean;
  /** Hot loops leave and come back a few times: for compilers that cannot ask for optimised code (batches.ts). */
  readonly batches: boolean;
  /** The clock in milliseconds. */
  readonly now: () => number;
  /** Configuration `exits`: number of force bytes, and the sites to force in this run. */
  readonly force?: { readonly sites: number; readonly on: readonly number[] };
}
export const DEFAULTS = {
  engine: "auto",
  threshold: 10_000,
  maxRecursion: 10_000,
  fuel: null,
  maxTime: null,
  lineFlush: false,
  hostBytes: 400_000,
  chunkBytes: 0,
  maxHeap: null,
  hostile: false,
  batches: false,
  now: (): number => performance.now(),
} as const satisfies Partial<EngineOptions>;

export interface Outcome {
  /** null: the program ended well. */
  readonly error: RuntimeReport | null;
  /** errno of a failed write, 0: none. */
  readonly outputErrno: number;
}

export interface MemoryStats {
  /** Bytes of all objects that were made. */
  readonly allocatedBytes: number;
  readonly collections: number;
  /** The most that the heap had, in blocks. */
  readonly heapPeakBytes: number;
}

/** What the engine calls of runtime.wasm (runtime-as/index.ts). */
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

export class Engine {
  readonly map: Layout;
  readonly tiers: Tiers | null;
  readonly driver: Driver;
  readonly exits: ExitCounters | null = null;
  private readonly exports: Exports;
  private seenView: DataView | null = null;

  constructor(
    runtime: WebAssembly.Module,
    readonly chunk: Chunk,
    readonly files: readonly SourceFile[],
    readonly options: EngineOptions,
    compiler: Compiler | null,
  ) {
    const instance = new WebAssembly.Instance(runtime, {
      env: {
        write: (fd: number, ptr: number, length: number) =>
          options.write(fd, new Uint8Array(this.exports.memory.buffer, ptr, length)),
        read: (fd: number, ptr: number, length: number) =>
          options.read(fd, new Uint8Array(this.exports.memory.buffer, ptr, length)),
        now: () => Math.max(0, options.now() / 1000),
        poll: () => this.driver.poll(),
        hot: (kind: number, index: number) => this.tiers?.hot(kind, index),
      },
    });
    this.exports = instance.exports as unknown as Exports;
    const { exports } = this;
    exports.init(options.maxRecursion, options.hostBytes, options.chunkBytes, options.lineFlush ? 1 : 0);
    const bodySlots = exports.table.grow(chunk.functions.length);
    const map = layoutOf(chunk, this.alloc(layoutOf(chunk, 0, bodySlots).size), bodySlots);
    this.map = map;
    if (options.force) this.prepareForced(options.force);
    const batches = options.batches ? new Batches() : null;
    const tierOptions: TierOptions = {
      threshold: options.threshold,
      blocking: options.engine === "jit",
      forced: options.force !== undefined,
      now: options.now,
      installed: () => batches?.restart(),
    };
    if (options.engine === "interp" || compiler === null) this.tiers = null;
    else {
      this.exits = new ExitCounters(chunk, this.alloc(ExitCounters.size(chunk)), () => this.view());
      this.setVm("exitCounts", this.exits.offsetFrom(map));
      this.tiers = new Tiers(this.machine(instance, this.exits), compiler, tierOptions);
    }
    this.setVm("bankRefs", map.globalBase);
    this.setVm("bankRefCount", chunk.globals.filter((g) => mayRefer(g.type)).length);
    this.setVm("hostile", options.hostile ? 1 : 0);
    this.setVm("heapLimit", Math.min(options.maxHeap ?? 0, MAX_HEAP));
    place(chunk, map, exports.memory.buffer, this.tiers ? Tiers.firstTrip(tierOptions) : NEVER);
    this.driver = new Driver(this.driven(), options, batches, options.now);
  }

  private alloc(bytes: number): number {
    const at = this.exports.alloc(bytes) >>> 0;
    if (at === 0) throw new RangeError("no memory for the program");
    return at;
  }
  private machine(instance: WebAssembly.Instance, exits: ExitCounters): Machine {
    const { memory, table } = this.exports;
    return {
      chunk: this.chunk,
      map: this.map,
      table,
      imports: { env: { memory, table }, rt: instance.exports as Record<string, Function> },
      exits,
      view: () => this.view(),
      alloc: (bytes) => this.alloc(bytes),
    };
  }
  private driven(): ConstructorParameters<typeof Driver>[0] {
    const { exports } = this;
    return {
      run: () => exports.run(),
      stopAt: (code) => exports.stopAt(code),
      failAt: (code) => {
        exports.fail(code, this.vm("lastPc"));
        this.setVm("errorFlags", ERROR_UNCATCHABLE);
      },
      addBudget: (units) => {
        this.setVm("budget", this.vm("budget") + units);
        this.setVm("granted", this.vm("granted") + units);
      },
      flush: () => void exports.flush(),
      collect: () => this.tiers?.collect(),
      lastPlace: () => this.vm("lastPc"),
    };
  }

  /** Memory as it is now. */
  view(): DataView {
    const { buffer } = this.exports.memory;
    if (this.seenView?.buffer !== buffer) this.seenView = new DataView(buffer);
    return this.seenView;
  }
  private vm(field: keyof typeof VM.at): number {
    return this.view().getUint32(VM_BASE + VM.at[field], true);
  }
  private setVm(field: keyof typeof VM.at, value: number): void {
    this.view().setUint32(VM_BASE + VM.at[field], value, true);
  }

  /** Runs the program to its end. */
  run(): Outcome {
    const { exports } = this;
    if (exports.start(this.map.fnBase) === 0) throw new RangeError("no memory for the first register chunk");
    let status: number;
    try {
      status = this.driver.run();
    } catch (e) {
      // A fault of Orus or of the host: what was printed is not lost.
      exports.flush();
      throw e;
    }
    const failed = status === RUN.ERROR && this.vm("errorCode") !== 0;
    const outputErrno = exports.flush();
    return { error: failed ? this.error() : null, outputErrno };
  }

  /** The pending error. */
  error(): RuntimeReport {
    return readError(this.chunk, this.files, this.map, this.exports.memory.buffer);
  }
  /** Writes out what was printed; answers an errno. For runs that were interrupted: `run` does it by itself. */
  flush(): number {
    return this.exports.flush();
  }
  /** Where the program was when it last asked: a bytecode address. */
  lastPlace(): number {
    const at = this.vm("lastPc") || this.vm("resumePc");
    return at === 0 ? 0 : (at - this.map.codeBase) / 4;
  }

  /** Units charged so far, and how many of them the interpreter executed. */
  charged(): { readonly all: number; readonly interpreted: number } {
    const all = this.driver.granted - (this.vm("budget") | 0);
    const profile = this.tiers?.profile ?? new Profile(this.chunk, this.map, () => this.view());
    return { all, interpreted: this.tiers ? profile.interpreted() : all };
  }
  /** Entries from the interpreter. */
  nativeEntries(): number {
    return this.vm("nativeEntries");
  }
  /** Bytes of linear memory. */
  memoryBytes(): number {
    return this.exports.memory.buffer.byteLength;
  }

  /** What the program allocated. */
  memory(): MemoryStats {
    const view = this.view();
    let free = 0;
    for (let at = CLASS_BASE; at < CLASS_BASE + CLASSES * CLASS.size; at += CLASS.size)
      free += view.getUint32(at + CLASS.at.limit, true) - view.getUint32(at + CLASS.at.cursor, true);
    const before = Number(view.getBigInt64(VM_BASE + VM.at.allocatedBefore, true));
    return {
      allocatedBytes: before + this.vm("allocated") - free,
      collections: this.vm("collections"),
      heapPeakBytes: this.vm("heapPeak"),
    };
  }

  // Configuration `exits`.

  private prepareForced(force: NonNullable<EngineOptions["force"]>): void {
    const bytes = this.alloc(2 * force.sites);
    this.setVm("forceBase", bytes);
    this.setVm("reachedBase", bytes + force.sites);
    for (const site of force.on) this.view().setUint8(bytes + site, 1);
  }
  /** Which sites native code came past. */
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
}
