/**
 * Modules around lowered functions: one JIT unit as a module of its own, or all functions of a program inside a module that
 * the AOT linker brings.
 */

import type { Chunk } from "../bytecode/chunk.js";
import { opAt } from "../bytecode/encode.js";
import { callAt } from "../bytecode/flow.js";
import { RUNTIME, type RuntimeName } from "../bytecode/runtime.js";
import { FRAME } from "../layout/frame.js";
import { REG } from "../layout/vm.js";
import type { Binaryen, Built, MemoryMap } from "../native.js";
import { type FrameState, type Func, isCall, isConstant, isTailCall, mayCollect } from "../ssa/index.js";
import { TABLE } from "./calls.js";
import { addEntry, addStub } from "./entries.js";
import { Instructions, type Module } from "./instructions.js";
import { lower } from "./lower.js";
import { BODY, ENTRY, functionName, nameLocals, stubName } from "./names.js";
import { shadowBytes } from "./shadow.js";
import { type Site, signatureOf, type Target, Unit } from "./unit.js";

/**
 * The WebAssembly features that modules may use. Not Features.All: Binaryen 132 then writes imports in a form that Node 20
 * rejects.
 */
export const featuresOf = (b: Binaryen): number =>
  b.Features.MutableGlobals |
  b.Features.SignExt |
  b.Features.BulkMemory |
  b.Features.BulkMemoryOpt |
  b.Features.Multivalue |
  b.Features.NontrappingFPToInt |
  b.Features.ReferenceTypes |
  b.Features.TailCall;

export interface JitModuleOptions {
  readonly uncompiled: (fn: number) => boolean;
  readonly forceSite: ((key: string) => number) | null;
  /** Keep names, validate, and give the text. */
  readonly watch: ((text: () => string) => void) | null;
}

/** Binaryen's number for "no maximum". With a maximum, an import would not link to a memory without one. */
const NO_MAXIMUM = -1;

/** Builds the module of a JIT unit from its optimised SSA. */
export function buildModule(
  binaryen: Binaryen,
  f: Func,
  chunk: Chunk,
  map: MemoryMap,
  options: JitModuleOptions,
): Built {
  const m: Module = new binaryen.Module();
  try {
    m.setFeatures(featuresOf(binaryen));
    m.setMemory(0, NO_MAXIMUM, null, [], false, false, "memory");
    m.addMemoryImport("memory", "env", "memory", false);
    const ins = new Instructions(binaryen, m);
    const self = f.loopPc < 0 ? f.fn : -1;
    const callees = calleesOf(f, "call").filter((fn) => fn !== self);
    if (callees.length > 0 || calleesOf(f, "tailcall").length > 0 || callsValues(f))
      m.addTableImport(TABLE, "env", "table");
    const target: Target = {
      chunk,
      map,
      aot: null,
      helper: importHelpers(binaryen, m),
      forceSite: options.forceSite,
      mayTailCall: (fn) => tailCallsIn(chunk).has(fn),
      directBody: (fn) => (fn === self ? BODY : null),
    };
    const u = new Unit(ins, f, target);
    const { body, forced } = lower(u);
    const { params, results } = u.isLoop
      ? { params: binaryen.createType([binaryen.i32, binaryen.i32]), results: binaryen.i32 }
      : signatureOf(ins, chunk.functions[f.fn]!, false);
    const func = m.addFunction(u.isLoop ? ENTRY : BODY, params, results, u.vars, body);
    if (!u.isLoop) {
      addEntry(u);
      m.addFunctionExport(BODY, BODY);
    }
    m.addFunctionExport(ENTRY, ENTRY);
    const stubs = callees.filter((fn) => options.uncompiled(fn));
    for (const fn of stubs) {
      addStub(u, fn);
      m.addFunctionExport(stubName(fn), stubName(fn));
    }
    if (options.watch) {
      nameLocals(ins, u, func);
      options.watch(() => m.emitText());
      if (!m.validate()) throw new Error("the module is not valid");
    }
    return {
      wasm: m.emitBinary(),
      stubs,
      frameBytes: frameBytes(u),
      windowBytes: windowBytes(f, chunk),
      shadowBytes: shadowBytes(u.shadowSlots),
      sites: forced,
      operations: operationsIn(f),
    };
  } finally {
    m.dispose();
  }
}

