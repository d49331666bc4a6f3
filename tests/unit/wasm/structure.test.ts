/** Structuring without Binaryen: random graphs walk the same way before and after; what must stay flat is flat. */
import { describe, expect, test } from "@jest/globals";
import {
  type Block,
  dominatorsOf,
  Func,
  isReducible,
  loopsOf,
  parse,
  successors,
  verify,
} from "../../../compiler/ssa/index.js";
import { blocksIn, type Node, printNodes, structure } from "../../../compiler/wasm/structure.js";
import { randomOf } from "../ssa/support/random.js";

function structured(f: Func): Node[] {
  f.computePreds();
  const dom = dominatorsOf(f);
  return structure(f, dom, loopsOf(f, dom));
}
const depthOf = (nodes: readonly Node[]): number =>
  Math.max(
    0,
    ...nodes.map((n) =>
      n.kind === "block" || n.kind === "loop"
        ? 1 + depthOf(n.body)
        : n.kind === "if"
          ? 1 + Math.max(depthOf(n.then), depthOf(n.otherwise))
          : 0,
    ),
  );

/** Blocks in the order in which the graph is walked; `choose` decides at branches. */
function walkGraph(f: Func, choose: () => boolean, limit: number): number[] {
  const path: number[] = [];
  let b: Block | null = f.entry;
  while (b && path.length < limit) {
    path.push(b.id);
    const t: Block["term"] = b.term;
    b = t.kind === "jump" ? t.edge.to : t.kind === "branch" ? (choose() ? t.then.to : t.otherwise.to) : null;
  }
  return path;
}
/** The same for the structured form, with wasm's rules: `br` to a block lands behind it, to a loop at its start. */
function walkNodes(f: Func, nodes: readonly Node[], choose: () => boolean, limit: number): number[] {
  const dom = dominatorsOf(f);
  const path: number[] = [];
  type Out = { readonly to: Block; readonly back: boolean } | "end" | null;
  const run = (list: readonly Node[]): Out => {
    for (const n of list) {
      if (path.length >= limit) return "end";
      let out: Out = null;
      if (n.kind === "code") path.push(n.block.id);
      else if (n.kind === "end") return "end";
      else if (n.kind === "goto") {
        if (n.how === "br") return { to: n.edge.to, back: dom.dominates(n.edge.to, n.from) };
      } else if (n.kind === "if") out = run(choose() ? n.then : n.otherwise);
      else if (n.kind === "block") {
        out = run(n.body);
        if (out && out !== "end" && !out.back && out.to === n.label) out = null;
      } else {
        do out = run(n.body);
        while (out && out !== "end" && out.back && out.to === n.header);
        if (out === null) throw new Error("control falls out of a loop");
      }
      if (out) return out;
    }
    return null;
  };
  const out = run(nodes);
  if (out !== "end") throw new Error(`a jump without a label${out ? ` to b${out.to.id}` : ""}`);
  return path;
}

function randomGraph(seed: number): Func {
  const next = randomOf(seed);
  const f = new Func(1, -1, ["i32"], null, "aot");
  const n = 2 + Math.floor(next() * 14);
  const blocks = Array.from({ length: n }, () => f.newBlock());
  f.entry = blocks[0]!;
  const cond = f.newValue("param", "i32", [], 0);
  cond.block = f.entry;
  f.entry.values.push(cond);
  const target = (i: number): Block => {
    const near = next() < 0.6 ? i + 1 + Math.floor(next() * 3) : 1 + Math.floor(next() * (n - 1));
    return blocks[Math.min(near, n - 1)]!;
  };
  blocks.forEach((b, i) => {
    const x = next();
    if (i === n - 1 || x < 0.07) b.term = { kind: "return", value: null };
    else if (x < 0.4) b.term = { kind: "jump", edge: { to: target(i), args: [] } };
    else {
      b.term = { kind: "branch", cond, then: { to: target(i), args: [] }, otherwise: { to: target(i), args: [] } };
      if (next() < 0.3) b.term.likely = next() < 0.5;
    }
  });
  f.computePreds();
  return f;
}

