/**
 * Inlining of small functions, recursive ones too.
 *
 * A call of a small function without loops is replaced by the function's blocks. What a call does besides stays: the depth
 * check (check.depth), then the charge. Windows of inlined calls exist in frame states only: an op inside gets the states of
 * the frames around it (after their CALLs) and its own, shifted by the sum of the CALLs' `out`s.
 *
 *   before  v2 = call 1 v0 @9 {0@11 r0=v0} before {0@9 r0=v0 r6=v0}
 *   after   check.depth 1 @9 {0@9 r0=v0 r6=v0}
 *           charge call @9 {0@9 r0=v0 r6=v0}
 *           v5 = i32.add.check v0, v0 @3 <9 {0@11 r0=v0 | 1@3+6 r0=v0}
 *           jump b4(v5)
 *
 * A tail call of the callee becomes a call: it takes over the window and depth of the inlined function, so its CALL is that one's.
 *
 * Level by level, the calls of one level before those that they bring in, until GROWTH operations were added: so a
 * recursive function is unfolded evenly. fib(38) in V8 without recursive inlining 290 ms, with one level 170, two 127, three
 * 103 (Go: 150). Each level doubles the code: two in the JIT, three in AOT.
 * Cost: linear in what is copied. Runs after simplify and dce have made the caller's and callee's sizes real; simplify and
 * gvn must follow: arguments are known now. Does not inline functions with loops: their call costs little beside a loop,
 * and their loop would lose its own entry.
 */
import type { Context, Template } from "../context.js";
import { sizeOf } from "../context.js";
import { dominatorsOf } from "../dominators.js";
import {
  Block,
  branchTo,
  type Edge,
  type FrameState,
  type Func,
  isConstant,
  kindOf,
  type Terminator,
  tyOf,
  type Value,
} from "../ir.js";
import { loopsOf } from "../loops.js";
import { Substitution } from "../rewrite.js";
import { nest, replacesFrame } from "../state.js";

/** Largest callee, in operations; fib has 11. */
const SMALL = 40;
/** Operations that inlining may add to a unit; AOT has the time. */
const GROWTH = { jit: 250, aot: 500 } as const;
/** Units beyond this size get nothing added. */
const LARGE = 3000;
/** How often a function may stand in the chain of inlined calls around its own call, the compiled function included. */
const RECURSION = { jit: 2, aot: 3 } as const;
/** Levels of inlined calls. */
export const MAX_LEVELS = 4;

/** Returns the number of calls inlined. */
export function inline(f: Func, context: Context): number {
  let size = sizeOf(f);
  const limit = Math.min(size + GROWTH[f.mode], LARGE);
  let calls = callsIn(worthwhile(f)).map((call) => ({ call, chain: [f.fn] }));
  let inlined = 0;
  const results = new Substitution();
  while (calls.length > 0) {
    const next: typeof calls = [];
    for (const { call, chain } of calls) {
      const fn = call.aux as number;
      if (chain.length > MAX_LEVELS || chain.filter((x) => x === fn).length > RECURSION[f.mode]) continue;
      const template = context.template(fn);
      if (!template || template.size > SMALL || size + template.size > limit || !mayCopy(template)) continue;
      const blocks = new Copy(f, call, template.f, context.outOf(call.pc), results).run();
      size += template.size;
      inlined++;
      for (const c of callsIn(blocks)) next.push({ call: c, chain: [...chain, fn] });
    }
    calls = next;
  }
  if (inlined > 0) {
    results.apply(f);
    f.computePreds();
  }
  return inlined;
}

/** Blocks whose calls are looked at. Module-level code outside loops runs once: copies there would only be larger. */
function worthwhile(f: Func): readonly Block[] {
  if (f.fn !== 0) return f.blocks;
  const loops = loopsOf(f, dominatorsOf(f));
  return f.blocks.filter((b) => loops.of.has(b));
}
const callsIn = (blocks: readonly Block[]): Value[] =>
  blocks.flatMap((b) => b.values.filter((v) => v.op === "call" && !v.handled));
const copyable = new WeakMap<Func, boolean>();
/** Not with loops, nor with a tail call of a value: which function is to be called instead is not known. */
function mayCopy({ f }: Template): boolean {
  let may = copyable.get(f);
  if (may === undefined) {
    may =
      loopsOf(f, dominatorsOf(f)).loops.length === 0 &&
      !f.blocks.some((b) => b.values.some((v) => v.op === "tailcall.value"));
    copyable.set(f, may);
  }
  return may;
}

/** Replaces one call by a copy of the callee. */
class Copy {
  private readonly values = new Map<Value, Value>();
  private readonly blocks = new Map<Block, Block>();
  /** What follows the call. */
  private readonly rest: Block;
  constructor(
    private readonly f: Func,
    private readonly call: Value,
    private readonly callee: Func,
    private readonly out: number,
    private readonly results: Substitution,
  ) {
    this.rest = f.newBlock();
  }

