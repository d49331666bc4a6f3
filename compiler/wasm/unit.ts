/**
 * What all parts of lowering know about the function being built: where things are in memory, which locals it has, how it
 * returns.
 *
 *   JIT body     (params…, base, depth) → (result, status)      loop entry   (base, depth) → address or status
 *   AOT body     (params…, depth) → (result, status)            without a result: → status
 */
import type { Chunk, Signature } from "../bytecode/chunk.js";
import type { RuntimeName } from "../bytecode/runtime.js";
import { FN, STATUS } from "../layout/vm.js";
import type { MemoryMap } from "../native.js";
import { type Func, tyOf, wasmType } from "../ssa/index.js";
import type { Expr, Instructions } from "./instructions.js";
import type { LocalType } from "./locals.js";

/** A place in AOT code that can fail or call; `code` null: a call, "*": the runtime function that fails there says which. */
export interface Site {
  readonly code: string | null;
  readonly pc: number;
  /** CALLs around an inlined place, outermost first. */
  readonly inlined: readonly number[];
}
/** What differs between the JIT and AOT. */
export interface Target {
  readonly chunk: Chunk;
  readonly map: MemoryMap;
  /** Name of a helper in the module. */
  helper(name: RuntimeName): string;
  /** AOT: calls are direct, depth is compared with a constant, failures have sites. */
  readonly aot: {
    readonly maxDepth: (fn: number) => number;
    readonly budget: boolean;
    readonly sites: Site[];
  } | null;
  /** JIT: forced exits; the number of a site. */
  readonly forceSite: ((key: string) => number) | null;
  /** JIT: whether a body may answer TAIL. */
  mayTailCall(fn: number): boolean;
  /** Name of the function that holds a body, if it is in the module: called directly. */
  directBody(fn: number): string | null;
}

export const wasmOf = (rep: Parameters<typeof tyOf>[0]): LocalType => wasmType(tyOf(rep));

/** Parameter and result types of a body in Binaryen's terms. */
export function signatureOf(
  ins: Instructions,
  { params: reps, result: rep }: Signature,
  aot: boolean,
): { params: number; results: number; result: LocalType | null } {
  const hidden = aot ? [ins.b.i32] : [ins.b.i32, ins.b.i32];
  const params = ins.b.createType([...reps.map((p) => ins.type(wasmOf(p))), ...hidden]);
  const result = rep ? wasmOf(rep) : null;
  return { params, results: result ? ins.b.createType([ins.type(result), ins.b.i32]) : ins.b.i32, result };
}

export class Unit {
  /** Locals of hidden parameters. */
  readonly base: number;
  readonly depth: number;
  /** Types of the function's parameters and of its result, if it is a body. */
  readonly params: readonly LocalType[];
  readonly result: LocalType | null;
  /** Binaryen types of the locals after the parameters. */
  readonly vars: number[] = [];
  private readonly own = new Map<string, number>();
  /** Slots of its frame on the shadow stack. */
  shadowSlots = 0;
  /** Wasm locals that a tuple local becomes, beyond one. */
  private extra = 0;

  constructor(
    readonly ins: Instructions,
    readonly f: Func,
    readonly target: Target,
  ) {
    this.params = f.params.map(wasmOf);
    this.result = f.result ? wasmOf(f.result) : null;
    this.base = this.params.length;
    this.depth = target.aot ? this.params.length : this.params.length + 1;
  }
  get isLoop(): boolean {
    return this.f.loopPc >= 0;
  }
  get paramCount(): number {
    return this.depth + 1;
  }
  /** Estimate of the host's frame, see architecture 4. */
  get localCount(): number {
    return this.paramCount + this.vars.length + this.extra;
  }

  /** A local of lowering's own by name; made on first use. */
  local(name: string, type: number): number {
    let index = this.own.get(name);
    if (index === undefined) {
      index = this.paramCount + this.vars.length;
      this.vars.push(type);
      this.own.set(name, index);
      this.extra += this.ins.b.expandType(type).length - 1;
    }
    return index;
  }
  ownLocals(): ReadonlyMap<string, number> {
    return this.own;
  }
  /** What an exit tells its tail: an address, or a site. */
  get exitLocal(): number {
    return this.local("exit", this.ins.b.i32);
  }
  get statusLocal(): number {
    return this.local("status", this.ins.b.i32);
  }
  get budgetLocal(): number {
    return this.local("budget", this.ins.b.i32);
  }
  /** Inside of a `try`: whether the call that was just done left an error that may be caught. */
  get failedLocal(): number {
    return this.local("failed", this.ins.b.i32);
  }
  getExit(): Expr {
    return this.ins.get(this.exitLocal, "i32");
  }
  getStatus(): Expr {
    return this.ins.get(this.statusLocal, "i32");
  }
  getBase(): Expr {
    return this.ins.get(this.base, "i32");
  }
  getDepth(levels: number): Expr {
    return this.ins.plus(this.ins.get(this.depth, "i32"), levels);
  }

  /** The first depth at which a body does not begin. Module level has depth 0, a function that it calls 1. */
  depthStop(): Expr {
    const { aot } = this.target;
    return aot ? this.ins.i32(aot.maxDepth(this.f.fn) + 2) : this.ins.loadVm("depthStop");
  }

  /** Returns a status, with a zero as the result. */
  returnStatus(status: Expr): Expr {
    const { ins } = this;
    if (this.isLoop || !this.result) return this.leaving(status);
    return this.leaving(ins.m.tuple.make([ins.constant(this.result, 0), status]));
  }
  /** Returns a result; `value` null for functions without one. */
  returnValue(value: Expr | null): Expr {
    const { ins } = this;
    const ok = ins.i32(STATUS.OK);
    return this.leaving(value === null ? ok : ins.m.tuple.make([value, ok]));
  }
  /** Returns what the function's type asks for, after giving the shadow frame back. */
  leaving(value: Expr): Expr {
    const { ins } = this;
    if (this.shadowSlots === 0) return ins.m.return(value);
    return ins.m.block(null, [ins.storeVm("shadowTop", this.getShadow()), ins.m.return(value)]);
  }
  get shadowLocal(): number {
    return this.local("shadow", this.ins.b.i32);
  }
  /** Where our shadow frame begins. */
  getShadow(): Expr {
    return this.ins.get(this.shadowLocal, "i32");
  }
  call(name: RuntimeName, args: Expr[], result: LocalType | null): Expr {
    return this.ins.m.call(this.target.helper(name), args, result ? this.ins.type(result) : this.ins.b.none);
  }

  /** Address of a bytecode word. */
  address(pc: number): number {
    return this.target.map.codeBase + 4 * pc;
  }
  record(fn: number): number {
    return this.target.map.fnBase + fn * FN.size;
  }
  site(code: string | null, pc: number, inlined: readonly number[]): number {
    return this.target.aot!.sites.push({ code, pc, inlined }) - 1;
  }
}
