/**
 * The back end with Binaryen: every operation against the reference evaluator, every kind of exit, text of small units.
 * The only file of this folder that needs Binaryen.
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Rep } from "../../../compiler/analysis/types.js";
import { encode } from "../../../compiler/bytecode/encode.js";
import { FRAME } from "../../../compiler/layout/frame.js";
import { FN, POLL, STATUS } from "../../../compiler/layout/vm.js";
import { compute, LEAVES } from "../../../compiler/ssa/arith.js";
import { type Func, parse, SSA_OPS, type SsaOp, verify } from "../../../compiler/ssa/index.js";
import { binaryen } from "../../support/binaryen.js";
import { type Seen, Tiers } from "../../support/tiers.js";
import { randomOf } from "../ssa/support/random.js";
import { wholeProgram } from "./support/whole.js";
import { aotOf, BASE, chunkOf, type Num, World } from "./support/world.js";

const I32 = [0, 1, -1, 2, 3, -7, 100, 46341, -46341, 65536, 0x7fffffff, -0x80000000, -0x7fffffff, 0x7ffffffe];
const MAX64 = (1n << 63n) - 1n;
const I64 = [
  0n,
  1n,
  -1n,
  2n,
  -7n,
  1000n,
  1n << 31n,
  -(1n << 31n),
  (1n << 32n) - 1n,
  3037000500n,
  -3037000500n,
  1n << 53n,
  MAX64,
  -MAX64 - 1n,
  -MAX64,
  MAX64 - 1n,
];
const F64 = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  -0.999,
  2.5,
  1e300,
  -1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2147483647,
  2147483647.5,
  2147483648,
  -2147483648,
  -2147483648.5,
  -2147483649,
  4294967295,
  4294967295.5,
  4294967296,
  2 ** 63 - 1024,
  2 ** 63,
  -(2 ** 63),
  -(2 ** 63) - 2048,
  2 ** 64 - 2048,
  2 ** 64,
];
const SAMPLES: Record<string, readonly Num[]> = { i32: I32, i64: I64, f64: F64 };
/** Operands that are constants: each means a module. */
const CONSTANTS: Record<string, readonly Num[]> = {
  i32: [0, 1, -1, 3, -7, 0x7fffffff, -0x80000000],
  i64: [0n, 1n, -1n, 3n, -7n, 1n << 31n, MAX64, -MAX64 - 1n],
  f64: [0, -0, 2.5, -1],
};
const CASTS = [
  "F64_TO_I32",
  "F64_TO_U32",
  "F64_TO_I64",
  "F64_TO_U64",
  "I32_TO_U64",
  "I64_TO_U32",
  "I64_TO_U64",
  "U64_TO_I32",
  "U64_TO_I64",
  "U64_TO_U32",
  "I64_TO_INDEX",
  "U64_TO_INDEX",
  "U32_TO_INDEX",
];

const show = (x: Num): string => (Object.is(x, -0) ? "-0" : `${x}`);
const parsed = (text: string): Func => {
  const f = parse(text);
  verify(f, "parse");
  return f;
};

/** Operations to test: name, aux, argument and result types. */
const OPERATIONS: { op: SsaOp; aux: string | null; args: Rep[]; result: Rep | null }[] = [];
for (const [op, row] of Object.entries(SSA_OPS) as [
  SsaOp,
  { args: readonly Rep[] | "*"; result: Rep | "*" | null },
][]) {
  if (op === "cast.check")
    for (const aux of CASTS)
      OPERATIONS.push({
        op,
        aux,
        args: [aux.slice(0, 3).toLowerCase().replace("u", "i") as Rep],
        result: aux.endsWith("64") ? "i64" : "i32",
      });
  else if (op === "select")
    for (const t of ["i32", "i64", "f64"] as const) OPERATIONS.push({ op, aux: null, args: ["i32", t, t], result: t });
  else if (row.args !== "*" && row.args.length > 0 && row.result !== "*" && !row.args.includes("ref"))
    OPERATIONS.push({ op, aux: op === "check.true" ? "E0018" : null, args: [...row.args], result: row.result });
}
const PLAIN_DIVISION = /^i(32|64)\.(div|rem)_[su]$/;