  /** The new blocks that hold the callee's operations, and the block of the call. */
  run(): Block[] {
    const { f, call, callee, rest } = this;
    const before = call.block!;
    const at = before.values.indexOf(call);
    rest.values = before.values.slice(at + 1);
    rest.term = before.term;
    before.values = before.values.slice(0, at);
    for (const v of rest.values) v.block = rest;
    call.block = null;
    this.result();
    this.blocks.set(callee.entry, before);
    for (const b of callee.blocks) if (b !== callee.entry) this.blocks.set(b, f.newBlock());
    for (const b of callee.blocks)
      for (const v of [...b.params, ...b.values]) {
        if (isConstant(v)) this.values.set(v, f.constant(kindOf(v), v.aux as number | bigint));
        else if (v.op === "param") this.values.set(v, call.args[v.aux as number]!);
        else this.values.set(v, this.copy(v));
      }
    // In place of an inlined frame it is as deep as that, which was checked.
    if (!replacesFrame(call)) this.depthCheck(before);
    const first = before.values.length;
    for (const b of callee.blocks) this.fill(b);
    // The caller's own calls in this block are not the copy's.
    const entryCalls = new Block(-1);
    entryCalls.values = before.values.slice(first);
    return [entryCalls, ...[...this.blocks.values()].filter((b) => b !== before)];
  }

  private result(): void {
    const { f, call, rest } = this;
    if (call.type === null) return;
    const p = f.newValue("block.param", call.type, [], null, call.pc);
    p.rep = call.rep;
    p.block = rest;
    rest.params.push(p);
    this.results.set(call, p);
  }

  private depthCheck(b: Block): void {
    const v = this.f.newValue("check.depth", null, [], this.call.inlined.length + 1, this.call.pc);
    v.inlined = this.call.inlined;
    v.state = this.call.before;
    v.block = b;
    b.values.push(v);
  }

  /** A copy without arguments and states: those may be copied later. */
  private copy(v: Value): Value {
    const { call } = this;
    if (v.op === "tailcall") return this.callInstead(v);
    const entry = v.op === "charge" && v.aux === "entry";
    const made = this.f.newValue(v.op, v.type, [], entry ? "call" : v.aux, entry ? call.pc : v.pc);
    made.rep = v.rep;
    made.handled = v.handled;
    made.inlined = entry ? call.inlined : [...call.inlined, call.pc, ...v.inlined];
    // An uncharged call is executed again as a whole.
    if (entry) made.state = call.before;
    return made;
  }

  /** A tail call of the inlined function is a call that its caller makes, with the same window and at the same depth. */
  private callInstead(tail: Value): Value {
    const { call } = this;
    const made = this.f.newValue("call", call.type, [], tail.aux, call.pc);
    made.rep = call.rep;
    made.inlined = call.inlined;
    made.state = call.state;
    return made;
  }

  private fill(b: Block): void {
    const to = this.blocks.get(b)!;
    const of = (v: Value): Value => this.values.get(v)!;
    for (const p of b.params) {
      const made = of(p);
      made.block = to;
      to.params.push(made);
    }
    for (const v of b.values) {
      if (isConstant(v) || v.op === "param") continue;
      const made = of(v);
      made.args = v.args.map(of);
      if (v.op === "tailcall") made.before = v.state && this.state(v.state);
      else if (v.state && !made.state) made.state = this.state(v.state);
      if (v.before) made.before = this.state(v.before);
      made.block = to;
      to.values.push(made);
    }
    const last = b.values.at(-1);
    to.term = last?.op === "tailcall" ? this.goOn(of(last)) : this.terminator(b.term);
  }
  private state(s: FrameState): FrameState {
    const frames = s.frames.map((fr) => ({
      ...fr,
      registers: new Map([...fr.registers].map(([r, v]) => [r, this.values.get(v)!])),
    }));
    return nest({ frames }, this.call.state!, this.out);
  }
  private terminator(t: Terminator): Terminator {
    const of = (v: Value): Value => this.values.get(v)!;
    const edge = (e: Edge): Edge => ({ to: this.blocks.get(e.to)!, args: e.args.map(of) });
    switch (t.kind) {
      case "jump":
        return { kind: "jump", edge: edge(t.edge) };
      case "branch":
        return branchTo(of(t.cond), edge(t.then), edge(t.otherwise), t.likely);
      case "return":
        return this.goOn(t.value ? of(t.value) : null);
      case "exit":
        return { ...t, state: this.state(t.state) };
      case "unreachable":
        return t;
    }
  }
  /** To what follows the call, with its result. */
  private goOn(value: Value | null): Terminator {
    return { kind: "jump", edge: { to: this.rest, args: this.call.type === null ? [] : [value ?? this.zero()] } };
  }
  private zero(): Value {
    const rep = this.callee.result;
    return this.f.constant(rep ? tyOf(rep) : "i32", 0);
  }
}