/** Imports a helper when it is first called. */
function importHelpers(b: Binaryen, m: Module): (name: RuntimeName) => string {
  const known = new Set<string>();
  return (name) => {
    if (!known.has(name)) {
      known.add(name);
      const { params, result } = RUNTIME[name];
      m.addFunctionImport(name, "rt", name, b.createType(params.map((t) => b[t])), result ? b[result] : b.none);
    }
    return name;
  };
}

/** Functions that end in a tail call of another one; found once a chunk. */
function tailCallsIn(chunk: Chunk): ReadonlySet<number> {
  let known = tailCallers.get(chunk);
  if (!known) {
    known = new Set();
    chunk.functions.forEach(({ codeStart, codeEnd }, fn) => {
      for (let pc = codeStart; pc < codeEnd; pc += opAt(chunk.code, pc)!.size)
        if (opAt(chunk.code, pc)!.name.startsWith("TAIL_CALL") && callAt(chunk, pc).fn !== fn) known!.add(fn);
    });
    tailCallers.set(chunk, known);
  }
  return known;
}
const tailCallers = new WeakMap<Chunk, Set<number>>();

/** Functions that are called, or called in our place, in order of first appearance. */
function calleesOf(f: Func, op: "call" | "tailcall"): number[] {
  const found = new Set<number>();
  for (const b of f.blocks) for (const v of b.values) if (v.op === op) found.add(v.aux as number);
  return [...found];
}
function callSites(f: Func): CallSite[] {
  const calls = f.blocks.flatMap((b) => b.values.filter((v) => isCall(v) || isTailCall(v)));
  return calls.map((v) => ({
    callee: v.op === "call.value" || v.op === "tailcall.value" ? null : (v.aux as number),
    levels: isTailCall(v) ? 0 : v.inlined.length + 1,
    args: v.args.length,
  }));
}
/** Functions that closures are made of. */
function* valuesOf(f: Func, chunk: Chunk): Iterable<number> {
  for (const b of f.blocks)
    for (const v of b.values) {
      const constant = v.op === "const.ref" ? chunk.constants[v.aux as number]! : null;
      if (v.op === "const.fn") yield v.aux as number;
      else if (constant && "object" in constant && constant.object.kind === "function") yield constant.object.fn;
    }
}
/** The table of a program that calls values: functions by their number. */
function addTable(m: Module, chunk: Chunk, values: ReadonlySet<number>): void {
  m.addTable(TABLE, chunk.functions.length, chunk.functions.length);
  for (const fn of values) m.addActiveElementSegment(TABLE, `value${fn}`, [functionName(chunk, fn)], m.i32.const(fn));
}
const callsValues = (f: Func): boolean =>
  f.blocks.some((b) => b.values.some((v) => v.op === "call.value" || v.op === "tailcall.value"));
/** Estimate of the host's frame: what engines always store, the locals, the arguments of the largest call as values and as outgoing. */
function frameBytes(u: Unit): number {
  let outgoing = 0;
  for (const b of u.f.blocks) for (const v of b.values) if (isCall(v)) outgoing = Math.max(outgoing, v.args.length + 2);
  return 64 + 8 * (u.localCount + 2 * outgoing);
}
function operationsIn(f: Func): number {
  let n = 0;
  for (const b of f.blocks) n += 1 + b.values.filter((v) => !isConstant(v)).length;
  return n;
}