function functionOf(o: (typeof OPERATIONS)[number], mode: "jit" | "aot", constants: readonly (Num | null)[]): Func {
  const params = constants.every((c) => c === null) ? o.args : o.args.filter((_, i) => constants[i] === null);
  const lines: string[] = [];
  let next = 0;
  o.args.forEach((t, i) => {
    const c = constants[i] ?? null;
    lines.push(c === null ? `v${i}:${t} = param ${next++}` : `v${i}:${t} = const.${t} ${show(c)}`);
  });
  const args = o.args.map((_, i) => `v${i}`).join(", ");
  const state = o.args.map((_, i) => `r${i}=v${i}`).join(" ");
  const checks = (SSA_OPS[o.op] as { exits?: true }).exits === true;
  const place = checks ? ` @5${mode === "jit" ? ` {0@5 ${state}}` : ""}` : "";
  const aux = o.aux === null ? "" : ` ${o.aux}`;
  lines.push(`${o.result ? `v9:${o.result} = ` : ""}${o.op}${aux} ${args}${place}`);
  lines.push(o.result ? "return v9" : "return");
  return parsed(
    `func 0 ${mode} (${params.join(", ")})${o.result ? ` -> ${o.result}` : ""}\nb0():\n  ${lines.join("\n  ")}\n`,
  );
}

/** Argument lists: all pairs; select with both conditions. */
function* inputs(args: readonly Rep[]): Iterable<Num[]> {
  if (args.length === 1) for (const x of SAMPLES[args[0]!]!) yield [x];
  else if (args.length === 3) for (const c of [0, 1, 7]) yield [c, SAMPLES[args[1]!]![1]!, SAMPLES[args[1]!]![4]!];
  else for (const x of SAMPLES[args[0]!]!) for (const y of SAMPLES[args[1]!]!) yield [x, y];
}
const normal = (x: Num): Num => (typeof x === "number" && Number.isNaN(x) ? Number.NaN : x);

describe.each(["jit", "aot"] as const)("operations, %s", (mode) => {
  test.each(
    OPERATIONS.filter((o) => !PLAIN_DIVISION.test(o.op)).map((o) => [`${o.op} ${o.aux ?? ""}`.trim(), o] as const),
  )("%s", (_, o) => {
    check(
      o,
      mode,
      o.args.map(() => null),
      inputs(o.args),
    );
  });
  // One operand constant: other tests, other code.
  const withConstant = OPERATIONS.filter(
    (o) => o.args.length === 2 && (o.op.endsWith(".check") || PLAIN_DIVISION.test(o.op)),
  );
  test.each(withConstant.map((o) => [o.op, o] as const))("%s with a constant", (_, o) => {
    for (const side of [0, 1])
      for (const k of CONSTANTS[o.args[side]!]!) {
        if (
          PLAIN_DIVISION.test(o.op) &&
          (side === 0 || BigInt(k) === 0n || (BigInt(k) === -1n && o.op.endsWith("div_s")))
        )
          continue;
        const constants = o.args.map((_, i) => (i === side ? k : null));
        const other = SAMPLES[o.args[1 - side]!]!;
        check(
          o,
          mode,
          constants,
          other.map((x) => (side === 0 ? [k, x] : [x, k])),
        );
      }
  });
});

