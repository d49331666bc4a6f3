/**
 * Value ranges: for every integer value an interval that holds at its definition, narrowed further by the branches and
 * checks that dominate a place.
 *
 * Intervals start empty and grow. A round visits the dominator tree; on the way down, facts of branches (`i < n` on its true
 * edge) and of checks that have held (`i + 1` did not overflow) narrow operands for the subtree. A loop's parameters join
 * what their edges bring and are widened in steps, so rounds are few: past the largest bound seen to the last number but one, so
 * that a counter below some limit is known not to be the largest number and `i + 1` not to wrap. When nothing grows, two
 * more rounds only narrow.
 *
 * Cost: about six visits of each operation. Relies on `preds`.
 */
import { type Dominators, dominatorsOf } from "./dominators.js";
import {
  compared,
  contains,
  equal,
  exact,
  fullOf,
  type Interval,
  interval,
  join,
  meet,
  resultOf,
} from "./intervals.js";
import { type Block, type Edge, type Func, successors, type Value } from "./ir.js";

/** Rounds before everything that still grows becomes the whole type. */
const MAX_ROUNDS = 12;

export class Ranges {
  /** Intervals at the definition; absent: not reached so far. */
  private readonly known = new Map<Value, Interval>();
  /** What each edge brings to its target's parameters; absent: not taken so far. */
  private readonly edges = new Map<Edge, (Interval | null)[]>();
  /** Facts at the place that is being visited, and how to undo them. */
  private readonly facts = new Map<Value, Interval>();
  private undo: [Value, Interval | undefined][] = [];
  private readonly dom: Dominators;
  private readonly into = new Map<Block, Edge[]>();
  /** The only edge into a block that does not come from below it. */
  private readonly entries = new Map<Block, { readonly from: Block; readonly edge: Edge } | null>();
  private reached = new Set<Block>();
  private grew = false;

  constructor(f: Func) {
    this.dom = dominatorsOf(f);
    for (const b of this.dom.order) this.into.set(b, []);
    for (const b of this.dom.order) for (const e of successors(b)) this.into.get(e.to)!.push(e);
    for (const from of this.dom.order)
      for (const edge of successors(from))
        if (!this.dom.dominates(edge.to, from))
          this.entries.set(edge.to, this.entries.has(edge.to) ? null : { from, edge });
    let round = 0;
    do {
      this.grew = false;
      this.round(round++ < MAX_ROUNDS ? (round > 1 ? "widen" : "grow") : "give up", () => {});
    } while (this.grew);
    this.round("narrow", () => {});
    this.round("narrow", () => {});
  }

  /** Visits every operation that can be reached, with the facts of its place in force for `at`. */
  visit(see: (v: Value) => void, end: (b: Block) => void): void {
    this.round("narrow", see, end);
  }
  /** The interval of a value at the place that is being visited; null: no integer. */
  at(v: Value): Interval | null {
    return this.facts.get(v) ?? this.known.get(v) ?? fullOf(v.type);
  }

  private round(
    how: "grow" | "widen" | "give up" | "narrow",
    see: (v: Value) => void,
    end: (b: Block) => void = () => {},
  ): void {
    this.reached = new Set();
    const stack: { block: Block; undo: number; next: number }[] = [];
    const enter = (block: Block): void => {
      const undo = this.undo.length;
      // Blocks that no taken edge enters are left out, with all that they dominate.
      if (this.dom.position.get(block) === 0 || this.into.get(block)!.some((e) => this.edges.has(e))) {
        this.reached.add(block);
        this.block(block, how, see);
        end(block);
      }
      stack.push({ block, undo, next: this.reached.has(block) ? 0 : Number.POSITIVE_INFINITY });
    };
    enter(this.dom.order[0]!);
    for (let top = stack[stack.length - 1]; top; top = stack[stack.length - 1]) {
      const child = this.dom.children.get(top.block)![top.next++];
      if (child) {
        enter(child);
        continue;
      }
      while (this.undo.length > top.undo) {
        const [v, old] = this.undo.pop()!;
        if (old) this.facts.set(v, old);
        else this.facts.delete(v);
      }
      stack.pop();
    }
  }

  private block(b: Block, how: "grow" | "widen" | "give up" | "narrow", see: (v: Value) => void): void {
    this.params(b, how);
    // A single way in, back edges aside: its condition holds in all that this block dominates.
    const entry = this.entries.get(b);
    if (entry) this.assumeEdge(entry.from, entry.edge);
    // A copy: whoever sees the values may add constants to the entry block.
    for (const v of [...b.values]) {
      const full = fullOf(v.type);
      if (full)
        this.set(
          v,
          resultOf(
            v,
            v.args.map((a) => this.at(a)),
          ) ?? full,
          how,
        );
      see(v);
      this.held(v);
    }
    for (const e of successors(b)) {
      const mark = this.undo.length;
      const possible = b.term.kind !== "branch" || this.assumeEdge(b, e);
      if (possible) {
        if (!this.edges.has(e)) this.grew = true;
        this.edges.set(
          e,
          e.args.map((a) => this.at(a)),
        );
      } else if (how === "narrow") this.edges.delete(e);
      while (this.undo.length > mark) {
        const [v, old] = this.undo.pop()!;
        if (old) this.facts.set(v, old);
        else this.facts.delete(v);
      }
    }
  }

