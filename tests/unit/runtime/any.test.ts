/** `any` values: what goes in comes out, checks and their messages, operators, equality across types. */
import { describe, expect, test } from "@jest/globals";
import { ARRAY, World } from "./support/objects.js";

const DECLARED = {
  structs: { P: ["i32", "string"], Q: ["i32", "string"], Link: ["any"] },
  enums: {
    "Opt[i32]": { Some: ["i32"], None: [] },
    "Opt[string]": { Some: ["string"], None: [] },
    "Opt[any]": { Some: ["any"], None: [] },
    "Opt[unknown]": { Some: ["unknown"], None: [] },
    "Opt[[string]]": { Some: ["[string]"], None: [] },
    Color: { Red: [], Green: [] },
    Pair: { Of: ["any", "any"], F: ["f64", "f64"] },
  },
};
const NAN_BITS = [0x7ff8000000000000n, 0xfff8000000000001n, 0x7ff0000000000001n, 0xffffffffffffffffn];
const float = (bits: bigint): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
};

describe.each([
  ["calm", false],
  ["hostile", true],
])("%s", (_, hostile) => {
  const w = new World(DECLARED, { hostile });
  const ANYS = (): Record<string, bigint> => ({
    i32: w.any("i32", -5),
    u32: w.any("u32", 4294967295),
    i64: w.any("i64", -5n),
    u64: w.any("u64", 2n ** 64n - 1n),
    f64: w.any("f64", -0.5),
    bool: w.any("bool", true),
    string: BigInt(w.joined("ab", "c")),
  });

  test("scalars come out as they went in, boxed or not", () => {
    for (const n of [0, 1, -1, 2147483647, -2147483648])
      expect(Number(BigInt.asIntN(32, w.bits("unwrapI32", w.any("i32", n))))).toBe(n);
    for (const n of [0, 1, 4294967295])
      expect(BigInt.asUintN(32, w.bits("unwrapU32", w.any("u32", n)))).toBe(BigInt(n));
    const edges = [0n, 1n, 47n, 48n, 62n, 63n].flatMap((s) => [1n << s, (1n << s) - 1n, -(1n << s)]);
    for (const n of edges) {
      const a = BigInt.asIntN(64, n);
      expect(BigInt.asIntN(64, w.bits("unwrapI64", w.any("i64", a)))).toBe(a);
      const b = BigInt.asUintN(64, n);
      expect(w.bits("unwrapU64", w.any("u64", b))).toBe(b);
    }
    for (const x of [0, -0, 1.5, -1.5, Infinity, -Infinity, 5e-324, -1.7976931348623157e308, NaN])
      expect(w.float("unwrapF64", w.any("f64", x))).toBe(x);
    for (const bits of NAN_BITS) expect(w.any("f64", float(bits))).toBe(w.any("f64", NaN));
    expect([w.call("unwrapBool", w.any("bool", true)), w.call("unwrapBool", w.any("bool", false))]).toEqual([1, 0]);
  });
  test("another type is E0019 with both names", () => {
    const values = ANYS();
    const unwraps = {
      i32: "unwrapI32",
      u32: "unwrapU32",
      i64: "unwrapI64",
      u64: "unwrapU64",
      f64: "unwrapF64",
      bool: "unwrapBool",
    };
    for (const [wanted, name] of Object.entries(unwraps))
      for (const [type, bits] of Object.entries(values))
        expect(w.fails(name, bits)).toBe(type === wanted ? null : `E0019 Expected ${wanted}, got ${type}`);
    for (const [type, bits] of Object.entries(values))
      expect(w.fails("unwrapRef", bits, w.type("string"))).toBe(
        type === "string" ? null : `E0019 Expected string, got ${type}`,
      );
    expect(w.fails("unwrapI32", BigInt(w.array("i32", [])))).toBe("E0019 Expected i32, got [i32]");
    expect(w.fails("unwrapI32", BigInt(w.array("unknown", [])))).toBe("E0019 Expected i32, got array");
    expect(w.fails("unwrapI32", BigInt(w.record("Color.Red")))).toBe("E0019 Expected i32, got Color");
    expect(w.fails("unwrapI32", BigInt(w.hold(w.call("newRange", 0n, 1n, 1n, 0))))).toBe(
      "E0019 Expected i32, got range_iterator",
    );
  });
  test("references are checked by type", () => {
    const p = BigInt(w.record("P", 1n, BigInt(w.string("x"))));
    expect(w.fails("unwrapRef", p, w.type("P"))).toBe(null);
    expect(w.call("anyFits", p, w.type("P"))).toBe(1);
    expect(w.call("anyFits", p, w.type("Q"))).toBe(0);
    expect(w.call("anyFits", w.any("i32", 1), w.type("P"))).toBe(0);
    expect(w.fails("unwrapRef", p, w.type("Q"))).toBe("E0019 Expected Q, got P");
    expect(w.fails("unwrapRef", p, w.type("unknown"))).toBe(null);
    expect(w.fails("unwrapRef", p, w.type("[i32]"))).toBe("E0019 Expected [i32], got P");
    const some = (of: string, bits: bigint): bigint => BigInt(w.record(`Opt[${of}].Some`, bits));
    const s = BigInt(w.joined("he", "llo"));
    expect(w.fails("unwrapRef", some("i32", 3n), w.type("Opt[i32]"))).toBe(null);
    expect(w.fails("unwrapRef", some("i32", 3n), w.type("Opt[string]"))).toBe("E0019 Expected Opt[string], got Opt");
    expect(w.fails("unwrapRef", some("unknown", s), w.type("Opt[string]"))).toBe(null);
    expect(w.fails("unwrapRef", some("unknown", p), w.type("Opt[string]"))).toBe("E0019 Expected Opt[string], got Opt");
    expect(w.fails("unwrapRef", some("string", s), w.type("Opt[unknown]"))).toBe(null);
    // The same bits mean something else there.
    expect(w.fails("unwrapRef", some("any", s), w.type("Opt[string]"))).not.toBe(null);
    expect(w.fails("unwrapRef", BigInt(w.record("Opt[i32].None")), w.type("Opt[string]"))).toBe(null);
    expect(w.fails("unwrapRef", BigInt(w.record("Color.Red")), w.type("Opt[string]"))).toBe(
      "E0019 Expected Opt[string], got Color",
    );
  });
  test("an array that a polymorphic function made becomes one of the type that its elements have", () => {
    const s = BigInt(w.joined("a", "b"));
    const strings = w.array("unknown", [s, s]);
    expect(w.fails("unwrapRef", BigInt(strings), w.type("[i32]"))).not.toBe(null);
    expect(w.fails("unwrapRef", BigInt(strings), w.type("[string]"))).toBe(null);
    expect(w.field(strings, ARRAY.at.elements)).toBe(w.type("string"));
    expect(w.fails("unwrapRef", BigInt(w.array("unknown", [])), w.type("[string]"))).toBe(
      "E0019 Expected [string], got array",
    );
    // Inside of others; what was adopted is taken back when something else does not fit.
    const inner = w.array("unknown", [s]);
    const outer = BigInt(w.record("Opt[unknown].Some", BigInt(inner)));
    expect(w.fails("unwrapRef", outer, w.type("Opt[[string]]"))).toBe(null);
    expect(w.field(inner, ARRAY.at.elements)).toBe(w.type("string"));
    const mixed = w.array("unknown", [s, BigInt(w.array("i32", [1]))]);
    expect(w.fails("unwrapRef", BigInt(mixed), w.type("[string]"))).toBe("E0019 Expected [string], got array");
    expect(w.field(mixed, ARRAY.at.elements)).toBe(w.type("unknown"));
  });
  test("arithmetic is that of the operands' type", () => {
    const values = ANYS();
    const OPS = ["+", "-", "*", "/", "%"];
    const arith = (op: string, type: string, a: number | bigint, b: number | bigint): string =>
      w.fails("anyArith", w.any(type, a), w.any(type, b), OPS.indexOf(op)) ??
      w.shown(w.hold(w.bits("anyArith", w.any(type, a), w.any(type, b), OPS.indexOf(op))));
    expect(arith("+", "i32", 2147483647, 1)).toBe("E0004");
    expect(arith("-", "i32", -2147483648, 1)).toBe("E0004");
    expect(arith("*", "i32", 65536, 65536)).toBe("E0004");
    expect(arith("/", "i32", -2147483648, -1)).toBe("E0004");
    expect(arith("%", "i32", -2147483648, -1)).toBe("0");
    expect([arith("/", "i32", -7, 2), arith("%", "i32", -7, 3), arith("%", "i32", 7, -3)]).toEqual(["-3", "-1", "1"]);
    expect([
      arith("/", "i32", 1, 0),
      arith("%", "u64", 1, 0),
      arith("/", "f64", 1, 0),
      arith("%", "f64", 1, 0),
    ]).toEqual(["E0001", "E0006", "E0001", "E0006"]);
    expect(arith("+", "u32", 4294967295, 2)).toBe("1");
    expect(arith("-", "u64", 0, 1)).toBe("18446744073709551615");
    const most = 2n ** 63n - 1n;
    expect(arith("+", "i64", most, 1n)).toBe("E0004");
    expect(arith("-", "i64", -most, 2n)).toBe("E0004");
    expect(arith("*", "i64", most, 2n)).toBe("E0004");
    expect(arith("/", "i64", -most - 1n, -1n)).toBe("E0004");
    expect(arith("%", "i64", -most - 1n, -1n)).toBe("0");
    expect(arith("+", "i64", most - 1n, 1n)).toBe(String(most));
    expect(arith("*", "i64", 2n ** 40n, 2n ** 20n)).toBe(String(2n ** 60n));
    expect(arith("%", "f64", -7.5, 2)).toBe("-1.5");
    expect(w.shown(w.hold(w.bits("anyArith", values.string!, values.string!, 0)))).toBe("abcabc");
    expect(w.fails("anyArith", values.string!, values.string!, 1)).toBe("E0019.1 Cannot apply - to string and string");
    expect(w.fails("anyArith", values.string!, values.i32!, 0)).toBe("E0019.1 Cannot apply + to string and i32");
    expect(w.fails("anyArith", values.i32!, values.i64!, 4)).toBe("E0019.1 Cannot apply % to i32 and i64");
    expect(w.fails("anyArith", values.bool!, values.bool!, 2)).toBe("E0019.1 Cannot apply * to bool and bool");
    expect(w.shown(w.bits("anyNegate", values.i32!))).toBe("5");
    expect(w.fails("anyNegate", w.any("i32", -2147483648))).toBe("E0004");
    expect(w.fails("anyNegate", values.string!)).toBe("E0019.1 Cannot apply - to string");
  });
  test("order and equality of numbers are those of their values, whatever the types", () => {
    const numbers: [string, number | bigint, number][] = [
      ["i64", -(2n ** 63n), -(2 ** 63)],
      ["i32", -1, -1],
      ["f64", -0.5, -0.5],
      ["f64", -0, 0],
      ["u64", 0n, 0],
      ["f64", 0.5, 0.5],
      ["u32", 1, 1],
      ["i64", 1n, 1],
      ["u32", 4294967295, 4294967295],
      ["f64", 2 ** 53, 2 ** 53],
      ["i64", 2n ** 53n + 1n, 2 ** 53 + 2],
      ["u64", 2n ** 63n, 2 ** 63],
      ["u64", 2n ** 64n - 1n, 2 ** 64 - 2048],
      ["f64", 2 ** 64, 2 ** 64],
      ["f64", Infinity, Infinity],
    ];
    const values = numbers.map(([type, n, model]) => ({ type, bits: w.any(type, n), model }));
    for (const a of values)
      for (const b of values) {
        const want = [a.model < b.model, a.model <= b.model, a.model > b.model, a.model >= b.model].map(Number);
        expect([0, 1, 2, 3].map((op) => w.call("anyOrder", a.bits, b.bits, op))).toEqual(want);
        // Order is that of the numbers, but values of different types are never equal.
        expect(w.call("anyEquals", a.bits, b.bits)).toBe(Number(a.type === b.type && a.model === b.model));
      }
    const nan = w.any("f64", NaN);
    for (const { bits } of values)
      expect([0, 1, 2, 3].map((op) => w.call("anyOrder", nan, bits, op))).toEqual([0, 0, 0, 0]);
    expect(w.call("anyEquals", nan, nan)).toBe(0);
    expect(w.call("anyEquals", w.any("bool", true), w.any("bool", true))).toBe(1);
    expect(w.call("anyEquals", w.any("bool", true), w.any("f64", 1))).toBe(0);
    const [a, b] = [BigInt(w.joined("ab", "c")), BigInt(w.string("abd"))];
    expect([0, 1, 2, 3].map((op) => w.call("anyOrder", a, b, op))).toEqual([1, 1, 0, 0]);
    expect(w.call("anyEquals", a, BigInt(w.string("abc")))).toBe(1);
    expect(w.call("anyEquals", a, w.any("i32", 1))).toBe(0);
    expect(w.fails("anyOrder", a, w.any("i32", 1), 2)).toBe("E0019.1 Cannot apply > to string and i32");
    expect(w.fails("anyOrder", w.any("bool", true), w.any("bool", true), 0)).toBe(
      "E0019.1 Cannot apply < to bool and bool",
    );
  });
  test("enums are equal by what they hold, other references by identity", () => {
    const pair = (a: bigint, b: bigint): bigint => BigInt(w.record("Pair.Of", a, b));
    const one = w.any("i32", 1);
    const list = BigInt(w.array("i32", [1]));
    expect(w.call("anyEquals", pair(one, list), pair(w.any("i32", 1), list))).toBe(1);
    expect(w.call("anyEquals", pair(one, list), pair(w.any("f64", 1), list))).toBe(0);
    expect(w.call("anyEquals", pair(one, list), pair(one, BigInt(w.array("i32", [1]))))).toBe(0);
    expect(
      w.call("anyEquals", BigInt(w.record("Opt[i32].Some", 1n)), BigInt(w.record("Opt[any].Some", w.any("i32", 1)))),
    ).toBe(1);
    expect(w.call("anyEquals", BigInt(w.record("Opt[i32].None")), BigInt(w.record("Opt[any].None")))).toBe(1);
    expect(w.call("anyEquals", BigInt(w.record("Opt[i32].None")), BigInt(w.record("Color.Green")))).toBe(0);
    const nan = BigInt(w.record("Pair.F", w.raw("f64", NaN), w.raw("f64", 1)));
    expect(w.call("anyEquals", nan, nan)).toBe(0);
    expect(w.call("anyEquals", list, list)).toBe(1);
  });
});

