/**
 * Every op of the interpreter on its edge values, against JavaScript's BigInt and doubles. Operands come with rubbish in
 * the upper half of 32-bit registers, because nothing keeps it zero.
 */
import { describe, expect, test } from "@jest/globals";
import { ALL_OPS, OPS, type Op, type OpName } from "../../../compiler/bytecode/ops.js";
import { errorNumber } from "../../../compiler/bytecode/places.js";
import { RUN } from "../../../compiler/layout/vm.js";
import { type Fn, f64, i32, i64, type Line, Machine, outOf, text, u32, u64 } from "./support/machine.js";
import { textAt } from "./support/strings.js";

type IntType = "I32" | "I64" | "U32" | "U64";
type NumType = IntType | "F64";
type Value = bigint | number;
const BITS: Record<IntType, number> = { I32: 32, I64: 64, U32: 32, U64: 64 };
const signed = (t: NumType): boolean => t === "I32" || t === "I64";
const wrap = (t: IntType, v: bigint): bigint => (signed(t) ? BigInt.asIntN(BITS[t], v) : BigInt.asUintN(BITS[t], v));
const minOf = (t: IntType): bigint => (signed(t) ? -(1n << BigInt(BITS[t] - 1)) : 0n);
const maxOf = (t: IntType): bigint => (1n << BigInt(signed(t) ? BITS[t] - 1 : BITS[t])) - 1n;

const buffer = new DataView(new ArrayBuffer(8));
const bitsOf = (v: Value): bigint => {
  if (typeof v === "bigint") return BigInt.asUintN(64, v);
  buffer.setFloat64(0, v);
  return buffer.getBigUint64(0);
};
const floatOf = (bits: bigint): number => {
  buffer.setBigUint64(0, bits);
  return buffer.getFloat64(0);
};
/** A register with the value, and rubbish where it does not reach. */
const register = (t: NumType | "BOOL", v: Value): bigint =>
  t === "I32" || t === "U32" || t === "BOOL" ? BigInt.asUintN(32, bitsOf(v)) | (0xdeadbeefn << 32n) : bitsOf(v);
const decode = (t: NumType | "BOOL", bits: bigint): Value =>
  t === "F64" ? floatOf(bits) : t === "BOOL" ? BigInt.asUintN(32, bits) : wrap(t, bits);

function edges(t: NumType): Value[] {
  if (t === "F64") {
    const half = [0, 0.5, 1, 1.5, 3, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 63, 2 ** 64, 5e-324, 1.7976931348623157e308];
    return [...half, ...half.map((x) => -x), Number.NaN, Infinity, -Infinity];
  }
  const lo = minOf(t);
  const hi = maxOf(t);
  const small = [0n, 1n, 2n, 3n, 7n, 10n, 46340n, 46341n, 65535n, 65536n, 3037000499n, 3037000500n, 1n << 32n];
  const all = [...small, ...small.map((v) => -v), lo, lo + 1n, hi, hi - 1n, lo / 2n, hi / 2n + 1n];
  return [...new Set(all.filter((v) => v >= lo && v <= hi))];
}

/** What an op does: a value, or the number of its error. */
type Result = Value | { readonly error: number };
const error = (code: number): Result => ({ error: code });

function arithmetic(kind: string, t: NumType, x: Value, y: Value): Result {
  if (t === "F64") {
    const [a, b] = [x as number, y as number];
    if (kind === "DIV") return b === 0 ? error(1) : a / b;
    if (kind === "REM") return b === 0 ? error(6) : a % b;
    return kind === "ADD" ? a + b : kind === "SUB" ? a - b : a * b;
  }
  const [a, b] = [x as bigint, y as bigint];
  if (b === 0n && kind === "DIV") return error(1);
  if (b === 0n && kind === "REM") return error(6);
  const exact =
    kind === "ADD" ? a + b : kind === "SUB" ? a - b : kind === "MUL" ? a * b : kind === "DIV" ? a / b : a % b;
  return signed(t) && wrap(t, exact) !== exact ? error(4) : wrap(t, exact);
}
function compare(kind: string, a: Value, b: Value): boolean {
  switch (kind) {
    case "EQ":
      return a === b;
    case "NE":
      return a !== b;
    case "LT":
      return a < b;
    case "LE":
      return a <= b;
    case "GT":
      return a > b;
    case "GE":
      return a >= b;
    case "NLT":
      return !(a < b);
    default:
      return !(a <= b);
  }
}
function convert(from: NumType, to: NumType, v: Value): Result {
  if (to === "F64") return Number(v);
  if (from === "F64") {
    const x = v as number;
    if (!Number.isFinite(x)) return error(7);
    const whole = BigInt(Math.trunc(x));
    return wrap(to, whole) === whole ? whole : error(7);
  }
  // Core 14: to 32 bits of the same width or from i64 wraps; everything else is checked.
  const wraps = (to === "I32" && from === "I64") || BITS[to] > BITS[from];
  const x = v as bigint;
  if (wrap(to, x) === x) return x;
  return wraps && !(from === "I32" && to === "U64") ? wrap(to, x) : error(7);
}