  private params(b: Block, how: "grow" | "widen" | "give up" | "narrow"): void {
    const loop = b.preds.some((p) => this.dom.dominates(b, p));
    b.params.forEach((p, i) => {
      const full = fullOf(p.type);
      if (!full) return;
      let sum: Interval | null = null;
      for (const e of this.into.get(b)!) {
        const x = this.edges.get(e)?.[i];
        if (x) sum = sum ? join(sum, x) : x;
      }
      sum ??= full;
      const old = this.known.get(p);
      if (how === "widen" && loop && old && !contains(old, sum)) sum = widened(old, sum, full);
      this.set(p, sum, how);
    });
  }
  private set(v: Value, x: Interval, how: "grow" | "widen" | "give up" | "narrow"): void {
    const old = this.known.get(v);
    if (how === "narrow") {
      this.known.set(v, old ? (meet(old, x) ?? x) : x);
      return;
    }
    if (old && contains(old, x)) return;
    this.grew = true;
    this.known.set(v, how === "give up" ? fullOf(v.type)! : old ? join(old, x) : x);
  }

  private narrow(v: Value, x: Interval): void {
    const old = this.at(v);
    if (!old || equal(old, x)) return;
    this.undo.push([v, this.facts.get(v)]);
    this.facts.set(v, x);
  }
  /** Facts of taking an edge; false: it cannot be taken. */
  private assumeEdge(from: Block, e: Edge): boolean {
    const t = from.term;
    if (t.kind !== "branch" || t.then.to === t.otherwise.to) return true;
    return this.assume(t.cond, e === t.then, 0);
  }
  /** Facts of a condition being true or false; false: it cannot be. */
  private assume(c: Value, holds: boolean, depth: number): boolean {
    const now = this.at(c);
    if (now && (holds ? now.lo === 0n && now.hi === 0n : now.lo > 0n || now.hi < 0n)) return false;
    if (depth > 4) return true;
    const dot = c.op.indexOf(".");
    const name = c.op.slice(dot + 1);
    const [x, y] = c.args;
    // The condition itself is known below: a second branch on it is decided.
    if (now?.lo === 0n && now.hi === 1n) this.narrow(c, holds ? interval(1n, 1n) : interval(0n, 0n));
    if (c.op === "i32.eqz") return this.assume(x!, !holds, depth + 1);
    if (c.op === "i32.and" && holds && x!.rep === "bool" && y!.rep === "bool")
      return this.assume(x!, true, depth + 1) && this.assume(y!, true, depth + 1);
    if (!/^i(32|64)\.(eq|ne|eqz|l[te]_[su])$/.test(c.op)) {
      if (now && !holds) this.narrow(c, interval(0n, 0n));
      else if (now?.lo === 0n) this.narrow(c, interval(1n, now.hi));
      return true;
    }
    const a = this.at(x!)!;
    const b = name === "eqz" ? interval(0n, 0n) : this.at(y!)!;
    let facts: ReturnType<typeof compared> = { x: a, y: b };
    if (name === "eqz" || name === "eq" || name === "ne")
      facts = compared((name === "ne") === holds ? "ne" : "eq", a, b);
    else facts = this.ordered(name, holds, a, b);
    if (!facts) return false;
    this.narrow(x!, facts.x);
    if (y) this.narrow(y, facts.y);
    return true;
  }
  private ordered(name: string, holds: boolean, a: Interval, b: Interval): ReturnType<typeof compared> {
    const strict = name.startsWith("lt");
    // not (a < b) is b <= a.
    const [less, more] = holds ? [a, b] : [b, a];
    const how = strict === holds ? "lt" : "le";
    if (name.endsWith("_u") && !(less.lo >= 0n && more.lo >= 0n)) {
      // Below a number that is not negative, read as unsigned: not negative either.
      if (more.lo < 0n) return { x: a, y: b };
      const r = compared(how, meet(less, interval(0n, more.hi)) ?? interval(0n, more.hi), more);
      return r && (holds ? r : { x: r.y, y: r.x });
    }
    const r = compared(how, less, more);
    return r && (holds ? r : { x: r.y, y: r.x });
  }
  /** Facts of a check that has been passed. */
  private held(v: Value): void {
    const full = fullOf(v.type);
    if (v.op === "check.true") {
      this.assume(v.args[0]!, true, 0);
      return;
    }
    if (v.op === "check.index") {
      // Lengths are not negative.
      const [index, length] = v.args as [Value, Value];
      const most = this.at(length)!;
      const inside = meet(this.at(index)!, interval(0n, most.hi - 1n));
      if (most.lo < 0n || !inside) return;
      this.narrow(index, inside);
      const long = meet(most, interval(inside.lo + 1n, most.hi));
      if (long) this.narrow(length, long);
      return;
    }
    if (!full || !v.op.endsWith(".check")) return;
    const [x, y] = v.args as [Value, Value];
    const name = v.op.slice(4, -".check".length);
    if (name === "add" || name === "sub") {
      // x + y = r with r in range: x is r - y, y is r - x; for differences likewise.
      const a = this.at(x)!,
        b = this.at(y)!;
      const nx = meet(a, exact(name === "add" ? "sub" : "add", full, b)!);
      const ny = meet(b, name === "add" ? exact("sub", full, a)! : exact("sub", a, full)!);
      if (nx) this.narrow(x, nx);
      if (ny) this.narrow(y, ny);
    } else if (name.startsWith("div") || name.startsWith("rem")) {
      const r = compared("ne", this.at(y)!, interval(0n, 0n));
      if (r) this.narrow(y, r.x);
    }
  }
}

/** Moves a bound that grew to the next stop: 0 and the ends of the type, one before first. */
function widened(old: Interval, now: Interval, full: Interval): Interval {
  const ups = [0n, full.hi - 1n, full.hi];
  const downs = [0n, full.lo + 1n, full.lo];
  return interval(
    now.lo < old.lo ? downs.find((x) => x <= now.lo)! : old.lo,
    now.hi > old.hi ? ups.find((x) => x >= now.hi)! : old.hi,
  );
}
