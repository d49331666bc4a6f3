/**
 * Code that only leaves is taken away and, after three tries, blocked; loops of few rounds grow. The tiers on a memory of
 * their own: the test counts what the runtime would count.
 */
import { beforeEach, expect, test } from "@jest/globals";
import { CELL } from "../../../compiler/layout/vm.js";
import { ExitCounters } from "../../../jit/exits.js";
import type { Compiler, Finished, Request } from "../../../jit/index.js";
import { layoutOf, place } from "../../../jit/load.js";
import { NEVER } from "../../../jit/profile.js";
import { Tiers, type UnitState } from "../../../jit/tiers.js";
import { program } from "./support/programs.js";

/** A module with one export, `entry`: (i32, i32) → i32, which answers 0. */
const MODULE = new WebAssembly.Module(
  new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f, 3, 2, 1, 0, 7, 9, 1, 5, 0x65, 0x6e, 0x74,
    0x72, 0x79, 0, 0, 10, 6, 1, 4, 0, 0x41, 0, 0x0b,
  ]),
);
const BASE = 65_536;
const LOOK_LOOP = 2;

class Instant implements Compiler {
  readonly requests: Request[] = [];
  private done: Finished[] = [];
  bytes = 100;
  warm(): void {}
  request(_: unknown, request: Request): void {
    this.requests.push(request);
    const { bytes } = this;
    this.done.push({
      id: request.id,
      ms: 1,
      module: MODULE,
      bytes,
      stubs: [],
      frameBytes: 64,
      windowBytes: 64,
      shadowBytes: 0,
      sites: [],
      operations: 9,
    });
  }
  finished(): Finished[] {
    return this.done.splice(0);
  }
  wait(): Finished[] {
    return this.finished();
  }
  close(): void {}
}

const { chunk } = program(
  "mut t = 0\nmut i = 0\nwhile i < 100:\n    mut j = 0\n    while j < 10:\n        t = t + j\n        j = j + 1\n    i = i + 1\nprint(t)\n",
);
const inner = chunk.loops.findIndex((l) => l.parent >= 0);
const outer = chunk.loops.findIndex((l) => l.parent < 0);
const failing = chunk.spans.find((s) => s.pc > chunk.loops[inner]!.pc && s.pc < chunk.loops[inner]!.end)!.pc;

let tiers: Tiers;
let compiler: Instant;
let view: DataView;
let exits: ExitCounters;
let table: WebAssembly.Table;
let codeBase: number;

function make(forced = false): void {
  const memory = new WebAssembly.Memory({ initial: 4 });
  view = new DataView(memory.buffer);
  table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
  const map = layoutOf(chunk, BASE, 0);
  place(chunk, map, memory.buffer, 5);
  codeBase = map.codeBase;
  exits = new ExitCounters(chunk, BASE + map.size, () => view);
  compiler = new Instant();
  const machine = { chunk, map, table, imports: {}, exits, view: () => view, alloc: () => 0 };
  tiers = new Tiers(machine, compiler, { threshold: 5, blocking: true, forced, now: () => 0, installed: () => {} });
}
beforeEach(() => make());

const cell = (loop: number, field: keyof typeof CELL.at): number =>
  codeBase + 4 * (chunk.loops[loop]!.pc + 1) + CELL.at[field];
const read = (loop: number, field: keyof typeof CELL.at): number => view.getUint32(cell(loop, field), true);
/** What the interpreter would have counted in 1,024 entries. */
function enter(loop: number, rounds: number, failed: number): void {
  view.setUint32(cell(loop, "entries"), read(loop, "entries") + 1024, true);
  view.setUint32(cell(loop, "rounds"), read(loop, "rounds") + rounds, true);
  const at = exits.base + 4 * failing;
  view.setUint32(at, view.getUint32(at, true) + failed, true);
  tiers.hot(LOOK_LOOP, loop);
}
function getHot(loop: number): UnitState {
  view.setUint32(cell(loop, "count"), read(loop, "trip") - 1, true);
  tiers.hot(0, loop);
  return [...tiers.units.values()].find((u) => u.loopPc === chunk.loops[loop]!.pc)!;
}

test("installed: entry set, trip 0", () => {
  const unit = getHot(inner);
  expect([unit.state, read(inner, "trip")]).toEqual(["compiled", 0]);
  expect(table.get(read(inner, "entry"))).not.toBe(null);
});

test("leaving too often: taken away twice, then blocked for good", () => {
  const unit = getHot(inner);
  for (let i = 1; i <= 3; i++) {
    enter(inner, 2000, 1000);
    expect([i, unit.dropped, read(inner, "entry")]).toEqual([i, i, 0]);
    if (i === 3) break;
    expect([unit.state, read(inner, "trip")]).toEqual(["cold", read(inner, "count") + 5]);
    getHot(inner);
  }
  expect([unit.state, unit.reason, read(inner, "trip")]).toEqual(["blocked", "enter.blocked", NEVER]);
  expect(compiler.requests.length).toBe(3);
  getHot(inner);
  expect(compiler.requests.length).toBe(3);
});

test("a slot of the table is used again", () => {
  getHot(inner);
  const slot = read(inner, "entry");
  enter(inner, 2000, 1000);
  expect(table.get(slot)).toBe(null);
  getHot(inner);
  expect([read(inner, "entry"), table.length]).toEqual([slot, slot + 1]);
});

test("few rounds: asks for the enclosing loop and stays", () => {
  const unit = getHot(inner);
  enter(inner, 10_240, 0);
  expect(compiler.requests.map((r) => r.unit.loopPc)).toEqual([chunk.loops[inner]!.pc, chunk.loops[outer]!.pc]);
  expect([unit.state, read(outer, "trip")]).toEqual(["compiled", 0]);
  enter(outer, 10_240, 0);
  // Around the outer loop there is only module-level code, which runs once.
  expect(compiler.requests.length).toBe(2);
});

test("only what is new counts", () => {
  getHot(inner);
  enter(inner, 1_024_000, 0);
  enter(inner, 1_024_000, 0);
  expect(compiler.requests.length).toBe(1);
  enter(inner, 100, 0);
  expect(compiler.requests.length).toBe(2);
});

test("forced exits never regrow nor block code", () => {
  make(true);
  const unit = getHot(inner);
  for (let i = 0; i < 10; i++) enter(inner, 0, 1024);
  expect([unit.state, compiler.requests.length]).toEqual(["compiled", 1]);
});

test("code that does not fit: everything is flushed, and what is hot comes back", () => {
  compiler.bytes = 10 << 20;
  const first = getHot(inner);
  const second = getHot(outer);
  expect([first.state, second.state, tiers.codeBytes]).toEqual(["cold", "compiled", 10 << 20]);
  expect(getHot(inner).state).toBe("compiled");
});

test("a unit of an older generation is not installed", () => {
  const { request } = compiler;
  compiler.request = (program, r): void => {
    request.call(compiler, program, r);
    tiers.flush();
  };
  const unit = getHot(inner);
  expect([unit.state, read(inner, "entry"), read(inner, "trip")]).toEqual(["cold", 0, read(inner, "count") + 5]);
});