function check(
  o: (typeof OPERATIONS)[number],
  mode: "jit" | "aot",
  constants: readonly (Num | null)[],
  cases: Iterable<Num[]>,
): void {
  const f = functionOf(o, mode, constants);
  const world = new World(chunkOf([{ params: f.params, result: f.result }]));
  // Marks that the check failed.
  const LEFT = 77;
  world.answers.resume = () => LEFT;
  world.answers.cmpI64F64 = (a: bigint, b: number) => Number(compute("cmp.i64.f64", [a, b], null));
  world.answers.cmpU64F64 = (a: bigint, b: number) => Number(compute("cmp.u64.f64", [a, b], null));
  const native = mode === "jit" ? world.jit(binaryen, f).body : aotOf(world, binaryen, [f]).main;
  const hidden = mode === "jit" ? [BASE, 0] : [0];
  for (const all of cases) {
    const args = all.filter((_, i) => constants[i] == null);
    const expected = compute(o.op, all, o.aux);
    world.asked.length = 0;
    const answer = native(...args, ...hidden);
    const [result, status] = Array.isArray(answer) ? answer : [null, answer];
    const where = `${o.op} ${all.map(show).join(", ")}`;
    if (expected === LEAVES || expected === null) {
      if (status !== (mode === "jit" ? LEFT : STATUS.ERROR)) throw new Error(`${where} does not leave`);
      if (mode === "jit") {
        all.forEach((x, i) => {
          if (!Object.is(normal(world.read(i, o.args[i]!)), normal(x)))
            throw new Error(`${where}: slot ${i} holds ${world.read(i, o.args[i]!)}`);
        });
      } else {
        const zero = all.length === 2 && Number(all[1]) === 0;
        const isIndex = o.op === "check.index" || o.aux?.endsWith("_INDEX");
        const signed = o.op === "check.index" || o.aux === "I64_TO_INDEX";
        const code =
          o.op === "check.true"
            ? 18
            : isIndex
              ? signed && BigInt(all[0]!) < 0n
                ? 0x10002
                : 2
              : o.op === "cast.check"
                ? 7
                : o.op.includes("rem")
                  ? 6
                  : o.op.includes("div") && (zero || o.op.startsWith("f64"))
                    ? 1
                    : 4;
        expect([
          where,
          world.asked.filter((a) => a.startsWith("fail")).map((a) => Number(a.split(" ")[1]) & (isIndex ? -1 : 0xffff)),
        ]).toEqual([where, [code]]);
      }
    } else {
      if (status !== STATUS.OK) throw new Error(`${where} leaves`);
      if (o.result && !Object.is(normal(result!), normal(expected as Num)))
        throw new Error(`${where} is ${show(result!)}, not ${show(expected as Num)}`);
    }
  }
}

