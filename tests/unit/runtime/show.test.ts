/** How values are shown: print, assert_eq, typeof, errors as values. */
import { describe, expect, test } from "@jest/globals";
import { ERROR } from "../../../compiler/layout/objects.js";
import { KIND, SLOTS, World } from "./support/objects.js";

const DECLARED = {
  structs: { P: ["i32", "string"], Line: ["P", "P"], Link: ["any"], Q: ["any", "f64"] },
  enums: {
    Shape: { Dot: [], Square: ["f64"], Pair: ["i32", "string"], Of: ["[i32]"], In: ["any"] },
    "Opt[i32]": { Some: ["i32"], None: [] },
    "Opt[string]": { Some: ["string"], None: [] },
  },
};

describe.each([
  ["calm", false],
  ["hostile", true],
])("%s", (_, hostile) => {
  const w = new World(DECLARED, { hostile });
  const ref = (object: number): bigint => BigInt(object);
  const text = (s: string): bigint => BigInt(w.joined(s.slice(0, 1), s.slice(1)));
  const rope = (): bigint => BigInt(w.joined("r".repeat(300), "s".repeat(3000)));
  const point = (n: number, s: string): bigint => ref(w.record("P", BigInt(n), text(s)));
  const error = (code: number): number => {
    w.m.exports.fail!(code, 1234);
    return w.hold(w.call("caughtError"));
  };
  const assertion = (a: bigint, b: bigint): string | null => w.fails("assertEqual", w.string("it"), a, b);
  const message = (actual: string, expected: string): string =>
    `E0013 assert_eq failed (it)\n  expected: ${expected}\n  actual:   ${actual}`;

  test("print", () => {
    const shown: [bigint, string][] = [
      [w.any("i32", -5), "-5"],
      [w.any("u32", 4294967295), "4294967295"],
      [w.any("i64", -(2n ** 63n)), "-9223372036854775808"],
      [w.any("u64", 2n ** 64n - 1n), "18446744073709551615"],
      [w.any("f64", 0.1), "0.1"],
      [w.any("f64", -Infinity), "-inf"],
      [w.any("bool", true), "true"],
      [w.any("bool", false), "false"],
      [text('a "b"\n'), 'a "b"\n'],
      [rope(), "r".repeat(300) + "s".repeat(3000)],
      [ref(w.array("i32", [])), ""],
      [ref(w.array("i32", [1, -2, 3])), "1, -2, 3"],
      [ref(w.array("u32", [4294967295])), "4294967295"],
      [ref(w.array("i64", [-1n, 2n ** 60n])), "-1, 1152921504606846976"],
      [ref(w.array("f64", [1, 2.5])), "1, 2.5"],
      [ref(w.array("bool", [1, 0])), "true, false"],
      [ref(w.array("string", [text("x"), rope(), text("y")])), `x, ${"r".repeat(300)}${"s".repeat(3000)}, y`],
      [
        ref(w.array("[i32]", [ref(w.array("i32", [1, 2])), ref(w.array("i32", [])), ref(w.array("i32", [3]))])),
        "1, 2, , 3",
      ],
      [
        ref(w.array("any", [w.any("i32", 1), text("a"), w.any("f64", 2.5), w.any("u64", 2n ** 63n)])),
        "1, a, 2.5, 9223372036854775808",
      ],
      [point(1, "a"), "1, a"],
      [ref(w.record("Line", point(1, "a"), point(2, "b"))), "1, a, 2, b"],
      [ref(w.record("Shape.Dot")), "Shape.Dot"],
      [ref(w.record("Shape.Square", w.raw("f64", 1.5))), "Shape.Square(1.5)"],
      [ref(w.record("Shape.Pair", 7n, text("p"))), "Shape.Pair(7, p)"],
      [ref(w.record("Shape.Of", ref(w.array("i32", [1, 2])))), "Shape.Of(1, 2)"],
      [ref(w.record("Shape.In", ref(w.record("Shape.In", w.any("bool", true))))), "Shape.In(Shape.In(true))"],
      [ref(w.record("Opt[string].Some", text("z"))), "Opt.Some(z)"],
      [ref(w.hold(w.call("newRange", 0n, 4n, 1n, 0))), "range(0..4)"],
      [ref(w.hold(w.call("newRange", 1n, 10n, 2n, 0))), "range(1..10 step=2)"],
      [ref(w.hold(w.call("newRange", 3n, 0n, -1n, 0))), "range(3..0 step=-1)"],
      [ref(error(1)), "Error: Division by zero"],
      [ref(w.hold(w.call("newClosure", 0, 0, w.m.fnRecord("main")))), "<fn>"],
    ];
    for (const [bits, want] of shown) expect(w.shown(bits)).toBe(want);
  });
  test("typeof", () => {
    const names: [bigint, string][] = [
      [w.any("i32", 1), "i32"],
      [w.any("u32", 1), "u32"],
      [w.any("i64", 2n ** 62n), "i64"],
      [w.any("i64", 1n), "i64"],
      [w.any("u64", 2n ** 62n), "u64"],
      [w.any("f64", NaN), "f64"],
      [w.any("bool", false), "bool"],
      [text("s"), "string"],
      [ref(w.array("i32", [])), "array"],
      [point(1, "a"), "P"],
      [ref(w.record("Opt[i32].None")), "Opt"],
      [ref(w.hold(w.call("newRange", 0n, 4n, 1n, 0))), "range_iterator"],
      [ref(error(0x10002)), "type error Array index must be a non-negative integer"],
      [ref(w.hold(w.call("newClosure", 0, 0, w.m.fnRecord("main")))), "function"],
    ];
    for (const [bits, want] of names) expect(w.text(w.call("typeofAny", bits))).toBe(want);
    expect(w.text(w.call("typeofRef", Number(point(1, "a"))))).toBe("P");
  });
  test("a named function", () => {
    const fn = w.m.fnRecord("main");
    const at = fn + 44;
    const before = w.field(at, 0);
    w.m.view.setUint32(at, w.string("area"), true);
    expect(w.shown(ref(w.call("newClosure", 0, 0, fn)))).toBe("<fn area>");
    w.m.view.setUint32(at, before, true);
  });
  test("assert_eq compares deeply, and types", () => {
    const list = (...n: number[]): bigint => ref(w.array("i32", n));
    const lists = (...l: bigint[]): bigint => ref(w.array("[i32]", l));
    const pairs: [bigint, bigint][] = [
      [w.any("i32", 1), w.any("i32", 1)],
      [w.any("u64", 2n ** 60n), w.any("u64", 2n ** 60n)],
      [text("ab"), ref(w.string("ab"))],
      [rope(), rope()],
      [list(1, 2, 3), list(1, 2, 3)],
      [lists(list(1, 2), list()), lists(list(1, 2), list())],
      [ref(w.array("f64", [1, -0])), ref(w.array("f64", [1, 0]))],
      [ref(w.array("any", [w.any("i32", 1)])), list(1)],
      [ref(w.array("string", [rope(), text("x")])), ref(w.array("unknown", [rope(), text("x")]))],
      [point(1, "a"), point(1, "a")],
      [ref(w.record("Line", point(1, "a"), point(2, "b"))), ref(w.record("Line", point(1, "a"), point(2, "b")))],
      [ref(w.record("Shape.Of", list(1))), ref(w.record("Shape.Of", list(1)))],
    ];
    for (const [a, b] of pairs) expect(assertion(a, b)).toBe(null);
    const different: [bigint, bigint, string, string][] = [
      [w.any("i32", 1), w.any("i32", 2), "1", "2"],
      [w.any("i32", 1), w.any("i64", 1n), "1", "1"],
      [w.any("bool", true), w.any("i32", 1), "true", "1"],
      [w.any("f64", NaN), w.any("f64", NaN), "nan", "nan"],
      [text("a"), w.any("i32", 1), '"a"', "1"],
      [text('q"\\\n\t.'), text(""), '"q\\"\\\\\\n\\t."', '""'],
      [list(1, 2), list(1, 3), "[1, 2]", "[1, 3]"],
      [list(1), list(1, 1), "[1]", "[1, 1]"],
      [lists(list(1), list()), lists(list(1), list(2)), "[[1], []]", "[[1], [2]]"],
      [list(), point(1, "a"), "[]", '[1, "a"]'],
      [point(1, "a"), point(1, "b"), '[1, "a"]', '[1, "b"]'],
      [ref(w.record("Shape.Pair", 1n, text("x"))), ref(w.record("Shape.Dot")), 'Shape.Pair(1, "x")', "Shape.Dot"],
      [ref(w.record("Opt[i32].Some", 1n)), ref(w.record("Shape.Dot")), "Opt.Some(1)", "Shape.Dot"],
      [ref(w.array("f64", [0.1])), ref(w.array("f64", [NaN])), "[0.1]", "[nan]"],
    ];
    for (const [a, b, actual, expected] of different) expect(assertion(a, b)).toBe(message(actual, expected));
  });
  test("what contains itself shows dots", () => {
    const s = w.record("Link", 0n);
    const list = w.array("any", [w.any("i32", 1), ref(s), ref(s)]);
    w.m.view.setBigUint64(s + SLOTS.size, ref(list), true);
    expect(w.shown(ref(list))).toBe("1, ..., ...");
    expect(w.shown(ref(s))).toBe("1, ..., ...");
    expect(w.shown(ref(list))).toBe("1, ..., ...");
    expect(assertion(ref(list), w.any("i32", 1))).toBe(message("[1, [...], [...]]", "1"));
    const twice = ref(w.array("i32", [1]));
    expect(w.shown(ref(w.array("[i32]", [twice, twice])))).toBe("1, 1");
  });
  test("a caught error keeps its message; nothing is pending then", () => {
    w.fails("anyArith", text("a"), w.any("i32", 1), 0);
    w.m.setVm("failed", 0x10013);
    w.m.exports.raiseFailed!(4321);
    w.m.exports.traceCall!(1);
    expect([w.m.vm("errorCode"), w.m.vm("traceCount")]).toEqual([0x10013, 1]);
    w.m.exports.collect!();
    const e = w.hold(w.call("caughtError"));
    expect([w.m.vm("errorCode"), w.m.vm("errorText"), w.m.vm("traceCount"), w.m.vm("errorFlags")]).toEqual([
      0, 0, 0, 0,
    ]);
    w.m.exports.collect!();
    expect(w.shown(ref(e))).toBe("Error: Cannot apply + to string and i32");
    expect(w.text(w.call("typeofRef", e))).toBe("type error Cannot apply + to string and i32");
    expect([w.field(e, ERROR.at.number), w.field(e, ERROR.at.place)]).toEqual([0x10013, 4321]);
    expect(w.fails("unwrapI32", ref(e))).toBe("E0019 Expected i32, got type error Cannot apply + to string and i32");
  });
});

