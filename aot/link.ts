/**
 * Linking: the AOT runtime (dist/runtime-aot.wasm, optimised when it was built, names kept) plus the program's
 * functions become one WASI command.
 *
 *   read the runtime ─► add the functions ─► data above the runtime's heap base ─► `_start`
 *                    ─► drop what is not reached ─► optimise the program's functions only ─► emit ─► seal
 *
 * Optimising everything would take seconds (ARCHITECTURE 10): the runtime's functions were optimised when it was built.
 * Binaryen facts this relies on: `setMemory` replaces the data segments of a read module, so the old ones are passed
 * again; exports keep functions alive, so those that the program does not call lose theirs first.
 */
import { type Chunk, mayRefer } from "../compiler/index.js";
import { MAX_HEAP, STATIC_BASE, VM, VM_BASE } from "../compiler/layout/vm.js";
import { addFunctions, type Binaryen, FEATURES, type MemoryMap } from "../compiler/native.js";
import { type Frame, frameEstimate, levelsThatFit, longestChain } from "./depth.js";
import { imageOf } from "./image.js";
import { seal } from "./section.js";
import { SiteTexts } from "./sites.js";

export interface LinkOptions {
  /** dist/runtime-aot.wasm. */
  readonly runtime: Uint8Array;
  readonly maxRecursion: number;
  /** Baked in when given: the program ends with E0040 after that many rounds and calls. */
  readonly fuel?: number;
  /** Baked in when given: the program ends with E0040 after that many ms. */
  readonly maxTime?: number;
  /** Bytes of the heap; baked in when given. */
  readonly maxHeap?: number;
  /** 0 to 3, or "s". */
  readonly optimize: number | "s";
  /** Leave out source lines in error texts. */
  readonly strip: boolean;
  /** Test mode: a collection at every allocation, freed memory overwritten. */
  readonly hostile?: boolean;
  /** Keep function names. */
  readonly names: boolean;
  /** Also as text. Costs more than all the rest for a program of long functions: each line is indented by its depth. */
  readonly text: boolean;
}
export interface Linked {
  readonly wasm: Uint8Array;
  /** The same module as text, for `--emit=wat`; null if it was not asked for. */
  readonly text: string | null;
}

const PAGE = 65536;
/** The runtime's functions that `_start`, the error path and the host's part call, besides what the program's functions call. */
const ROOTS = ["wasiWrite", "wasiRead", "wasiNow", "exit", "startup", "flush", "report"] as const;

/**
 * Links one program. Throws only on faults of ours (an invalid module).
 *
 * How deep calls may nest depends on the optimised functions' frames: a program with less room than it asks for is linked a
 * second time with the depth that fits.
 */
export function link(chunk: Chunk, binaryen: Binaryen, options: LinkOptions): Linked {
  const most = (): number => options.maxRecursion;
  const first = linkOnce(chunk, binaryen, options, most);
  if (first.fit.every((levels) => levels >= options.maxRecursion)) return first;
  return linkOnce(chunk, binaryen, options, (fn) => Math.min(first.fit[fn]!, options.maxRecursion));
}

interface LinkedOnce extends Linked {
  /** Nested calls that the host's stack has room for, by function. */
  readonly fit: readonly number[];
}