/** A world whose function 1 is `f` and whose function 2 is called at 120 with out 12: (i32, i64) → i64. */
function callingWorld(params: readonly Rep[], result: Rep | null, callee = 2): World {
  const chunk = chunkOf([
    { params: [], result: null },
    { params, result },
    { params: ["i32", "i64"], result: "i64" },
  ]);
  chunk.code.set(encode("CALL", [4, 12, callee]), 120);
  const world = new World(chunk);
  // Placing a chunk makes addresses of function records out of numbers.
  world.view.setUint32(world.address(121), record(callee), true);
  return world;
}
const record = (fn: number): number => 100_000 + fn * FN.size;
const header = (world: World, slot: number): number[] => {
  const at = BASE + 8 * slot - FRAME.size;
  return [FRAME.at.fn, FRAME.at.returnPc, FRAME.at.callerBase, FRAME.at.flags].map((o) =>
    world.view.getUint32(at + o, true),
  );
};
describe("loop entries", () => {
  const LOOP = `func 1 jit loop 110 ()
b0():
  v0:i32 = load.reg 0 @110
  v1:i32 = load.reg 1 @110
  v8:i32 = load.reg 2 @110
  v2:i32 = const.i32 1
  jump b1(v0, v1)
b1(v3:i32, v4:i32):
  charge loop @110 {1@110 r0=v3 r1=v4 r2=v8 r5=v2}
  v5:i32 = i32.add.check v3, v4 @112 {1@112 r0=v3 r1=v4 r2=v8}
  v6:i32 = i32.add v4, v2
  v7:i32 = i32.lt_s v6, v8
  branch v7, b1(v5, v6), b2()
b2():
  exit exit.loop-end @119 {1@119 r0=v5 r2=v8}`;
  const start = (sum: number, from: number, to: number): { world: World; run: () => number } => {
    const world = callingWorld(["i32"], null);
    const { entry } = world.jit(binaryen, parsed(LOOP));
    world.write(0, "i32", sum);
    world.write(1, "i32", from);
    world.write(2, "i32", to);
    return { world, run: () => entry(BASE, 3) };
  };
  test("end: the address behind the loop, registers in the window, units charged", () => {
    const { world, run } = start(0, 0, 10);
    expect(run()).toBe(world.address(119));
    expect([world.read(0, "i32"), world.read(2, "i32"), world.get("budget")]).toEqual([45, 10, 1_000_000 - 10]);
  });
  test("a failing check: before the op", () => {
    const { world, run } = start(0x7fffffff - 3, 0, 10);
    expect(run()).toBe(world.address(112));
    expect([world.read(0, "i32"), world.read(1, "i32"), world.get("budget")]).toEqual([0x7fffffff, 3, 1_000_000 - 4]);
  });
  test("asking: goes on, ends with an error, unwinds, leaves; never charged twice", () => {
    const asked = (answer: number): [World, number] => {
      const { world, run } = start(0, 0, 10);
      world.set("budget", 4);
      world.answers.pollNative = () => {
        if (answer === POLL.GO_ON) world.set("budget", world.get("budget") + 100);
        return answer;
      };
      return [world, run()];
    };
    const [on, address] = asked(POLL.GO_ON);
    expect([address, on.read(0, "i32"), on.get("budget"), on.asked]).toEqual([
      on.address(119),
      45,
      94,
      [`pollNative ${on.address(110)} 1`],
    ]);
    const [bad, status] = asked(POLL.ERROR);
    expect([status, bad.get("budget")]).toEqual([STATUS.ERROR, 0]);
    for (const answer of [POLL.UNWIND, POLL.LEAVE]) {
      const [world, result] = asked(answer);
      expect(result).toBe(answer === POLL.UNWIND ? STATUS.UNWIND : world.address(110));
      expect([world.read(0, "i32"), world.read(1, "i32"), world.read(5, "i32"), world.get("budget")]).toEqual([
        6, 4, 1, 0,
      ]);
      if (answer === POLL.UNWIND)
        expect([world.get("resumeBase"), world.get("resumePc"), world.get("resumeDepth")]).toEqual([
          BASE,
          world.address(110),
          3,
        ]);
    }
  });
  test("forced: the charge leaves, the check leaves; bytes are set and cleared", () => {
    const keys: string[] = [];
    const world = callingWorld(["i32"], null);
    const { entry, built } = world.jit(binaryen, parsed(LOOP), { force: (key) => keys.push(key) - 1 });
    expect(keys).toEqual(["f1 loop110 @110 charge", "f1 loop110 @112 i32.add.check"]);
    expect(built.sites.map((s) => s.key)).toEqual(keys);
    world.set("forceBase", 500_000);
    world.set("reachedBase", 500_100);
    const reached = (): number[] => [0, 1].map((i) => world.view.getUint8(500_100 + i));
    world.write(2, "i32", 10);
    world.view.setUint8(500_000, 1);
    expect([entry(BASE, 0), reached(), world.get("budget")]).toEqual([world.address(110), [1, 0], 1_000_000]);
    world.view.setUint8(500_001, 1);
    expect([entry(BASE, 0), reached(), world.get("budget")]).toEqual([world.address(112), [1, 1], 999_999]);
    expect(entry(BASE, 0)).toBe(world.address(119));
  });
  test("inlined frames: headers, UNWIND, the top frame's address", () => {
    const world = callingWorld(["i32"], null);
    const { entry, built } = world.jit(
      binaryen,
      parsed(`func 1 jit loop 110 ()
b0():
  v0:i32 = load.reg 0 @110
  v1:i64 = const.i64 5
  v2:i64 = i64.extend_s v0
  check.depth 1 @120 {1@120 r0=v0 r12=v0}
  charge call @120 {1@120 r0=v0 r12=v0}
  v3:i64 = i64.mul.check v2, v2 @205 <120 {1@122 r0=v0 | 2@205+12 r0=v2 r1=v1}
  v4:i64 = i64.add.check v3, v3 @206 <120 {1@122 r0=v0 | 2@206+12 r0=v3}
  exit exit.loop-end @119 {1@119 r0=v4}`),
    );
    world.write(0, "i32", -5);
    expect(entry(BASE, 7)).toBe(world.address(119));
    expect(world.read(0, "i64")).toBe(50n);
    // The square of -2^31 fits, twice that does not.
    world.write(0, "i32", -0x80000000);
    expect(entry(BASE, 7)).toBe(STATUS.UNWIND);
    expect([world.get("resumeBase"), world.get("resumePc"), world.get("resumeDepth")]).toEqual([
      BASE + 96,
      world.address(206),
      8,
    ]);
    expect([header(world, 12), world.read(12, "i64"), world.asked]).toEqual([
      [record(2), world.address(122), BASE, 0],
      1n << 62n,
      [],
    ]);
    world.set("depthStop", 8);
    expect(entry(BASE, 7)).toBe(STATUS.UNWIND);
    expect([world.get("resumeBase"), world.get("resumePc"), world.get("resumeDepth")]).toEqual([
      BASE,
      world.address(120),
      7,
    ]);
    expect(built.windowBytes).toBe(8 * 22 + FRAME.size);
  });
});