/** An op with two registers (or a register and an immediate) in and one out, as a machine that is run again and again. */
class Bench {
  readonly machine: Machine;
  constructor(line: Line, tail: readonly Line[] = []) {
    const out: Line[] = [["STORE_GLOBAL", 0, 2], ["RETURN_VOID"]];
    const code: Line[] = [["LOAD_GLOBAL", 1, 0], ["LOAD_GLOBAL", 2, 1], line, ...(tail.length > 0 ? tail : out)];
    // Each run takes a first chunk of its own: a small one.
    this.machine = new Machine([{ name: "main", code }], { chunkBytes: 1 });
  }
  /** Registers r1 and r2 in, r0 out; or the error and the values that it kept. */
  run(a: bigint, b: bigint): bigint | { readonly error: number; readonly values: readonly bigint[] } {
    const { machine } = this;
    machine.setGlobal(0, a);
    machine.setGlobal(1, b);
    if (machine.run() === RUN.DONE) return machine.global(2);
    return { error: machine.error.code, values: machine.errorValues };
  }
}
/** A jump as a bench: 1 when taken. */
const jumpBench = (line: Line): Bench =>
  new Bench(line, [
    ["LOAD_IMM_I32", 0, 0],
    ["STORE_GLOBAL", 0, 2],
    ["RETURN_VOID"],
    "taken:",
    ["LOAD_IMM_I32", 0, 1],
    ["STORE_GLOBAL", 0, 2],
    ["RETURN_VOID"],
  ]);

const show = (v: Value): string => (Object.is(v, -0) ? "-0" : String(v));
function check(what: string, type: NumType | "BOOL", got: ReturnType<Bench["run"]>, wanted: Result): void {
  const g = typeof got === "bigint" ? show(decode(type, got)) : `error ${got.error}`;
  const w = typeof wanted === "object" ? `error ${wanted.error}` : show(wanted);
  if (g !== w) throw new Error(`${what}: ${g}, not ${w}`);
}

/** Ops that the tests below execute; the last test finds those that nobody does. */
const seen = new Set<OpName>();
const family = (pattern: RegExp): [Op, RegExpExecArray][] =>
  ALL_OPS.flatMap((op) => {
    const m = pattern.exec(op.name);
    if (m) seen.add(op.name);
    return m ? [[op, m] as [Op, RegExpExecArray]] : [];
  });
const IMMEDIATES_C = [-128, -7, -2, -1, 0, 1, 2, 10, 127];
const IMMEDIATES_BC = [-32768, -1, 0, 1, 7, 32767];

describe("arithmetic", () => {
  test.each(family(/^(ADD|SUB|MUL|DIV|REM)_([IUF]\d\d)$/).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const [, kind, type] = m as unknown as [string, string, NumType];
    const bench = new Bench([name, 0, 1, 2]);
    for (const x of edges(type))
      for (const y of edges(type)) {
        const got = bench.run(register(type, x), register(type, y));
        check(`${name} ${x} ${y}`, type, got, arithmetic(kind, type, x, y));
        if (typeof got === "object") expect(got.values.map((v) => show(decode(type, v)))).toEqual([show(x), show(y)]);
      }
  });
  test.each(family(/^(ADD|MUL|DIV|REM)_([IU]\d\d)_IMM$/).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const [, kind, type] = m as unknown as [string, string, IntType];
    for (const c of IMMEDIATES_C) {
      if (/DIV|REM/.test(kind) && (c === 0 || (c === -1 && signed(type)))) continue;
      const bench = new Bench([name, 0, 1, c]);
      for (const x of edges(type))
        check(
          `${name} ${x} ${c}`,
          type,
          bench.run(register(type, x), 0n),
          arithmetic(kind, type, x, wrap(type, BigInt(c))),
        );
    }
  });
  test.each(family(/^NEG_([IF]\d\d)$/).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const type = m[1] as NumType;
    const bench = new Bench([name, 0, 1]);
    for (const x of edges(type)) {
      const wanted = typeof x === "number" ? -x : x === minOf(type as IntType) ? error(4) : -x;
      check(`${name} ${x}`, type, bench.run(register(type, x), 0n), wanted);
    }
  });
});