test("random reducible graphs walk the same way", () => {
  let walked = 0;
  let rejected = 0;
  for (let seed = 1; seed <= 3000; seed++) {
    const f = randomGraph(seed);
    if (!isReducible(f)) {
      expect(() => structured(f)).toThrow("two entries");
      rejected++;
      continue;
    }
    const nodes = structured(f);
    const reached = blocksIn(nodes);
    expect(new Set(reached).size).toBe(reached.length);
    for (let i = 0; i < 4; i++) {
      const [a, b] = [randomOf(seed * 7 + i), randomOf(seed * 7 + i)];
      const expected = walkGraph(f, () => a() < 0.5, 200);
      const found = walkNodes(f, nodes, () => b() < 0.5, 200);
      if (found.join() !== expected.join())
        throw new Error(`seed ${seed}:\n${expected.join()}\n${found.join()}\n${printNodes(nodes)}`);
    }
    walked++;
  }
  expect(walked).toBeGreaterThan(1000);
  expect(rejected).toBeGreaterThan(100);
});

/** `count` tests in a row; each has `terms` conditions joined by or, and jumps to one end. */
function tests(count: number, terms: number): Func {
  const f = new Func(1, -1, ["i32"], null, "aot");
  const first = f.newBlock();
  f.entry = first;
  const cond = f.newValue("param", "i32", [], 0);
  cond.block = first;
  first.values.push(cond);
  const end = f.newBlock();
  end.term = { kind: "return", value: null };
  let at = first;
  for (let i = 0; i < count; i++) {
    const body = f.newBlock();
    body.term = { kind: "jump", edge: { to: end, args: [] } };
    for (let j = 0; j < terms; j++) {
      const next = f.newBlock();
      at.term = { kind: "branch", cond, then: { to: body, args: [] }, otherwise: { to: next, args: [] } };
      at = next;
    }
  }
  at.term = { kind: "jump", edge: { to: end, args: [] } };
  return f;
}
describe("nesting", () => {
  test("5,000 tests in sequence are flat", () => expect(depthOf(structured(tests(5000, 1)))).toBeLessThan(5));
  test("also with two conditions each", () => expect(depthOf(structured(tests(5000, 2)))).toBeLessThan(60));
  test("also with three", () => expect(depthOf(structured(tests(3000, 3)))).toBeLessThan(60));
  test("loops in a row are not nested", () => {
    const f = new Func(1, -1, ["i32"], null, "aot");
    f.entry = f.newBlock();
    const cond = f.newValue("param", "i32", [], 0);
    cond.block = f.entry;
    f.entry.values.push(cond);
    let at = f.entry;
    for (let i = 0; i < 500; i++) {
      const [loop, next] = [f.newBlock(), f.newBlock()];
      at.term = { kind: "jump", edge: { to: loop, args: [] } };
      loop.term = { kind: "branch", cond, then: { to: loop, args: [] }, otherwise: { to: next, args: [] } };
      at = next;
    }
    at.term = { kind: "return", value: null };
    expect(depthOf(structured(f))).toBeLessThan(5);
  });
});

test("an irreducible graph is rejected", () => {
  const f = parse(`func 1 aot (i32)
b0():
  v0:i32 = param 0
  branch v0, b1(), b2()
b1():
  jump b2()
b2():
  branch v0, b1(), b3()
b3():
  return`);
  expect(() => structured(f)).toThrow("two entries");
});

test("a cold exit stands behind its loop, the loop's test is last", () => {
  const f = parse(`func 1 aot (i32)
b0():
  v0:i32 = param 0
  jump b1()
b1():
  branch v0, b2(), b3()
b2():
  return
b3():
  branch v0, b1(), b4()
b4():
  return`);
  verify(f, "parse");
  expect(printNodes(structured(f))).toBe(`code b0
fall b1
block b4
  block b2
    loop b1
      code b1
      if b1
        br b2
      fall b3
      code b3
      if b3
        br b1
      br b4
  code b2
  return
code b4
return
`);
  for (const b of f.blocks) expect(successors(b).length).toBeLessThan(3);
});