test("values that share parts, are deep, or contain themselves are compared in as many steps as they have parts", () => {
  const w = new World(DECLARED);
  const pair = (a: bigint, b: bigint): bigint => BigInt(w.record("Pair.Of", a, b));
  const tower = (): bigint => {
    let x = w.any("i32", 1);
    for (let i = 0; i < 200; i++) x = pair(x, x);
    return x;
  };
  expect(w.call("anyEquals", tower(), tower())).toBe(1);
  const chain = (end: number): bigint => {
    let x = w.any("i32", end);
    const first = w.count;
    for (let i = 0; i < 100_000; i++) {
      x = pair(w.any("bool", true), x);
      if (w.count > first + 2) w.drop(first);
      w.hold(x);
    }
    w.drop(first);
    return w.hold(x);
  };
  const [a, b] = [chain(1), chain(1)];
  expect(w.call("anyEquals", a, b)).toBe(1);
  expect(w.call("anyEquals", a, chain(2))).toBe(0);
  const self = (): bigint => {
    const s = w.record("Link", 0n);
    const list = w.array("any", [BigInt(s)]);
    w.m.view.setBigUint64(s + 8, BigInt(list), true);
    return BigInt(s);
  };
  const label = w.string("x");
  expect(w.fails("assertEqual", label, self(), self())).toBe(null);
  expect(w.fails("unwrapRef", self(), w.type("Link"))).toBe(null);
});
