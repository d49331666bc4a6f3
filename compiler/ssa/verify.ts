/**
 * What holds between any two passes. `verify` throws with the guilty pass's name and the place; it runs after every pass
 * in tests. The checks are the list of what passes and the back end may rely on:
 *
 *   blocks      the entry comes first, without parameters and predecessors; `preds` is what the terminators say; the graph is reducible
 *   values      each stands in one block, which it names; parameters are block.param; operands' and result's types are the row's
 *   uses        every use (argument, edge, terminator, state) is dominated by the definition
 *   edges       as many arguments as the target has parameters, of their types
 *   states      JIT: every check has one (calls two, `print` and `helper` none) and frames are of increasing offset; AOT: none
 *   division    plain div and rem have a constant divisor that cannot trap
 *   regions     load.reg only in the entry of a loop region, param only in that of a function; regions exit, functions return
 */
import { type Dominators, dominatorsOf, isReducible } from "./dominators.js";
import {
  type Block,
  type Edge,
  type FrameState,
  type Func,
  happensOnce,
  isCall,
  isConstant,
  isTailCall,
  successors,
  tyOf,
  type Value,
} from "./ir.js";
import { SSA_OPS, type SsaRow, type Ty } from "./ops.js";
import { printTerminator, printValue } from "./print.js";

/** Throws an Error if `f` is not well formed; `pass` is named in the message. */
export function verify(f: Func, pass: string): void {
  new Verifier(f, pass).run();
}

/** Ops with `args: "*"` whose argument types depend on something: checked here instead. */
const PLAIN_DIVISION = /^i(32|64)\.(div|rem)_[su]$/;

class Verifier {
  private readonly dom: Dominators;
  private readonly index = new Map<Value, number>();
  constructor(
    private readonly f: Func,
    private readonly pass: string,
  ) {
    this.dom = dominatorsOf(f);
  }

  run(): void {
    const { f } = this;
    if (f.blocks[0] !== f.entry) this.fail("the entry block does not come first");
    if (f.entry.params.length > 0) this.fail("the entry block has parameters");
    this.predecessors();
    if (f.entry.preds.length > 0) this.fail("the entry block has predecessors");
    if (!isReducible(f, this.dom)) this.fail("a loop has two entries");
    const owner = new Map<Value, Block>();
    const ids = new Set<number>();
    for (const b of f.blocks)
      [...b.params, ...b.values].forEach((v, i) => {
        if (owner.has(v)) this.fail(`v${v.id} stands in two places`, b);
        if (ids.has(v.id)) this.fail(`two values are called v${v.id}`, b);
        if (v.block !== b) this.fail(`v${v.id} does not name its block`, b);
        owner.set(v, b);
        ids.add(v.id);
        this.index.set(v, i);
      });
    for (const b of f.blocks) if (this.dom.position.has(b)) this.block(b);
  }

  private predecessors(): void {
    const expected = new Map<Block, Block[]>(this.f.blocks.map((b) => [b, []]));
    for (const b of this.f.blocks)
      for (const e of successors(b)) {
        const list = expected.get(e.to);
        if (!list) this.fail(`an edge to b${e.to.id}, which is not in the function`, b);
        list.push(b);
      }
    for (const [b, list] of expected)
      if (list.length !== b.preds.length || list.some((p) => count(list, p) !== count(b.preds, p)))
        this.fail("stale predecessors", b);
  }

  private block(b: Block): void {
    for (const v of b.params)
      if (v.op !== "block.param" || !v.type) this.fail(`parameter v${v.id} is not a block.param`, b);
    for (const v of b.values) {
      if (v.op === "block.param") this.fail(`v${v.id} is a block.param among the values`, b);
      this.value(b, v);
    }
    const end = Number.POSITIVE_INFINITY;
    for (const e of successors(b)) this.edge(b, e);
    const t = b.term;
    if (t.kind === "branch") {
      this.use(b, end, t.cond);
      if (t.cond.type !== "i32") this.fail("a branch on something that is no i32", b);
    } else if (t.kind === "return") {
      if (this.f.loopPc >= 0) this.fail("a return in a loop region", b);
      const want = this.f.result ? tyOf(this.f.result) : null;
      if ((t.value?.type ?? null) !== want) this.fail("a return of the wrong type", b);
      if (t.value) this.use(b, end, t.value);
    } else if (t.kind === "exit") {
      if (this.f.mode === "aot") this.fail("an exit in AOT", b);
      this.state(b, end, t.state);
    }
  }