test("deep values are shown and compared without the host's stack", () => {
  const w = new World(DECLARED);
  const deep = (): bigint => {
    let list = w.array("any", [w.any("i32", 1)]);
    w.drop();
    w.hold(list);
    for (let i = 0; i < 200_000; i++) {
      const next = w.call("newArray", 0, w.type("any"));
      w.drop();
      w.hold(next);
      w.hold(list);
      w.call("pushBits", next, BigInt(list));
      list = next;
    }
    return BigInt(list);
  };
  const a = deep();
  expect(w.shown(a)).toBe("1");
  w.hold(a);
  expect(w.fails("assertEqual", w.string("x"), a, a)).toBe(null);
  expect(w.fails("assertEqual", w.string("x"), a, w.any("i32", 1))).toMatch(
    /^E0013.*\n.*: 1\n.*: {3}\[{200001}1\]{200001}$/,
  );
});

test("without memory a caught error is the one for that", () => {
  const w = new World();
  w.m.leaveMemory(4);
  // Ever smaller arrays, until there is no room for an error either.
  for (let size = 1 << 20; size > 0; size >>= 1)
    for (let array = 1; array !== 0; ) {
      array = (w.m.exports.newArray!(size, w.type("bool")) as number) >>> 0;
      w.hold(array);
    }
  w.m.setVm("failed", 0);
  w.m.exports.fail!(1, 77);
  const e = w.call("caughtError");
  expect(w.m.view.getUint8(e + 1) & ~KIND.STATIC).toBe(KIND.ERROR);
  expect(w.m.view.getUint8(e + 1) & KIND.STATIC).toBe(KIND.STATIC);
  expect(w.text(w.field(e, ERROR.at.message))).toBe("Out of memory");
  expect(w.m.vm("errorCode")).toBe(0);
});
