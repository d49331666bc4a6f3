/**
 * Loop-invariant code motion.
 *
 * Moves operations whose arguments do not change in a loop in front of it: pure ones from anywhere in the loop (they are
 * total, so computing one in vain is harmless), loads of what nothing in the loop can change (of elements and slots only where every
 * round begins with them: they may be guarded by a test), and checks of the loop's header.
 *
 *   before  b1(): jump b2(v3)                      after  b1(): v5 = f64.mul v0, v1
 *           b2(v4): v5 = f64.mul v0, v1                         jump b2(v3)
 *                   v6 = f64.add v4, v5                   b2(v4): v6 = f64.add v4, v5
 *                   branch …, b2(v6), b3()                       branch …, b2(v6), b3()
 *
 * A check moves only where it is the first thing that a round does, so that it fails exactly when it would have failed in the
 * first round, with that round's state: parameters are replaced by what the entry brings. Behind a charge it moves too in
 * JIT, with the charge's state: leaving uncharged before the LOOP is right, the interpreter does the rest. But not out of
 * the loop that a region is entered at: the interpreter would enter again at that LOOP and leave again, for ever.
 *
 * Left alone: constants (repeated at each use), comparisons and conversions (cheaper than a local that lives through the
 * loop), and everything beyond LIMIT per loop, since each moved value takes a local. Cost: linear per nesting level. Makes
 * preheaders, which layout joins. Runs after ranges, which frees checks from their place.
 */
import { type Dominators, dominatorsOf } from "../dominators.js";
import {
  type Block,
  type Edge,
  type FrameState,
  type Func,
  isConstant,
  isPure,
  successors,
  type Value,
} from "../ir.js";
import { type Loop, loopsOf } from "../loops.js";
import { changes, changesMemory, isHarmless, placeOf } from "../memory.js";

const LIMIT = 16;

/** Returns the number of operations moved, once per loop that they leave. */
export function licm(f: Func): number {
  const dom = dominatorsOf(f);
  const { loops } = loopsOf(f, dom);
  if (loops.length === 0) return 0;
  const bodies = new Map<Loop, Set<Block>>(loops.map((l) => [l, new Set(l.body)]));
  let moved = 0;
  // Inner loops first: what leaves one may leave the next.
  for (const loop of [...loops].reverse()) moved += new Hoist(f, dom, loop, bodies).run();
  f.computePreds();
  return moved;
}

class Hoist {
  private readonly body: Set<Block>;
  private readonly header: Block;
  private preheader: Block | null = null;
  private moved = 0;
  constructor(
    private readonly f: Func,
    private readonly dom: Dominators,
    private readonly loop: Loop,
    private readonly bodies: Map<Loop, Set<Block>>,
  ) {
    this.body = bodies.get(loop)!;
    this.header = loop.header;
  }

  run(): number {
    const writers = this.writers();
    for (const b of this.blocksInOrder()) {
      const kept: Value[] = [];
      for (const v of b.values) {
        const free =
          this.moved < LIMIT && v.args.every((a) => !this.body.has(a.block!)) && this.free(v, b, kept, writers);
        if (free || (b === this.header && this.moved < LIMIT && this.check(v, kept))) this.move(v);
        else kept.push(v);
      }
      b.values = kept;
    }
    return this.moved;
  }

  /** Blocks in reverse post-order, preheaders of inner loops (made by us, so unknown to `dom`) before their loop. */
  private blocksInOrder(): Block[] {
    const made = [...this.body].filter((b) => !this.dom.position.has(b));
    const place = (b: Block): number => this.dom.position.get(b) ?? this.dom.position.get(successors(b)[0]!.to)! - 0.5;
    return [...[...this.body].filter((b) => this.dom.position.has(b)), ...made].sort((x, y) => place(x) - place(y));
  }

  /** What the loop changes memory by. */
  private writers(): Value[] {
    return [...this.body].flatMap((b) => b.values.filter(changesMemory));
  }
  /** `kept`: what stands before it in its block and stays. */
  private free(v: Value, b: Block, kept: readonly Value[], writers: readonly Value[]): boolean {
    const place = v.row?.effect === "reads" ? placeOf(v) : null;
    if (place !== null) {
      if (writers.some((w) => changes(w, place))) return false;
      if (v.op === "global.get" || isHarmless(v)) return true;
      return b === this.header && kept.every((x) => x.op === "charge" || x.row?.exits !== true);
    }
    if (!isPure(v) || isConstant(v) || v.args.length === 0) return false;
    return !/\.(eqz|eq|ne|l[te](_[su])?|wrap|extend_[su])$/.test(v.op) && v.op !== "select";
  }

  /** Whether a check of the header may move; gives it the state that it has there. `kept`: what stands before it. */
  private check(v: Value, kept: readonly Value[]): boolean {
    if (!v.row?.exits || v.row.effect !== undefined || v.op === "check.depth" || v.op === "helper") return false;
    const entry = this.entryArgs();
    if (!entry || v.args.some((a) => this.body.has(a.block!))) return false;
    const stays = kept.filter((x) => !isPure(x));
    const behindCharge =
      stays.length === 1 && stays[0]!.op === "charge" && this.f.mode === "jit" && !this.isRegionLoop();
    if (stays.length > 0 && !behindCharge) return false;
    if (!v.state) return true;
    const state = this.translated(behindCharge ? stays[0]!.state! : v.state, entry);
    if (!state) return false;
    v.state = state;
    return true;
  }
  /** The loop that a region is entered at: its header's block follows the entry block. */
  private isRegionLoop(): boolean {
    return this.f.loopPc >= 0 && this.loop.parent === null;
  }
  /** What the entry brings for each parameter of the header; null: entries differ. */
  private entryArgs(): Map<Value, Value> | null {
    const edges = this.entries();
    if (edges.length !== 1) return null;
    return new Map(this.header.params.map((p, i) => [p, edges[0]!.args[i]!]));
  }
  private entries(): Edge[] {
    return this.f.blocks
      .filter((b) => !this.body.has(b))
      .flatMap((b) => successors(b).filter((e) => e.to === this.header));
  }
  private translated(s: FrameState, entry: Map<Value, Value>): FrameState | null {
    const frames: FrameState["frames"] = [];
    for (const frame of s.frames) {
      const registers = new Map<number, Value>();
      for (const [r, v] of frame.registers) {
        const outside = entry.get(v) ?? v;
        if (this.body.has(outside.block!)) return null;
        registers.set(r, outside);
      }
      frames.push({ ...frame, registers });
    }
    return { frames };
  }

  private move(v: Value): void {
    const to = (this.preheader ??= this.makePreheader());
    v.block = to;
    to.values.push(v);
    this.moved++;
  }
  /** A block through which every entry goes; the block before, if it goes nowhere else. */
  private makePreheader(): Block {
    const { f, header } = this;
    const edges = this.entries();
    const from = f.blocks.filter((b) => !this.body.has(b) && successors(b).some((e) => e.to === header));
    if (from.length === 1 && from[0]!.term.kind === "jump") return from[0]!;
    const block = f.newBlock();
    block.params = header.params.map((p) => {
      const copy = f.newValue("block.param", p.type, [], null, p.pc);
      copy.rep = p.rep;
      copy.block = block;
      return copy;
    });
    for (const e of edges) e.to = block;
    block.term = { kind: "jump", edge: { to: header, args: [...block.params] } };
    for (let l = this.loop.parent; l; l = l.parent) this.bodies.get(l)!.add(block);
    return block;
  }
}
