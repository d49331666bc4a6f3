/**
 * Ways out of a function, written once and shared.
 *
 *   block $tail                        an exit: `exit = <address>; br_if $w1 <test fails>`
 *     block $w1                        $w1, $w2: *write-backs*, the stores that bring a frame state into the window
 *       block $w2                      $tail: what follows them (return the address, call `resume`, …)
 *         … the function …
 *       stores of $w2; br $tail
 *     stores of $w1
 *   tail
 *
 * Exits with one tail and the same stores share all of it. Many different write-backs are merged: a write-back may serve an exit
 * that wants less, since a dead scalar slot may get any value; but not one that wants the slot from elsewhere, or
 * holds in it something that the function did not change. Small functions keep theirs apart: a shared one would keep
 * values alive, in hot loops, that only other exits want.
 *
 * With more than MAX_NESTED places the blocks do not nest: exits set a number and jump to one dispatch, a tree of `if`.
 */
import { mayRefer, type Ty, type Value, wasmType } from "../ssa/index.js";
import type { Expr } from "./instructions.js";
import { slotOffset } from "./instructions.js";
import type { Unit } from "./unit.js";

export interface Store {
  readonly slot: number;
  readonly type: Ty;
  /** A local, or a constant value. */
  readonly from: number | Value;
}
/** Why and how control leaves; equal keys mean equal code. */
export interface Tail {
  readonly key: string;
  /** Ends with a return. */
  readonly emit: () => Expr[];
}
export interface Exit {
  /** What the tail finds in the exit local; null: it does not look. */
  readonly code: number | null;
  readonly tail: Tail;
  readonly stores: readonly Store[];
  readonly kept: readonly number[];
  readonly key: string;
}
/** The window of a frame whose reference registers are cleared before the stores: offset in registers, function. */
export interface Cleared {
  readonly offset: number;
  readonly fn: number;
}

interface WriteBack {
  readonly tail: Tail;
  /** A function of the tail's frames: equal tails have equal ones. */
  readonly clear: readonly Cleared[];
  readonly stores: Map<number, Store>;
  readonly kept: Set<number>;
  label: string;
  number: number;
}

/** Stores in all write-backs together from which on they are merged. */
const MERGE_FROM = 96;
/** Write-backs with which a new one is compared when merging. */
const COMPARED = 24;
const MAX_NESTED = 48;

const sameSource = (x: Store, y: Store): boolean => x.from === y.from && x.type === y.type;

export class Exits {
  private readonly places = new Map<string, WriteBack>();
  private readonly backs: WriteBack[] = [];
  private readonly tails = new Map<string, { tail: Tail; backs: WriteBack[] }>();
  private dispatch = false;

  constructor(private readonly u: Unit) {}

  /** Announces an exit; all must be announced before `settle`. */
  exit(
    tail: Tail,
    stores: readonly Store[],
    kept: readonly number[],
    code: number | null,
    clear: readonly Cleared[] = [],
  ): Exit {
    const parts = stores.map((s) => `${s.slot}:${typeof s.from === "number" ? s.from : `v${s.from.id}`}`);
    const key = `${tail.key} ${parts.join(" ")} / ${kept.join(" ")}`;
    if (!this.places.has(key)) {
      const back: WriteBack = {
        tail,
        clear,
        stores: new Map(stores.map((s) => [s.slot, s])),
        kept: new Set(kept),
        label: "",
        number: -1,
      };
      this.places.set(key, back);
      this.backs.push(back);
    }
    return { code, tail, stores, kept, key };
  }

  /** Decides what is shared. */
  settle(): void {
    let backs = this.backs;
    if (backs.reduce((n, w) => n + w.stores.size, 0) > MERGE_FROM) backs = this.merge();
    backs.forEach((w, i) => {
      w.number = i;
      w.label = `leave${i}`;
      const t = this.tails.get(w.tail.key);
      if (t) t.backs.push(w);
      else this.tails.set(w.tail.key, { tail: w.tail, backs: [w] });
    });
    this.dispatch = backs.length + this.tails.size > MAX_NESTED;
  }