/** Bytes from register 0 to the end of the largest extent of windows in any frame state, the next frame's header included. */
function windowBytes(f: Func, chunk: Chunk): number {
  let slots = chunk.functions[f.fn]!.window;
  const add = (state: FrameState | null): void => {
    for (const frame of state?.frames ?? []) {
      slots = Math.max(slots, frame.offset + chunk.functions[frame.fn]!.window);
      for (const r of frame.registers.keys()) slots = Math.max(slots, frame.offset + r + 1);
    }
  };
  for (const b of f.blocks) {
    for (const v of b.values) {
      add(v.state);
      add(v.before);
      if (isTailCall(v)) slots = Math.max(slots, v.args.length);
      if (isCall(v) && v.state) {
        const top = v.state.frames[v.state.frames.length - 1]!;
        slots = Math.max(slots, top.offset + callAt(chunk, v.pc).out + v.args.length);
      }
    }
    if (b.term.kind === "exit") add(b.term.state);
  }
  return slots * REG + FRAME.size;
}

export interface ProgramOptions {
  readonly binaryen: Binaryen;
  /** Calls that may be nested when a function is called. */
  readonly maxDepth: (fn: number) => number;
  readonly budget: boolean;
  readonly helper: (name: RuntimeName) => string;
  /** Optimised SSA of a function. */
  readonly ssa: (fn: number) => Func;
}
/** A call that is left in a function of a built module. */
export interface CallSite {
  /** Null: of a value. */
  readonly callee: number | null;
  /** Levels that it goes down: itself and the inlined calls around it; 0 for one that replaces its caller. */
  readonly levels: number;
  readonly args: number;
}
export interface ProgramFunction {
  readonly name: string;
  readonly calls: readonly CallSite[];
}
export interface Program {
  /** The added functions, by number. */
  readonly functions: ReadonlyMap<number, ProgramFunction>;
  /** Functions that closures are made of. */
  readonly values: readonly number[];
  /** Name of the main program's body, `(depth) → status`. */
  readonly main: string;
  readonly sites: readonly Site[];
  readonly shadowBytes: number;
  readonly allocates: boolean;
}

/** Adds the main program and all that it reaches to a module. */
export function addProgram(m: Module, chunk: Chunk, map: MemoryMap, options: ProgramOptions): Program {
  const ins = new Instructions(options.binaryen, m);
  const sites: Site[] = [];
  const target: Target = {
    chunk,
    map,
    aot: { maxDepth: options.maxDepth, budget: options.budget, sites },
    helper: options.helper,
    forceSite: null,
    mayTailCall: () => false,
    directBody: (fn) => functionName(chunk, fn),
  };
  const functions = new Map<number, ProgramFunction>();
  const values = new Set<number>();
  let calling = false;
  let shadow = 0;
  let allocates = false;
  const reached = new Set([0]);
  // A set iterates over what is added meanwhile.
  for (const fn of reached) {
    const f = options.ssa(fn);
    for (const op of ["call", "tailcall"] as const) for (const callee of calleesOf(f, op)) reached.add(callee);
    for (const callee of valuesOf(f, chunk)) {
      values.add(callee);
      reached.add(callee);
    }
    calling ||= callsValues(f);
    const u = new Unit(ins, f, target);
    const { body } = lower(u);
    shadow = Math.max(shadow, shadowBytes(u.shadowSlots));
    allocates ||= f.blocks.some((b) => b.values.some((v) => !isCall(v) && mayCollect(v)));
    const { params, results } = signatureOf(ins, chunk.functions[fn]!, true);
    const name = functionName(chunk, fn);
    nameLocals(ins, u, m.addFunction(name, params, results, u.vars, body));
    functions.set(fn, { name, calls: callSites(f) });
  }
  if (calling) addTable(m, chunk, values);
  return {
    functions,
    values: [...values],
    main: functionName(chunk, 0),
    sites,
    shadowBytes: shadow,
    allocates,
  };
}