  private value(b: Block, v: Value): void {
    const row: SsaRow | undefined = (SSA_OPS as Record<string, SsaRow>)[v.op];
    if (!row) this.fail(`unknown operation ${v.op}`, b);
    const at = this.index.get(v)!;
    for (const a of v.args) this.use(b, at, a, v);
    if (row.args !== "*" && (row.args.length !== v.args.length || row.args.some((ty, i) => v.args[i]!.type !== ty)))
      this.fail(`argument types of ${printValue(v)}`, b);
    const result = row.result === "*" ? this.resultOf(v) : row.result;
    if (result !== undefined && v.type !== result) this.fail(`result type of ${printValue(v)}`, b);
    if (v.rep && v.type && tyOf(v.rep) !== v.type) this.fail(`representation of ${printValue(v)}`, b);
    if (isConstant(v) && typeof v.aux !== (v.op === "const.i64" || v.op === "const.any" ? "bigint" : "number"))
      this.fail(`constant ${printValue(v)}`, b);
    if (v.op === "select" && (v.args.length !== 3 || v.args[0]!.type !== "i32" || v.args[1]!.type !== v.args[2]!.type))
      this.fail(`arguments of ${printValue(v)}`, b);
    if (PLAIN_DIVISION.test(v.op)) this.divisor(b, v);
    if (v.op === "param" && (b !== this.f.entry || this.f.loopPc >= 0))
      this.fail("param outside of a function's entry", b);
    if (v.op === "load.reg" && (b !== this.f.entry || this.f.loopPc < 0))
      this.fail("load.reg outside of a loop region's entry", b);
    this.states(b, at, v, row);
  }
  /** Result of ops with result `any`, or undefined where nothing is known. */
  private resultOf(v: Value): Ty | undefined {
    if (v.op === "select") return v.args[1]?.type ?? undefined;
    if (v.op === "param") return tyOf(this.f.params[v.aux as number]!);
    return undefined;
  }
  private divisor(b: Block, v: Value): void {
    const d = v.args[1]!;
    const zero = d.aux === 0 || d.aux === 0n;
    const minusOne = d.aux === -1 || d.aux === -1n;
    if (!isConstant(d) || zero || (minusOne && v.op.endsWith("div_s"))) this.fail(`divisor of ${printValue(v)}`, b);
  }

  private states(b: Block, at: number, v: Value, row: SsaRow): void {
    const wants = this.f.mode === "jit" && !happensOnce(v) && (row.exits === true || isTailCall(v));
    if (wants !== (v.state !== null)) this.fail(`${wants ? "no" : "a"} frame state: ${printValue(v)}`, b);
    if ((wants && isCall(v)) !== (v.before !== null)) this.fail(`state before a call: ${printValue(v)}`, b);
    if (row.exits && v.pc < 0) this.fail(`a check without a place: ${printValue(v)}`, b);
    if (v.state) this.state(b, at, v.state, v);
    if (v.before) this.state(b, at, v.before, v);
  }
  private state(b: Block, at: number, state: FrameState, of?: Value): void {
    const what = of ? printValue(of) : printTerminator(b);
    if (state.frames.length === 0) this.fail(`an empty state: ${what}`, b);
    if (state.frames[0]!.fn !== this.f.fn || state.frames[0]!.offset !== 0)
      this.fail(`the outermost frame: ${what}`, b);
    state.frames.forEach((frame, i) => {
      if (i > 0 && frame.offset <= state.frames[i - 1]!.offset) this.fail(`frame offsets: ${what}`, b);
      for (const v of frame.registers.values()) this.use(b, at, v, of);
    });
  }

  private edge(b: Block, e: Edge): void {
    if (e.args.length !== e.to.params.length)
      this.fail(`edge to b${e.to.id}: ${e.args.length} arguments for ${e.to.params.length} parameters`, b);
    e.args.forEach((a, i) => {
      this.use(b, Number.POSITIVE_INFINITY, a);
      if (a.type !== e.to.params[i]!.type) this.fail(`edge to b${e.to.id}: type of argument ${i}`, b);
    });
  }

  private use(b: Block, at: number, v: Value, by?: Value): void {
    const where = by ? ` in ${printValue(by)}` : ` in ${printTerminator(b)}`;
    if (!v.block || !this.index.has(v)) this.fail(`v${v.id} is used but stands nowhere${where}`, b);
    if (v.type === null) this.fail(`v${v.id} has no result${where}`, b);
    const before = v.op === "block.param" || this.index.get(v)! < at;
    if (v.block === b ? !before : !this.dom.dominates(v.block, b))
      this.fail(`v${v.id} is used where it is not defined${where}`, b);
  }

  private fail(message: string, b?: Block): never {
    throw new Error(`after ${this.pass}: function ${this.f.fn}${b ? `, b${b.id}` : ""}: ${message}`);
  }
}
const count = (list: readonly Block[], b: Block): number => list.reduce((n, x) => (x === b ? n + 1 : n), 0);