describe("bodies", () => {
  const FAILING = `func 1 jit (i64, i32) -> i64
b0():
  v0:i64 = param 0
  v1:i32 = param 1
  charge entry @100 {1@100 r0=v0 r1=v1}
  v2:i64 = i64.add.check v0, v0 @105 {1@105 r0=v0 r1=v1}
  v3:i64 = i64.sub.check v2, v0 @206 <120 {1@122 r1=v1 | 2@206+12 r0=v2 r1=v0}
  return v3`;
  const body = (): { world: World; native: ReturnType<World["jit"]> } => {
    const world = callingWorld(["i64", "i32"], "i64");
    return { world, native: world.jit(binaryen, parsed(FAILING)) };
  };
  test("the result and OK; the entry loads parameters and stores the result", () => {
    const { world, native } = body();
    expect(native.body(21n, 4, BASE, 1)).toEqual([21n, STATUS.OK]);
    world.write(0, "i64", 17n);
    world.write(1, "i32", 4);
    expect(native.entry(BASE, 1)).toBe(STATUS.OK);
    expect([world.read(0, "i64"), world.get("budget")]).toEqual([17n, 999_998]);
  });
  test("a failing check is finished by the interpreter", () => {
    const { world, native } = body();
    world.answers.resume = () => {
      world.write(0, "i64", 99n);
      return STATUS.OK;
    };
    const large = (1n << 62n) + 5n;
    expect(native.body(large, 4, BASE, 1)).toEqual([99n, STATUS.OK]);
    expect(world.asked).toEqual([`resume ${record(1)} ${BASE} ${world.address(105)} ${BASE} 1`]);
    expect(world.read(1, "i32")).toBe(4);
  });
  test("in an inlined frame: its header, the top window", () => {
    const { world, native } = body();
    // The sum wraps in no case here: the difference is forced by asking for it.
    const forcing = world.jit(binaryen, parsed(FAILING), { force: (key) => (key.includes("sub") ? 1 : 0) });
    world.set("forceBase", 500_000);
    world.set("reachedBase", 500_100);
    world.view.setUint8(500_001, 1);
    world.answers.resume = () => STATUS.UNWIND;
    expect(forcing.body(21n, 4, BASE, 1)).toEqual([world.read(0, "i64"), STATUS.UNWIND]);
    expect(world.asked).toEqual([`resume ${record(1)} ${BASE} ${world.address(206)} ${BASE + 96} 2`]);
    expect([world.read(1, "i32"), world.read(12, "i64"), world.read(13, "i64")]).toEqual([4, 42n, 21n]);
    expect(header(world, 12)).toEqual([record(2), world.address(122), BASE, 0]);
    expect(native.built.sites.map((s) => s.key)).toEqual([
      "f1 body @100 charge",
      "f1 body @105 i64.add.check",
      "f1 body @206 i64.sub.check 120",
    ]);
  });
  test("too deep, or nothing left to charge: not entered, parameters in the window", () => {
    for (const how of ["depth", "budget"] as const) {
      const { world, native } = body();
      world.set(how === "depth" ? "depthStop" : "budget", how === "depth" ? 5 : 0);
      world.answers.pollNative = () => POLL.ERROR;
      expect(native.body(21n, 4, BASE, 5)).toEqual([0n, STATUS.NOT_ENTERED]);
      expect([world.read(0, "i64"), world.read(1, "i32")]).toEqual([21n, 4]);
      world.write(0, "i64", 21n);
      expect(native.entry(BASE, 5)).toBe(STATUS.NOT_ENTERED);
      expect([world.read(0, "i64"), world.get("budget")]).toEqual([21n, how === "depth" ? 1_000_000 : 0]);
    }
  });
});