describe("comparison", () => {
  test.each(family(/^(EQ|NE|LT|LE)_([IUF]\d\d)$/).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const [, kind, type] = m as unknown as [string, string, NumType];
    const bench = new Bench([name, 0, 1, 2]);
    for (const x of edges(type))
      for (const y of edges(type)) {
        const wanted = BigInt(compare(kind, x, y));
        check(`${name} ${x} ${y}`, "BOOL", bench.run(register(type, x), register(type, y)), wanted);
      }
  });
  const jumps = /^JUMP_(EQ|NE|LT|LE|NLT|NLE)_([IUF]\d\d)$/;
  test.each(family(jumps).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const [, kind, type] = m as unknown as [string, string, NumType];
    const bench = jumpBench([name, 1, 2, "taken"]);
    for (const x of edges(type))
      for (const y of edges(type)) {
        const wanted = BigInt(compare(kind, x, y));
        check(`${name} ${x} ${y}`, "BOOL", bench.run(register(type, x), register(type, y)), wanted);
      }
  });
  const immediate = /^JUMP_(EQ|NE|LT|LE|GT|GE)_([IU]\d\d)_IMM$/;
  test.each(family(immediate).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const [, kind, type] = m as unknown as [string, string, IntType];
    for (const bc of IMMEDIATES_BC) {
      const y = signed(type) ? BigInt(bc) : BigInt(bc & 0xffff);
      const bench = jumpBench([name, 1, bc, "taken"]);
      for (const x of [...edges(type), y]) {
        const wanted = BigInt(compare(kind, x, y));
        check(`${name} ${x} ${y}`, "BOOL", bench.run(register(type, x), 0n), wanted);
      }
    }
  });
  test.each(family(/^CMP_([IUF]\d\d)_([IUF]\d\d)$/).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const [, left, right] = m as unknown as [string, IntType, NumType];
    const bench = new Bench([name, 0, 1, 2]);
    const near = [9007199254740993n, (1n << 63n) - 1n, -(1n << 63n)].filter((v) => wrap(left, v) === v);
    for (const x of [...edges(left), ...near])
      for (const y of [...edges(right), ...(right === "F64" ? [9007199254740992, 0.1, -0.1, 2 ** 63 - 1024] : [])]) {
        // JavaScript compares bigint and number by value.
        const wanted = x < y ? -1n : x > y ? 1n : x <= y ? 0n : 2n;
        check(`${name} ${x} ${y}`, "I32", bench.run(register(left, x), register(right, y)), wanted);
      }
  });
});

/** Each conversion has a message of its own. */
const withCode = (name: OpName, result: Result): Result =>
  typeof result === "object" ? error(errorNumber(OPS[name as "F64_TO_I32"].fails[0])) : result;

describe("conversion", () => {
  test.each(family(/^([IUF]\d\d)_TO_([IUF]\d\d)$/).map(([op, m]) => [op.name, m] as const))("%s", (name, m) => {
    const [, from, to] = m as unknown as [string, NumType, NumType];
    const bench = new Bench([name, 0, 1]);
    const limits = ["I32", "U32", "I64", "U64"].flatMap((t) => [
      Number(minOf(t as IntType)),
      Number(maxOf(t as IntType)),
    ]);
    const around = limits.flatMap((x) => [x - 1, x - 0.9, x - 0.5, x, x + 0.5, x + 0.9999, x + 1]);
    const halves = [(1n << 53n) + 1n, (1n << 53n) + 3n, (1n << 62n) + 513n].filter(
      (v) => from !== "F64" && wrap(from, v) === v,
    );
    const last = [2 ** 63 - 1024, -(2 ** 63) - 2048, 2 ** 64 - 2048, -0.9999999, 0.9999999];
    for (const x of from === "F64" ? [...edges(from), ...around, ...last] : [...edges(from), ...halves])
      check(`${name} ${x}`, to, bench.run(register(from, x), 0n), withCode(name, convert(from, to, x)));
  });
});

