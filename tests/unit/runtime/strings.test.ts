/**
 * Strings and the collector, called from outside: forms of strings, sharing, ropes of all shapes, what is kept and what is
 * given back, the end of memory.
 */
import { describe, expect, test } from "@jest/globals";
import { KIND } from "../../../compiler/layout/objects.js";
import { Machine } from "./support/machine.js";
import { kindAt, literal, textAt } from "./support/strings.js";

/** A machine without a program; references that a test holds are in the bank, which is a root. */
function heap(): { m: Machine; hold: (slot: number, s: number) => number; concat: (a: number, b: number) => number } {
  const m = new Machine([{ name: "main", code: [["RETURN_VOID"]] }]);
  m.setVm("bankRefs", m.map.globalBase);
  m.setVm("bankRefCount", 8);
  const hold = (slot: number, s: number): number => {
    m.view.setUint32(m.map.globalBase + 8 * slot, s, true);
    return s;
  };
  return { m, hold, concat: (a, b) => m.exports.stringConcat!(a, b) as number };
}

describe("joins", () => {
  test("an empty side is no join", () => {
    const { m, concat } = heap();
    const [e, a] = [literal(m, ""), literal(m, "a")];
    expect([concat(e, a), concat(a, e), concat(e, e)]).toEqual([a, a, e]);
  });
  test("appending shares one buffer; a string that is not its end keeps its own text", () => {
    const { m, hold, concat } = heap();
    const x = literal(m, "x");
    let s = hold(0, literal(m, "y".repeat(300)));
    const texts: [number, string][] = [];
    for (let i = 0; i < 50; i++) {
      s = hold(0, concat(s, x));
      if (i === 10) texts.push([hold(1, s), textAt(m, s)]);
    }
    expect(kindAt(m, s)).toBe(KIND.VIEW);
    expect(textAt(m, s)).toBe("y".repeat(300) + "x".repeat(50));
    const [early, was] = texts[0]!;
    const other = hold(2, concat(early, literal(m, "z")));
    expect([textAt(m, early), textAt(m, other), textAt(m, s)]).toEqual([
      was,
      `${was}z`,
      "y".repeat(300) + "x".repeat(50),
    ]);
  });
  test("random joins, with collections in between, are the texts that JavaScript makes", () => {
    const { m, hold, concat } = heap();
    m.setVm("hostile", 1);
    const model = ["", "a", "bc", "d".repeat(100), "e".repeat(1500), "", "", ""];
    model.forEach((t, i) => {
      hold(i, literal(m, t));
    });
    let seed = 7;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % n;
    };
    const at = (i: number): number => m.view.getUint32(m.map.globalBase + 8 * i, true);
    for (let round = 0; round < 3000; round++) {
      const [a, b, to] = [random(8), random(8), random(8)];
      if (model[a]!.length + model[b]!.length > 60_000) {
        model[to] = "r";
        hold(to, literal(m, "r"));
        continue;
      }
      hold(to, concat(at(a), at(b)));
      model[to] = model[a]! + model[b]!;
      const k = random(8);
      if (round % 5 === 0) expect(textAt(m, at(k))).toBe(model[k]);
      if (round % 7 === 0) {
        const [p, q] = [random(8), random(8)];
        expect(m.exports.stringEquals!(at(p), at(q))).toBe(model[p] === model[q] ? 1 : 0);
        const order = model[p]! < model[q]! ? -1 : model[p]! > model[q]! ? 1 : 0;
        expect(m.exports.stringOrder!(at(p), at(q))).toBe(order);
      }
    }
    for (let i = 0; i < 8; i++) expect(textAt(m, at(i))).toBe(model[i]);
  });
});

describe("ropes", () => {
  const LONG = "r".repeat(40_000);
  test.each([
    ["left", (s: number, piece: number, concat: (a: number, b: number) => number) => concat(s, piece)],
    ["right", (s: number, piece: number, concat: (a: number, b: number) => number) => concat(piece, s)],
  ])("a hundred thousand nodes that lean to the %s become bytes without recursion", (_, grow) => {
    const { m, hold, concat } = heap();
    // Pieces too long to be joined with their neighbours.
    const piece = hold(1, literal(m, "p".repeat(2000)));
    let s = hold(0, literal(m, LONG));
    for (let i = 0; i < 100_000 && s !== 0; i++) s = hold(0, grow(s, piece, concat));
    expect(kindAt(m, s)).toBe(KIND.ROPE);
    const hash = m.exports.stringHash!(s) as number;
    expect(kindAt(m, s)).toBe(KIND.VIEW);
    expect(hash).not.toBe(0);
    expect(m.exports.stringHash!(s)).toBe(hash);
    expect(m.exports.stringOrder!(s, piece)).toBe(1);
  });
  test("bushy ones too, and equal texts have equal hashes whatever their form", () => {
    const { m, hold, concat } = heap();
    const leaf = hold(1, literal(m, "0123456789".repeat(200)));
    const tree = (depth: number): number => {
      if (depth === 0) return leaf;
      const half = hold(2 + depth, tree(depth - 1));
      return concat(half, half);
    };
    // One node on both sides: 2^4 leaves; the same as one literal.
    const s = hold(0, tree(4));
    const same = literal(m, "0123456789".repeat(200 * 16));
    expect(m.exports.stringHash!(s)).toBe(m.exports.stringHash!(same));
    expect(m.exports.stringEquals!(s, same)).toBe(1);
    expect(textAt(m, s)).toBe(textAt(m, same));
  });
});

describe("the collector", () => {
  test("gives back what nothing refers to: a loop of garbage stays in the same memory", () => {
    const { m, hold, concat } = heap();
    const [a, b] = [literal(m, "a".repeat(100)), literal(m, "b".repeat(100))];
    for (let i = 0; i < 300_000; i++) hold(0, concat(a, b));
    expect(m.vm("collections")).toBeGreaterThan(3);
    expect(m.vm("heapPeak")).toBeLessThan(24 << 20);
  });
  test("large objects come and go", () => {
    const { m, hold, concat } = heap();
    const half = literal(m, "h".repeat(20_000));
    for (let i = 0; i < 5000; i++) hold(0, concat(half, half));
    const s = hold(1, concat(literal(m, "x"), half));
    m.exports.stringPrintable!(s);
    m.exports.collect!();
    expect(m.vm("heapBytes")).toBeLessThan(2 << 20);
    expect(textAt(m, s)).toBe(`x${"h".repeat(20_000)}`);
  });
  test("a limit of the heap is kept: the join answers 0, and what was there still is", () => {
    const { m, hold, concat } = heap();
    m.setVm("heapLimit", 4 << 20);
    const piece = literal(m, "0123456789".repeat(100));
    let s = hold(0, literal(m, "s"));
    let n = 0;
    for (; n < 100_000; n++) {
      const next = concat(s, piece);
      if (next === 0) break;
      s = hold(0, next);
    }
    expect(n).toBeGreaterThan(500);
    expect(n).toBeLessThan(100_000);
    expect(m.vm("heapBytes")).toBeLessThanOrEqual(4 << 20);
    expect(textAt(m, s)).toBe(`s${"0123456789".repeat(100 * n)}`);
    // With the text gone there is room again.
    hold(0, piece);
    expect(concat(piece, piece)).not.toBe(0);
  });
});