describe("calls", () => {
  const CALLING = `func 1 jit (i32, i64) -> i64
b0():
  v0:i32 = param 0
  v1:i64 = param 1
  v2:i64 = const.i64 3
  charge entry @100 {1@100 r0=v0 r1=v1}
  v3:i64 = i64.mul v1, v2
  v4:i64 = call 2 v0, v3 @120 {1@122 r0=v0 r2=v3 r7=v2} before {1@120 r0=v0 r2=v3 r7=v2 r12=v0 r13=v3}
  v5:i64 = i64.add.check v4, v3 @123 {1@123 r0=v0 r2=v3 r4=v4}
  return v5`;
  /** `status` is what the callee, a stub, gets from the interpreter. */
  const called = (status: number, force = false): { world: World; result: unknown } => {
    const world = callingWorld(["i32", "i64"], "i64");
    const native = world.jit(binaryen, parsed(CALLING), {
      uncompiled: [2],
      ...(force ? { force: (key: string) => (key.includes("call") ? 1 : 0) } : {}),
    });
    expect(native.built.stubs).toEqual([2]);
    world.table.set(world.map.bodySlots + 2, native.exports["stub:2"] as Function);
    world.set("forceBase", 500_000);
    world.set("reachedBase", 500_100);
    if (force) world.view.setUint8(500_001, 1);
    world.answers.interpret = (_rec: number, base: number) => {
      expect(base).toBe(BASE + 96);
      expect([world.read(12, "i32"), world.read(13, "i64")]).toEqual([6, 30n]);
      if (status === STATUS.OK) world.write(12, "i64", 12n);
      return status;
    };
    return { world, result: native.body(6, 10n, BASE, 2) };
  };
  test("OK", () => {
    const { world, result } = called(STATUS.OK);
    expect([result, world.asked]).toEqual([[42n, STATUS.OK], [`interpret ${record(2)} ${BASE + 96} 3`]]);
  });
  test("ERROR: the call joins the trace", () => {
    const { world, result } = called(STATUS.ERROR);
    expect([result, world.asked[1]]).toEqual([[0n, STATUS.ERROR], `traceCall ${world.address(120)}`]);
  });
  const state = (world: World): unknown[] => [world.read(0, "i32"), world.read(2, "i64"), world.read(7, "i64")];
  test("UNWIND: the state after the call, the callee's header", () => {
    const { world, result } = called(STATUS.UNWIND);
    expect([result, state(world), header(world, 12)]).toEqual([
      [0n, STATUS.UNWIND],
      [6, 30n, 3n],
      // Which function it is, the callee has written itself.
      [0, world.address(122), BASE, 0],
    ]);
    expect(world.get("resumePc")).toBe(0);
  });
  test("NOT_ENTERED: to be called again by the interpreter", () => {
    for (const force of [false, true]) {
      const { world, result } = called(STATUS.NOT_ENTERED, force);
      expect([result, state(world)]).toEqual([
        [0n, STATUS.UNWIND],
        [6, 30n, 3n],
      ]);
      expect([world.get("resumeBase"), world.get("resumePc"), world.get("resumeDepth")]).toEqual([
        BASE,
        world.address(120),
        2,
      ]);
      expect([world.read(12, "i32"), world.read(13, "i64")]).toEqual([6, 30n]);
      expect(world.asked.length).toBe(force ? 0 : 1);
    }
  });
  test("inlined: the trace and the headers of the frames around", () => {
    const world = callingWorld(["i32"], null);
    const native = world.jit(
      binaryen,
      parsed(`func 1 jit (i32)
b0():
  v0:i32 = param 0
  v1:i64 = i64.extend_s v0
  charge entry @100 {1@100 r0=v0}
  v2:i64 = call 2 v0, v1 @120 <115 {1@117 r0=v0 | 0@122+20 r3=v1} before {1@117 r0=v0 | 0@120+20 r3=v1 r12=v0 r13=v1}
  return`),
      { uncompiled: [2] },
    );
    world.table.set(world.map.bodySlots + 2, native.exports["stub:2"] as Function);
    let status: number = STATUS.ERROR;
    world.answers.interpret = () => status;
    expect(native.body(6, BASE, 2)).toBe(STATUS.ERROR);
    expect(world.asked).toEqual([
      `interpret ${record(2)} ${BASE + 8 * 32} 4`,
      `traceCall ${world.address(120)}`,
      `traceCall ${world.address(115)}`,
    ]);
    status = STATUS.UNWIND;
    expect(native.body(6, BASE, 2)).toBe(STATUS.UNWIND);
    expect([header(world, 20), header(world, 32)]).toEqual([
      [record(0), world.address(117), BASE, 0],
      [0, world.address(122), BASE + 160, 0],
    ]);
    expect(world.read(23, "i64")).toBe(6n);
    status = STATUS.NOT_ENTERED;
    expect(native.body(6, BASE, 2)).toBe(STATUS.UNWIND);
    expect([world.get("resumeBase"), world.get("resumePc"), world.get("resumeDepth")]).toEqual([
      BASE + 160,
      world.address(120),
      3,
    ]);
  });
  test("itself: directly, with the next window and depth", () => {
    const world = callingWorld(["i32", "i64"], "i64", 1);
    const native = world.jit(
      binaryen,
      parsed(`func 1 jit (i32, i64) -> i64
b0():
  v0:i32 = param 0
  v1:i64 = param 1
  v2:i32 = const.i32 1
  charge entry @100 {1@100 r0=v0 r1=v1}
  branch v0, b1(), b2()
b1():
  v3:i32 = i32.sub v0, v2
  v4:i64 = call 1 v3, v1 @120 {1@122 r1=v1} before {1@120 r1=v1 r12=v3 r13=v1}
  v5:i64 = i64.add v4, v1
  return v5
b2():
  return v1`),
    );
    expect(native.text).not.toContain("call_indirect");
    expect([native.body(10, 3n, BASE, 1), native.built.stubs]).toEqual([[33n, STATUS.OK], []]);
    world.set("depthStop", 8);
    expect(native.body(10, 3n, BASE, 1)).toEqual([0n, STATUS.UNWIND]);
    // Depth 8 was not entered; depth 7 stored the state before its call.
    expect([world.get("resumeBase"), world.get("resumeDepth")]).toEqual([BASE + 6 * 96, 7]);
    expect(header(world, 6 * 12)).toEqual([record(1), world.address(122), BASE + 5 * 96, 0]);
  });
});