function linkOnce(
  chunk: Chunk,
  binaryen: Binaryen,
  options: LinkOptions,
  maxDepth: (fn: number) => number,
): LinkedOnce {
  const module = binaryen.readBinary(options.runtime);
  try {
    module.setFeatures(FEATURES(binaryen));
    const internal = exportsOf(module, binaryen);
    const heapBase = constantOf(module, binaryen, internal.get("heapBase"));
    const image = imageOf(chunk, heapBase);
    const map: MemoryMap = {
      codeBase: 0,
      fnBase: image.fnBase,
      globalBase: image.globalBase,
      strings: image.statics.constants,
      types: image.statics.types,
      variants: image.statics.variants,
      bodySlots: 0,
    };
    const timed = options.maxTime !== undefined;
    const program = addFunctions(module, chunk, map, {
      binaryen,
      maxDepth,
      budget: options.fuel !== undefined || timed,
      helper: (name) =>
        internal.get(timed && name === "pollNative" ? "pollTimed" : name) ?? fault(`the runtime has no ${name}`),
    });
    const sites = new SiteTexts(chunk, options.strip).rows(program.sites);
    const data = image.withSites(sites);
    // One frame more than calls may nest: it is taken before the depth is compared.
    const deepest = chunk.functions.reduce((most, _, fn) => Math.max(most, maxDepth(fn)), 0);
    const levels = Math.min(longestChain(chunk), deepest + 1) + 2;
    const heap: StartHeap | null = program.allocates
      ? {
          refs: image.globalBase,
          count: chunk.globals.filter((g) => mayRefer(g.type)).length,
          shadow: levels * program.shadowBytes,
        }
      : null;
    addStart(module, binaryen, internal, program.main, data.end, options, heap);
    replaceHost(module, binaryen, internal);
    const word = (field: number, value: number) => ({
      at: VM_BASE + field,
      bytes: new Uint8Array(Uint32Array.of(value).buffer),
    });
    const { names, messages, messageCount } = image.statics;
    const vm = options.hostile ? [word(VM.at.hostile, 1)] : [];
    if (names !== 0)
      vm.push(word(VM.at.names, names), word(VM.at.messages, messages), word(VM.at.messageCount, messageCount));
    if (sites.length > 0) vm.push(word(VM.at.sites, data.sites));
    addSegments(module, [...vm, { at: image.base, bytes: data.bytes }], data.end);

    for (const name of internal.keys()) if (name !== "memory") module.removeExport(name);
    module.addFunctionExport("_start", "_start");
    module.runPasses(["remove-unused-module-elements"]);
    const added = [...program.functions.values()].map((f) => f.name);
    optimise(module, binaryen, [...added, "_start"], options.optimize);
    module.runPasses(["remove-unused-module-elements"]);
    if (!module.validate()) fault("the linked module is not valid");
    binaryen.setDebugInfo(options.names);
    const text = options.text ? module.emitText() : null;
    const frames: (Frame | undefined)[] = chunk.functions.map(() => undefined);
    for (const [fn, { name, calls }] of program.functions) {
      const func = module.getFunction(name);
      if (func === 0) continue;
      const { vars, params } = binaryen.getFunctionInfo(func);
      const args = calls.reduce((most, c) => Math.max(most, c.args), 0);
      const locals = [...vars, params].flatMap((type) => [...binaryen.expandType(type)]);
      const floats = locals.filter((type) => type === binaryen.f64).length;
      frames[fn] = { bytes: frameEstimate(locals.length - floats, floats, args), calls };
    }
    return { wasm: seal(module.emitBinary()), text, fit: levelsThatFit(frames, program.values) };
  } finally {
    module.dispose();
  }
}

function fault(what: string): never {
  throw new Error(`link: ${what}`);
}

type Module = InstanceType<Binaryen["Module"]>;

/** Export name to internal name. */
function exportsOf(module: Module, binaryen: Binaryen): Map<string, string> {
  const names = new Map<string, string>();
  for (let i = 0; i < module.getNumExports(); i++) {
    const info = binaryen.getExportInfo(module.getExportByIndex(i));
    names.set(info.name, info.value);
  }
  for (const root of ROOTS) if (!names.has(root)) fault(`the runtime does not export ${root}`);
  return names;
}

/** What a runtime function without parameters returns, if its body is a constant. */
function constantOf(module: Module, binaryen: Binaryen, name: string | undefined): number {
  if (name === undefined) fault("the runtime does not export heapBase");
  const body = binaryen.getExpressionInfo(binaryen.getFunctionInfo(module.getFunction(name)).body);
  const { value } = body as unknown as { value: number };
  // Below are the VM block and the runtime's static data.
  if (!(value >= STATIC_BASE)) fault("the runtime's heap base is no constant");
  return value;
}

/** What `startHeap` of the runtime is told: reference variables, bytes of shadow stack. */
interface StartHeap {
  readonly refs: number;
  readonly count: number;
  readonly shadow: number;
}

/** Fuel of a module without a limit. */
const UNLIMITED = (1n << 63n) - 1n;