describe("moves", () => {
  const done: Line[] = [["STORE_GLOBAL", 0, 2], ["RETURN_VOID"]];
  const main = (...code: Line[]): Machine => new Machine([{ name: "main", registers: 1000, code: [...code, ...done] }]);
  const result = (machine: Machine): bigint => {
    expect(machine.run()).toBe(RUN.DONE);
    return machine.global(2);
  };
  const uses = (...names: OpName[]): void => names.forEach((name) => void seen.add(name));

  test("constants of all types", () => {
    uses("LOAD_IMM_I32", "LOAD_IMM_I64", "LOAD_K");
    expect(Number(BigInt.asIntN(32, result(main(["LOAD_IMM_I32", 0, -32768]))))).toBe(-32768);
    expect(BigInt.asIntN(64, result(main(["LOAD_IMM_I64", 0, -1])))).toBe(-1n);
    expect(result(main(["LOAD_IMM_I64", 0, 32767]))).toBe(32767n);
    expect(BigInt.asIntN(32, result(main(["LOAD_K", 0, i32(-2147483648)])))).toBe(-2147483648n);
    expect(BigInt.asUintN(32, result(main(["LOAD_K", 0, u32(4294967295)])))).toBe(4294967295n);
    expect(result(main(["LOAD_K", 0, u64(maxOf("U64"))]))).toBe(maxOf("U64"));
    expect(BigInt.asIntN(64, result(main(["LOAD_K", 0, i64(minOf("I64"))])))).toBe(minOf("I64"));
    expect(floatOf(result(main(["LOAD_K", 0, f64(-0.1)])))).toBe(-0.1);
  });
  test("all 8 bytes of a register, also beyond 255", () => {
    uses("MOVE", "LOAD_SPILL", "STORE_SPILL", "LOAD_GLOBAL", "STORE_GLOBAL", "RETURN_VOID");
    const m = main(
      ["LOAD_GLOBAL", 255, 0],
      ["MOVE", 7, 255],
      ["STORE_SPILL", 7, 999],
      ["LOAD_IMM_I64", 7, 0],
      ["LOAD_SPILL", 0, 999],
    );
    m.setGlobal(0, 0x8123456789abcdefn);
    expect(result(m)).toBe(0x8123456789abcdefn);
  });
  test("jumps forward and back", () => {
    uses("JUMP", "JUMP_IF", "JUMP_IF_NOT");
    const m = main(
      ["LOAD_IMM_I32", 0, 0],
      ["JUMP", "b"],
      "a:",
      ["ADD_I32_IMM", 0, 0, 1],
      ["JUMP", "c"],
      "b:",
      ["JUMP", "a"],
      "c:",
    );
    expect(BigInt.asIntN(32, result(m))).toBe(1n);
    for (const [bits, taken] of [
      [0xdeadbeef00000000n, 0n],
      [0xdeadbeef00000001n, 1n],
    ] as const) {
      expect(jumpBench(["JUMP_IF", 1, "taken"]).run(bits, 0n)).toBe(taken);
      expect(jumpBench(["JUMP_IF_NOT", 1, "taken"]).run(bits, 0n)).toBe(1n - taken);
    }
  });
  test("not, and reading before a value is there", () => {
    uses("NOT", "CHECK_VALUE");
    const not = new Bench(["NOT", 0, 1]);
    expect(BigInt.asUintN(32, not.run(0xdeadbeef00000000n, 0n) as bigint)).toBe(1n);
    expect(BigInt.asUintN(32, not.run(0xdeadbeef00000001n, 0n) as bigint)).toBe(0n);
    const check = jumpBench(["CHECK_VALUE", 1]);
    expect(check.run(1n, 0n)).toBe(0n);
    expect(check.run(0xffffffff00000000n, 0n)).toMatchObject({ error: 18 });
  });
});