test("printing fails: ERROR with the calls around", () => {
  const world = callingWorld(["i32"], null);
  const { body } = world.jit(
    binaryen,
    parsed(`func 1 jit (i32)
b0():
  v0:i32 = param 0
  v1:ref = const.ref 1
  print printText v1 @120 <115,117
  print printI32 v0 @121
  return`),
  );
  world.answers.printText = () => STATUS.OK;
  world.answers.printI32 = () => STATUS.OK;
  expect([body(5, BASE, 1), world.asked]).toEqual([STATUS.OK, [`printText ${world.map.strings[1]}`, "printI32 5"]]);
  world.answers.printText = () => STATUS.ERROR;
  world.asked.length = 0;
  expect([body(5, BASE, 1), world.asked.slice(1)]).toEqual([
    STATUS.ERROR,
    [`traceCall ${world.address(117)}`, `traceCall ${world.address(115)}`],
  ]);
});

describe("aot", () => {
  const MAIN = `func 0 aot (i64, i32) -> i64
b0():
  v0:i64 = param 0
  v1:i32 = param 1
  v2:i64 = call 1 v1, v0 @20
  v3:i64 = i64.mul.check v2, v0 @22 <7,9
  return v3`;
  const CALLEE = (charge: string): string => `func 1 aot (i32, i64) -> i64
b0():
  v0:i32 = param 0
  v1:i64 = param 1
  v9:i32 = const.i32 1
  ${charge}
  branch v0, b1(), b2()
b1():
  v2:i32 = i32.sub v0, v9
  v3:i64 = call 1 v2, v1 @120
  return v3
b2():
  v4:i64 = i64.div_s.check v1, v1 @130
  return v4`;
  const program = (budget: boolean) => {
    const chunk = chunkOf([
      { params: ["i64", "i32"], result: "i64" },
      { params: ["i32", "i64"], result: "i64" },
    ]);
    const world = new World(chunk);
    return {
      world,
      native: aotOf(world, binaryen, [parsed(MAIN), parsed(CALLEE(budget ? "charge entry @100" : ""))], {
        maxRecursion: 3,
        budget,
      }),
    };
  };
  test("results, depth by count, errors with their sites", () => {
    const { world, native } = program(false);
    expect(native.text).not.toContain("call_indirect");
    // Main's call is at depth 1 and three may be nested below it.
    expect([native.main(7n, 3, 0), world.asked]).toEqual([[7n, STATUS.OK], []]);
    const site = (asked: string): string => {
      const [name, a, b] = asked.split(" ");
      const s = native.sites[Number(b ?? a)]!;
      return `${name} ${b ? a : ""} ${s.code} @${s.pc} ${s.inlined.join()}`;
    };
    expect(native.main(7n, 4, 0)).toEqual([0n, STATUS.ERROR]);
    expect(world.asked.map(site)).toEqual([
      "fail 8 E0008 @120 ",
      "traceCall  null @120 ",
      "traceCall  null @120 ",
      "traceCall  null @120 ",
      "traceCall  null @20 ",
    ]);
    world.asked.length = 0;
    expect(native.main(0n, 1, 0)).toEqual([0n, STATUS.ERROR]);
    expect(world.asked.map(site)).toEqual(["fail 1 E0001 @130 ", "traceCall  null @120 ", "traceCall  null @20 "]);
    world.asked.length = 0;
    world.answers.mulOverflows = () => 1;
    expect(native.main(1n << 40n, 0, 0)).toEqual([0n, STATUS.ERROR]);
    expect(world.asked.slice(1).map(site)).toEqual(["fail 4 E0004 @22 7,9"]);
  });
  test("fuel: the error is at the call that could not be charged", () => {
    const { world, native } = program(true);
    world.set("budget", 2);
    world.answers.pollNative = () => {
      world.set("errorCode", 40);
      return POLL.ERROR;
    };
    expect(native.main(7n, 3, 0)).toEqual([0n, STATUS.ERROR]);
    const s = native.sites[world.get("errorPc")]!;
    expect([s.code, s.pc, world.asked.filter((a) => a.startsWith("traceCall")).length]).toEqual(["E0040", 120, 2]);
  });
});

