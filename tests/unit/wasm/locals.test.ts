/** Moves, ranges and locals without Binaryen: by comparison with the plain meaning, on random inputs. */
import { expect, test } from "@jest/globals";
import type { Func } from "../../../compiler/ssa/index.js";
import { buildSsa, contextOf, dominatorsOf, loopsOf, optimise, parse, verify } from "../../../compiler/ssa/index.js";
import { allocateLocals } from "../../../compiler/wasm/locals.js";
import { type Move, sequentialise } from "../../../compiler/wasm/moves.js";
import { overlap, type Ranges, rangesOf, union } from "../../../compiler/wasm/ranges.js";
import { blocksIn, structure } from "../../../compiler/wasm/structure.js";
import { treesOf } from "../../../compiler/wasm/trees.js";
import { wasmOf } from "../../../compiler/wasm/unit.js";
import { valuesInStates, WantedStates } from "../../../compiler/wasm/wanted.js";
import { loopsIn } from "../ssa/support/compare.js";
import { randomOf, randomProgram } from "../ssa/support/random.js";

test("moves one after the other mean what they mean at once", () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const next = randomOf(seed);
    const n = 1 + Math.floor(next() * 7);
    const targets = [...Array(n).keys()].sort(() => next() - 0.5);
    const moves: Move[] = targets.map((to) => ({
      to,
      reads: Array.from({ length: Math.floor(next() * 3) }, () => Math.floor(next() * (n + 2))),
    }));
    const before = Array.from({ length: n + 2 }, (_, i) => 1 << i);
    const value = (m: Move, locals: readonly number[]): number =>
      m.reads.reduce((x, l) => x + locals[l]! * 3, 1000 + m.to);
    const expected = [...before];
    for (const m of moves) expected[m.to] = value(m, before);
    const locals = [...before];
    const saved = new Map<Move, number>();
    for (const { kind, move } of sequentialise(moves)) {
      if (kind === "move") locals[move.to] = value(move, locals);
      else if (kind === "save") saved.set(move, value(move, locals));
      else locals[move.to] = saved.get(move)!;
    }
    expect(locals).toEqual(expected);
  }
});

test("a chain of moves needs no temporary, a swap needs one", () => {
  const kinds = (moves: Move[]): string =>
    sequentialise(moves)
      .map((s) => s.kind)
      .join(" ");
  expect(
    kinds([
      { to: 0, reads: [1] },
      { to: 1, reads: [2] },
    ]),
  ).toBe("move move");
  expect(
    kinds([
      { to: 1, reads: [0] },
      { to: 2, reads: [1] },
    ]),
  ).toBe("move move");
  expect(
    kinds([
      { to: 0, reads: [1] },
      { to: 1, reads: [0] },
    ]),
  ).toBe("save move restore");
  expect(kinds([{ to: 0, reads: [0, 0] }])).toBe("move");
});

test("overlap and union of ranges", () => {
  const bits = (r: Ranges): Set<number> => {
    const set = new Set<number>();
    for (let i = 0; i < r.length; i += 2) for (let x = r[i]!; x < r[i + 1]!; x++) set.add(x);
    return set;
  };
  for (let seed = 1; seed <= 3000; seed++) {
    const next = randomOf(seed);
    const make = (): Ranges => {
      const r: Ranges = [];
      let at = Math.floor(next() * 20);
      for (let n = Math.floor(next() * 5); n >= 0; n--) {
        const to = at + 1 + Math.floor(next() * 4);
        r.push(at, to);
        at = to + 1 + Math.floor(next() * 9);
      }
      return r;
    };
    const [a, b] = [make(), make()];
    const common = [...bits(a)].some((x) => bits(b).has(x));
    expect(overlap(a, b)).toBe(common);
    expect(overlap(b, a)).toBe(common);
    if (common) continue;
    const both = union(a, b);
    expect([...bits(both)].sort((x, y) => x - y)).toEqual([...bits(a), ...bits(b)].sort((x, y) => x - y));
    for (let i = 2; i < both.length; i++) expect(both[i]!).toBeGreaterThan(both[i - 1]!);
  }
});

function allocated(f: Func) {
  f.computePreds();
  const dom = dominatorsOf(f);
  const loops = loopsOf(f, dom);
  const blocks = blocksIn(structure(f, dom, loops));
  const states = new WantedStates();
  const trees = treesOf(blocks, valuesInStates(f, states), false);
  const ranges = rangesOf(blocks, trees, states);
  const params = f.params.map(wasmOf);
  return { ranges, locals: allocateLocals(blocks, ranges, states, loops, params, params.length + 2) };
}

test("values that share a local are never alive together", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const chunk = randomProgram(seed);
    const context = contextOf(chunk, "jit", 1);
    for (const unit of [
      ...chunk.functions.map((_, fn) => ({ fn, loopPc: -1 })),
      ...loopsIn(chunk).map((loopPc) => ({
        fn: chunk.functions.findIndex((p) => loopPc >= p.codeStart && loopPc < p.codeEnd),
        loopPc,
      })),
    ]) {
      const f = buildSsa(chunk, unit, "jit");
      if ("failed" in f) throw new Error(f.detail);
      optimise(f, context);
      const { ranges, locals } = allocated(f);
      const byLocal = new Map<number, Ranges>();
      for (const [v, r] of ranges) {
        const local = locals.of.get(v)!;
        const known = byLocal.get(local);
        if (known && overlap(known, r))
          throw new Error(`seed ${seed}: v${v.id} shares local ${local} with a living value`);
        byLocal.set(local, known ? union(known, r) : r);
      }
    }
  }
});

test("a variable stays in one local through its loop", () => {
  const f = parse(`func 1 jit (i64) -> i64
b0():
  v0:i64 = param 0
  v1:i64 = const.i64 0
  v2:i64 = const.i64 1
  jump b1(v1, v1)
b1(v3:i64, v4:i64):
  charge loop @4 {1@4 r0=v0 r1=v3 r2=v4}
  v5:i64 = i64.add.check v3, v4 @5 {1@5 r0=v0 r1=v3 r2=v4}
  v6:i64 = i64.add v4, v2
  v7:i32 = i64.lt_s v6, v0
  branch v7, b1(v5, v6), b2()
b2():
  return v5`);
  verify(f, "parse");
  const { locals } = allocated(f);
  // The bound in the parameter, the sum and the counter.
  expect(new Set(locals.of.values()).size).toBe(3);
});