describe("strings", () => {
  test("are equal by their bytes", () => {
    seen.add("EQ_STRING").add("NE_STRING");
    const texts = ["", "a", "b", "ab", "a\0", "a\0b", "ä", "a".repeat(1000), "a".repeat(999) + "b"];
    for (const [i, a] of texts.entries())
      for (const [j, b] of texts.entries()) {
        const code: Line[] = [
          ["LOAD_K", 0, text(a)],
          ["LOAD_K", 1, text(b)],
          ["EQ_STRING", 2, 0, 1],
          ["NE_STRING", 3, 0, 1],
        ];
        const m = new Machine([
          { name: "main", code: [...code, ["STORE_GLOBAL", 2, 0], ["STORE_GLOBAL", 3, 1], ["RETURN_VOID"]] },
        ]);
        m.run();
        expect([m.global(0), m.global(1)].map((v) => BigInt.asUintN(32, v))).toEqual(i === j ? [1n, 0n] : [0n, 1n]);
      }
  });
});

/** Runs ops on texts and numbers; answers the text that the last one made, or the number of its error. */
function made(...code: Line[]): string | number {
  const m = new Machine([{ name: "main", code: [...code, ["STORE_GLOBAL", 2, 0], ["RETURN_VOID"]] }]);
  const r = m.run();
  return r === RUN.ERROR ? m.vm("errorCode") : textAt(m, Number(m.global(0)));
}
describe("texts", () => {
  test("are joined", () => {
    seen.add("CONCAT");
    const join = (a: string, b: string): string | number =>
      made(["LOAD_K", 0, text(a)], ["LOAD_K", 1, text(b)], ["CONCAT", 2, 0, 1]);
    for (const a of ["", "a", "äb", "x".repeat(300)])
      for (const b of ["", "c", "d\0", "y".repeat(300)]) expect(join(a, b)).toBe(a + b);
  });
  test("are ordered by their bytes", () => {
    seen.add("LT_STRING").add("LE_STRING");
    const texts = ["", "\0", "a", "a\0", "aa", "b", "z", "ä", "\uffff", "\u{10000}", "\u{10ffff}"];
    for (const a of texts)
      for (const b of texts) {
        const code: Line[] = [
          ["LOAD_K", 0, text(a)],
          ["LOAD_K", 1, text(b)],
          ["LT_STRING", 2, 0, 1],
          ["LE_STRING", 3, 0, 1],
        ];
        const m = new Machine([
          { name: "main", code: [...code, ["STORE_GLOBAL", 2, 0], ["STORE_GLOBAL", 3, 1], ["RETURN_VOID"]] },
        ]);
        m.run();
        const order = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect([a, b, m.global(0) & 1n, m.global(1) & 1n]).toEqual([a, b, order < 0 ? 1n : 0n, order <= 0 ? 1n : 0n]);
      }
  });
  test("have a length in bytes, and bytes", () => {
    seen.add("LEN_STRING").add("INDEX_STRING").add("INDEX_STRING_U64");
    const m = new Machine([
      {
        name: "main",
        code: [["LOAD_K", 0, text("aäz")], ["LEN_STRING", 1, 0], ["STORE_GLOBAL", 1, 0], ["RETURN_VOID"]],
      },
    ]);
    m.run();
    expect(Number(BigInt.asUintN(32, m.global(0)))).toBe(4);
    const at = (op: "INDEX_STRING" | "INDEX_STRING_U64", i: bigint): string | number =>
      made(["LOAD_K", 0, text("abc")], ["LOAD_K", 1, op === "INDEX_STRING" ? i64(i) : u64(i)], [op, 2, 0, 1]);
    for (const op of ["INDEX_STRING", "INDEX_STRING_U64"] as const) {
      expect([0n, 1n, 2n].map((i) => at(op, i))).toEqual(["a", "b", "c"]);
      expect([at(op, 3n), at(op, 1n << 40n)]).toEqual([0x20002, 0x20002]);
    }
    expect([at("INDEX_STRING", -1n), at("INDEX_STRING", -(1n << 63n))]).toEqual([0x30002, 0x30002]);
    expect(at("INDEX_STRING_U64", (1n << 64n) - 1n)).toBe(0x20002);
  });
  test("are made from numbers", () => {
    seen.add("I64_TO_STRING").add("U64_TO_STRING").add("F64_TO_STRING");
    const least = -(1n << 63n);
    for (const x of [0n, 7n, -7n, least, -least - 1n])
      expect(made(["LOAD_K", 0, i64(x)], ["I64_TO_STRING", 2, 0])).toBe(String(x));
    for (const x of [0n, 7n, (1n << 64n) - 1n])
      expect(made(["LOAD_K", 0, u64(x)], ["U64_TO_STRING", 2, 0])).toBe(String(x));
    for (const [x, shown] of [
      [0.1, "0.1"],
      [-0, "0"],
      [1e21, "1e+21"],
      [-2.5, "-2.5"],
    ] as const)
      expect(made(["LOAD_K", 0, f64(x)], ["F64_TO_STRING", 2, 0])).toBe(shown);
  });
});