describe("what is written", () => {
  const GOLDEN = join(process.cwd(), "tests", "golden", "wasm");
  const files = existsSync(GOLDEN)
    ? readdirSync(GOLDEN)
        .filter((f) => f.endsWith(".ssa"))
        .sort()
    : [];
  test.each(files)("%s", (file) => {
    const source = readFileSync(join(GOLDEN, file), "utf8");
    const f = parsed(source);
    const world =
      f.mode === "jit"
        ? callingWorld(f.params, f.result)
        : new World(chunkOf([{ params: f.params, result: f.result }]));
    const { text } = f.mode === "jit" ? world.jit(binaryen, f, { uncompiled: [2] }) : aotOf(world, binaryen, [f]);
    const path = join(GOLDEN, file.replace(/\.ssa$/, ".wat"));
    if (process.env.BLESS === "1") writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, "utf8"));
    // The idea of a file: `; wasm: WORD -WORD` demands and forbids instructions.
    for (const [, words] of source.matchAll(/^; wasm: (.*)$/gm))
      for (const word of words!.trim().split(/\s+/))
        expect([word, text.includes(word.replace(/^-/, ""))]).toEqual([word, !word.startsWith("-")]);
  });
});

/** Bytecode that no front end makes, under limits that leave native code in every way: the engine's own runtime decides. */
describe("random bytecode in the whole engine", () => {
  const SEEDS = Number(process.env.WASM_PROGRAMS ?? 12);
  const FIRST = Number(process.env.WASM_SEED ?? 1);
  const tiers = new Tiers(binaryen);
  test("agrees with the interpreter under fuel, recursion, host stack and register chunk limits", () => {
    let compared = 0;
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
      const p = wholeProgram(seed);
      const next = randomOf(seed * 77);
      if (tiers.interp(p, { fuel: 20_000 }).error?.endsWith("E0040")) continue;
      compared++;
      for (const limits of [{}, { fuel: Math.floor(next() * next() * 60) }, { maxRecursion: Math.floor(next() * 4) }]) {
        const expected = tiers.interp(p, limits);
        const same = (how: string, seen: Seen): void =>
          expect([seed, how, limits, seen]).toEqual([seed, how, limits, expected]);
        same("jit", tiers.jit(p, 1, limits));
        same("little host stack", tiers.jit(p, 1, { ...limits, hostBytes: 2500 }));
        same("small chunks", tiers.jit(p, 2, { ...limits, hostBytes: 12_000, chunkBytes: 10_000 }));
        same("aot", tiers.aot(p, limits));
        const pick = (n: number): number => Math.floor(next() * n);
        if (!("fuel" in limits)) for (const { name, seen } of tiers.forced(p, 3, pick, limits)) same(name, seen);
      }
    }
    expect(compared).toBeGreaterThan(SEEDS / 2);
  });
});