/** `_start`: prepares the runtime, runs the main program, flushes, and ends with the language's exit code. */
function addStart(
  module: Module,
  b: Binaryen,
  internal: Map<string, string>,
  main: string,
  heapNext: number,
  { fuel, maxTime, maxHeap }: LinkOptions,
  heap: StartHeap | null,
): void {
  const m = module;
  const call = (name: string, args: number[], type: number): number => m.call(internal.get(name)!, args, type);
  const constant = (n: number): number => m.i32.const(n);
  const long = (n: bigint): number => m.i64.const(n);
  const exitWith = (code: number): number => m.block(null, [call("exit", [code], b.none), m.unreachable()]);
  m.addFunction(
    "_start",
    b.none,
    b.none,
    [b.i32],
    m.block(null, [
      call("startup", [constant(heapNext), long(fuel === undefined ? UNLIMITED : BigInt(fuel))], b.none),
      ...(heap === null
        ? []
        : [
            call(
              "startHeap",
              [heap.refs, heap.count, heap.shadow, Math.min(maxHeap ?? 0, MAX_HEAP)].map(constant),
              b.none,
            ),
          ]),
      ...(maxTime === undefined ? [] : [call("startTimer", [long(BigInt(Math.round(maxTime * 1e6)))], b.none)]),
      m.local.set(0, m.call(main, [constant(0)], b.i32)),
      m.if(m.i32.ne(call("flush", [], b.i32), constant(0)), exitWith(constant(74))),
      m.if(m.local.get(0, b.i32), exitWith(call("report", [], b.i32))),
    ]),
  );
}

/** What the input and output parts import from the engine, and what of the runtime does that in a built module. */
const REPLACED: Readonly<Record<string, (typeof ROOTS)[number]>> = {
  write: "wasiWrite",
  read: "wasiRead",
  now: "wasiNow",
};

/** The imports from `env` become calls of the WASI part. */
function replaceHost(module: Module, b: Binaryen, internal: Map<string, string>): void {
  const imports: { readonly name: string; readonly by: string; readonly params: number; readonly result: number }[] =
    [];
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const info = b.getFunctionInfo(module.getFunctionByIndex(i));
    const by = info.module === "env" && info.base !== null ? REPLACED[info.base] : undefined;
    if (by !== undefined)
      imports.push({ name: info.name, by: internal.get(by)!, params: info.params, result: info.results });
  }
  for (const { name, by, params, result } of imports) {
    module.removeFunction(name);
    const args = b.expandType(params).map((type, n) => module.local.get(n, type));
    module.addFunction(name, params, result, [], module.call(by, args, result));
  }
}

/** What Binaryen 132 has for data segments; its type declarations still name an older interface. */
interface DataSegments {
  getNumDataSegments(): number;
  getDataSegmentByIndex(index: number): number;
  getDataSegmentInfo(segment: number): { offset: number; data: ArrayBuffer; passive: boolean };
}

/** Adds the program's data to the segments that the runtime has. */
function addSegments(module: Module, added: readonly { at: number; bytes: Uint8Array }[], end: number): void {
  const old = module as unknown as DataSegments;
  const segments: { offset: number; data: Uint8Array; passive: boolean }[] = [];
  for (let i = 0; i < old.getNumDataSegments(); i++) {
    const { offset, data, passive } = old.getDataSegmentInfo(old.getDataSegmentByIndex(i));
    segments.push({ offset: module.i32.const(offset), data: new Uint8Array(data), passive });
  }
  for (const { at, bytes } of added)
    if (bytes.length > 0) segments.push({ offset: module.i32.const(at), data: bytes, passive: false });
  const pages = Math.max(module.getMemoryInfo().initial, Math.ceil(end / PAGE) + 1);
  module.setMemory(pages, 65536, null, segments, false, false, "0");
}

function optimise(module: Module, b: Binaryen, functions: readonly string[], level: number | "s"): void {
  b.setOptimizeLevel(level === "s" ? 2 : level);
  b.setShrinkLevel(level === "s" ? 2 : 0);
  b.setFastMath(false);
  if (level === 0) return;
  for (const name of functions) if (module.getFunction(name)) module.optimizeFunction(name);
}