describe("tail calls", () => {
  // sum(n, total): one window, whatever n is; total is our parameter 1, the arguments of the next call are outgoing slots.
  const out = outOf(8);
  const sum: Fn = {
    name: "sum",
    params: ["i64", "i64"],
    result: "i64",
    code: [
      ["JUMP_EQ_I64_IMM", 0, 0, "done"],
      ["ADD_I64", 3, 1, 0],
      ["ADD_I64_IMM", 2, 0, -1],
      ["STORE_SPILL", 2, out],
      ["STORE_SPILL", 3, out + 1],
      ["TAIL_CALL", out, "sum"],
      "done:",
      ["RETURN", 1],
    ],
  };
  const program = (n: bigint): Fn[] => [
    {
      name: "main",
      code: [
        ["LOAD_K", 0, i64(n)],
        ["LOAD_IMM_I64", 1, 0],
        ["STORE_SPILL", 0, out],
        ["STORE_SPILL", 1, out + 1],
        ["CALL", 2, out, "sum"],
        ["STORE_GLOBAL", 2, 0],
        ["RETURN_VOID"],
      ],
    },
    sum,
  ];
  test("take over the window: no depth, no memory, one unit each", () => {
    seen.add("TAIL_CALL");
    const m = new Machine(program(200_000n), { maxRecursion: 1, chunkBytes: 2000 });
    const before = m.view.buffer.byteLength;
    expect(m.run()).toBe(RUN.DONE);
    expect(m.global(0)).toBe(20_000_100_000n);
    expect(m.charged).toBe(200_001);
    expect(m.view.buffer.byteLength).toBe(before);
  });
  test("of a function with a larger window go to a new chunk, and back", () => {
    const [main, small] = program(5n) as [Fn, Fn];
    const large: Fn = { ...small, name: "large", registers: 200 };
    const wide = outOf(200);
    const list: Fn[] = [
      main,
      { ...small, code: small.code.map((l) => (l[0] === "TAIL_CALL" ? ["TAIL_CALL", out, "large"] : l)) as Line[] },
      {
        ...large,
        code: small.code.map((l) =>
          l[0] === "TAIL_CALL"
            ? ["TAIL_CALL", wide, "sum"]
            : l[0] === "STORE_SPILL"
              ? ["STORE_SPILL", l[1], (l[2] as number) - out + wide]
              : l,
        ) as Line[],
      },
    ];
    for (const chunkBytes of [400, 2000, 5000]) {
      const m = new Machine(list, { chunkBytes });
      expect(m.run()).toBe(RUN.DONE);
      expect(m.global(0)).toBe(15n);
    }
  });
});

test("every op is executed by some test", () => {
  // Those of other files: calls.test.ts, loops.test.ts, output.test.ts.
  const elsewhere = /^(CALL|RETURN|LOOP|FOR_.*|PRINT_.*)$/;
  // Those on objects: by the programs of tests/completeness.test.ts, their functions by the tests beside this one.
  const onObjects =
    /^(CALL_VALUE|TAIL_CALL_VALUE|[GS]ET_.*|.*_TO_INDEX|LEN_ARRAY|LOAD_SLOT_.*|STORE_SLOT|LOAD_VARIANT|EXT)$/;
  const basic = ALL_OPS.filter((op) => !op.extended && !onObjects.test(op.name));
  expect(basic.map((op) => op.name).filter((name) => !seen.has(name) && !elsewhere.test(name))).toEqual([]);
});