  private merge(): WriteBack[] {
    const kept = new Map<string, WriteBack[]>();
    const into = new Map<WriteBack, WriteBack>();
    const result: WriteBack[] = [];
    // The larger ones first: what wants less fits into them.
    for (const w of [...this.backs].sort((x, y) => y.stores.size - x.stores.size)) {
      const list = kept.get(w.tail.key) ?? [];
      const fits = list.slice(-COMPARED).find((x) => compatible(x, w));
      if (fits) {
        for (const [slot, s] of w.stores) fits.stores.set(slot, s);
        for (const slot of w.kept) fits.kept.add(slot);
        into.set(w, fits);
      } else {
        list.push(w);
        result.push(w);
      }
      kept.set(w.tail.key, list);
    }
    for (const [key, w] of this.places) this.places.set(key, into.get(w) ?? w);
    return result;
  }

  /**
   * Statements that leave by an exit, when `condition` holds or, without one, always. They belong into the sequence of those
   * around: each block of its own would cost Binaryen's `merge-blocks` a pass over the whole sequence.
   */
  leave(exit: Exit, condition: Expr | null): Expr[] {
    const { ins } = this.u;
    const back = this.places.get(exit.key)!;
    const statements: Expr[] = [];
    if (exit.code !== null) statements.push(ins.m.local.set(this.u.exitLocal, ins.i32(exit.code)));
    if (this.dispatch) statements.push(ins.m.local.set(this.where, ins.i32(back.number)));
    const label = this.dispatch ? "leave" : back.label;
    statements.push(condition === null ? ins.m.br(label) : ins.m.br_if(label, condition));
    return statements;
  }

  /** The whole function: `body`, which control does not fall out of, and behind it the ways out. */
  wrap(body: Expr[]): Expr[] {
    if (this.tails.size === 0) return body;
    if (this.dispatch) return this.wrapDispatched(body);
    const { m } = this.u.ins;
    let code = body;
    let number = 0;
    for (const { tail, backs } of this.tails.values()) {
      const shared = backs.length > 1 ? `tail${number++}` : null;
      backs.forEach((w, i) => {
        code = [m.block(w.label, code), ...this.stores(w)];
        if (i < backs.length - 1) code.push(m.br(shared!));
      });
      code = [...(shared ? [m.block(shared, code)] : code), ...tail.emit()];
    }
    return code;
  }

  private get where(): number {
    return this.u.local("where", this.u.ins.b.i32);
  }
  private wrapDispatched(body: Expr[]): Expr[] {
    const { ins } = this.u;
    const backs: Expr[] = [];
    const tails: Expr[] = [];
    for (const t of this.tails.values()) {
      for (const w of t.backs)
        backs[w.number] = ins.m.block(null, [...this.stores(w), ins.m.local.set(this.where, ins.i32(tails.length))]);
      tails.push(ins.m.block(null, t.tail.emit()));
    }
    return [
      ins.m.block("leave", body),
      this.choose(backs, 0, backs.length),
      this.choose(tails, 0, tails.length),
      ins.m.unreachable(),
    ];
  }
  private choose(list: readonly Expr[], from: number, to: number): Expr {
    const { ins } = this.u;
    if (to - from === 1) return list[from]!;
    const middle = (from + to) >> 1;
    const test = ins.op("i32.lt_u", ins.get(this.where, "i32"), ins.i32(middle));
    return ins.m.if(test, this.choose(list, from, middle), this.choose(list, middle, to));
  }

  private stores(w: WriteBack): Expr[] {
    const { ins, target } = this.u;
    const cleared = w.clear.map(({ offset, fn }) =>
      this.u.call("clearWindow", [ins.plus(this.u.getBase(), slotOffset(offset)), ins.i32(this.u.record(fn))], null),
    );
    const stores = [...w.stores.values()]
      .sort((x, y) => x.slot - y.slot)
      .map((s) => {
        const x = typeof s.from === "number" ? ins.get(s.from, wasmType(s.type)) : ins.value(s.from, target.map);
        return ins.storeWhole(s.type, this.u.getBase(), slotOffset(s.slot), x);
      });
    return [...cleared, ...stores];
  }
}

/** The slot of what may be a reference never holds anything else. */
const isRef = (s: Store): boolean => mayRefer(s.type);

function compatible(into: WriteBack, w: WriteBack): boolean {
  for (const [slot, s] of w.stores) {
    const other = into.stores.get(slot);
    if (other ? !sameSource(other, s) : isRef(s) || into.kept.has(slot)) return false;
  }
  for (const [slot, s] of into.stores) if (w.kept.has(slot) || (isRef(s) && !w.stores.has(slot))) return false;
  return true;
}
