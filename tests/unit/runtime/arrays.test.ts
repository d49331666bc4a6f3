/** Arrays: growing, shrinking, copying, slices, repetition, and being seen as [any]; records and ranges. */
import { describe, expect, test } from "@jest/globals";
import { ARRAY, KIND, SLOTS, World } from "./support/objects.js";

const I32_MAX = 2147483647;
const I64_MAX = 2n ** 63n - 1n;
/** Of each type of elements some values. */
const SAMPLES: Readonly<Record<string, readonly (number | bigint)[]>> = {
  i32: [1, -1, I32_MAX, -I32_MAX - 1],
  u32: [0, 1, 4294967295],
  i64: [0n, -1n, I64_MAX, -I64_MAX - 1n, 2n ** 47n],
  u64: [0n, 2n ** 64n - 1n, 2n ** 48n, 2n ** 48n - 1n],
  f64: [0, -0.5, Infinity, 5e-324],
  bool: [1, 0],
};
const slice = (w: World, array: number, from: bigint, to: bigint, step = 1n, flags = 0): number =>
  w.hold(w.call("sliceArray", array, from, to, step, flags));

describe.each([
  ["calm", false],
  ["hostile", true],
])("%s", (_, hostile) => {
  const declared = {
    structs: { P: ["f64", "string"] },
    enums: { Color: { Red: [], Green: ["i64"] } },
  };
  const w = new World(declared, { hostile });

  test.each(Object.entries(SAMPLES))("[%s]: what is pushed is taken from the end; room stays", (type, sample) => {
    const values = Array.from({ length: 50 }, (__, i) => sample[i % sample.length]!);
    const array = w.array(type, values);
    expect(w.elements(array, type)).toEqual(values);
    expect(w.field(array, ARRAY.at.capacity)).toBe(64);
    const data = w.field(array, ARRAY.at.data);
    for (const [i, value] of values.toReversed().entries()) {
      // Half of them as `any`, which an array that is seen as [any] does.
      if (i % 2 === 0) expect(w.shown(w.hold(w.bits("popAny", array)))).toBe(w.shown(w.any(type, value)));
      else {
        const mask = type === "bool" || type.endsWith("32") ? 32 : 64;
        expect(BigInt.asUintN(mask, w.bits("popBits", array))).toBe(BigInt.asUintN(mask, w.raw(type, value)));
      }
    }
    expect([w.length(array), w.field(array, ARRAY.at.data)]).toEqual([0, data]);
    expect([w.fails("popBits", array), w.fails("popAny", array)]).toEqual(["E0011", "E0011"]);
  });
  test.each(Object.entries(SAMPLES))("[%s] seen as [any] takes values of its own type only", (type, sample) => {
    const array = w.hold(w.call("newArray", 2, w.type(type)));
    for (const [other, [value]] of Object.entries(SAMPLES)) {
      const bits = w.any(other, value!);
      const want = other === type ? null : `E0019 Expected ${type}, got ${other}`;
      expect([w.fails("setAny", array, 1, bits), w.fails("pushAny", array, bits)]).toEqual([want, want]);
    }
    expect(w.elements(array, type).slice(1)).toEqual([sample[0], sample[0]]);
    for (const [i, want] of [
      [3, "E0002"],
      [-1, "E0002.1"],
    ] as const) {
      expect([w.fails("getAny", array, i), w.fails("setAny", array, i, 0n)]).toEqual([want, want]);
      expect([w.vmBits("errorValue0"), w.vmBits("errorValue1")]).toEqual([BigInt(i), 3n]);
    }
    for (const value of sample) {
      expect(w.fails("setAny", array, 0, w.any(type, value))).toBe(null);
      expect(w.shown(w.hold(w.bits("getAny", array, 0)))).toBe(w.shown(w.any(type, value)));
    }
  });
  test("new ones are 0, filled ones what they were filled with", () => {
    expect(w.elements(w.call("newArray", 5, w.type("i64")), "i64")).toEqual([0n, 0n, 0n, 0n, 0n]);
    expect(w.field(w.call("newArray", 0, w.type("string")), ARRAY.at.data)).toBe(0);
    for (const [type, sample] of Object.entries(SAMPLES))
      for (const count of [0, 1, 2, 3, 7, 1000])
        expect(w.elements(w.call("fillArray", w.raw(type, sample.at(-1)!), count, w.type(type)), type)).toEqual(
          Array(count).fill(sample.at(-1)),
        );
    const text = w.joined("ab", "c");
    const texts = w.hold(w.call("fillArray", BigInt(text), 100, w.type("string")));
    w.call("fillArray", BigInt(text), 100, w.type("string"));
    expect(w.elements(texts, "string")).toEqual(Array(100).fill(text));
    expect([w.fails("newArray", -1, w.type("i32")), w.fails("fillArray", 0n, I32_MAX, w.type("i64"))]).toEqual([
      "E0009",
      "E0009",
    ]);
  });
  test("copies share nothing", () => {
    const array = w.array("i32", [1, 2, 3]);
    const copy = w.hold(w.call("copyArray", array));
    w.call("pushBits", copy, 4n);
    w.call("setAny", copy, 0, w.any("i32", 9));
    expect([w.elements(array, "i32"), w.elements(copy, "i32")]).toEqual([
      [1, 2, 3],
      [9, 2, 3, 4],
    ]);
  });
  test("slices have both bounds", () => {
    const x = w.array("i32", [10, 11, 12, 13, 14]);
    const of = (...args: [bigint, bigint, bigint?, number?]): (number | bigint)[] =>
      w.elements(slice(w, x, ...args), "i32");
    expect(of(1n, 3n)).toEqual([11, 12, 13]);
    expect([of(0n, 5n), of(0n, 4n), of(0n, 0n, 1n, 1)]).toEqual(Array(3).fill([10, 11, 12, 13, 14]));
    expect([of(5n, 5n), of(5n, 0n, 1n, 1), of(4n, 5n), of(2n, 2n)]).toEqual([[], [], [14], [12]]);
    expect([of(0n, 4n, 2n), of(1n, 5n, 3n), of(0n, 5n, I64_MAX)]).toEqual([[10, 12, 14], [11, 14], [10]]);
    expect(of(0n, 5n, -1n, 8)).toEqual([10]);
    const fail = (...args: [bigint, bigint, bigint, number]): string | null => w.fails("sliceArray", x, ...args);
    expect(fail(6n, 6n, 1n, 0)).toBe("E0015");
    expect(fail(1n, 6n, 1n, 0)).toBe("E0015.1");
    expect(fail(2n, 1n, 1n, 0)).toBe("E0015.2");
    expect(fail(5n, 4n, 1n, 0)).toBe("E0015.2");
    expect(fail(-1n, 2n, 1n, 0)).toBe("E0015.3");
    expect(fail(1n, -1n, 1n, 0)).toBe("E0015.4");
    expect([fail(1n, 2n, 0n, 0), fail(1n, 2n, -1n, 0), fail(5n, 5n, 0n, 0)]).toEqual(Array(3).fill("E0015.5"));
    // As u64 they are far beyond the end, not negative.
    expect([fail(-1n, 2n, 1n, 2), fail(1n, -1n, 1n, 4)]).toEqual(["E0015", "E0015.1"]);
    const empty = w.array("string", []);
    expect(w.length(slice(w, empty, 0n, 0n, 1n, 1))).toBe(0);
    expect(w.fails("sliceArray", empty, 1n, 1n, 1n, 0)).toBe("E0015");
    const bools = w.array("bool", [1, 0, 0, 1, 1]);
    expect(w.elements(slice(w, bools, 0n, 4n, 3n), "bool")).toEqual([1, 1]);
  });
  test("repetition", () => {
    for (const [type, sample] of Object.entries(SAMPLES))
      for (const times of [0, 1, 2, 5, 33])
        expect(w.elements(w.call("repeatArray", w.array(type, sample), BigInt(times), 0), type)).toEqual(
          Array(times).fill(sample).flat(),
        );
    const x = w.array("i32", [1, 2]);
    expect([w.fails("repeatArray", x, -1n, 0), w.fails("repeatArray", x, -1n, 1)]).toEqual(["E0017", "E0017"]);
    expect(w.fails("repeatArray", x, 1n << 30n, 0)).toBe("E0017");
    expect(w.fails("repeatArray", w.array("i64", [1n]), (1n << 31n) - 1n, 0)).toBe("E0009");
    expect(w.length(w.call("repeatArray", w.array("i32", []), -1n, 1))).toBe(0);
  });
  test("what arrays, structs, enum values, closures and cells refer to stays", () => {
    const text = (n: number): bigint => BigInt(w.joined(`text ${n}`, "."));
    const before = w.count;
    const outer = w.array("[string]", []);
    for (let i = 0; i < 20; i++) w.call("pushBits", outer, BigInt(w.array("string", [text(i), text(-i)])));
    const point = w.record("P", w.raw("f64", 1.5), text(100));
    const boxed = w.array("any", [BigInt(point), w.any("u64", 2n ** 60n), w.any("f64", 2.5)]);
    const cell = w.hold(w.call("newCell", 1));
    w.m.view.setBigUint64(cell + SLOTS.size, text(101), true);
    const closure = w.hold(w.call("newClosure", 3, 2, w.m.fnRecord("main")));
    w.m.view.setBigUint64(closure + SLOTS.size + 8, BigInt(cell), true);
    const roots = [outer, boxed, closure];
    w.drop(before);
    for (const root of roots) w.hold(root);
    for (let i = 0; i < 50; i++) w.call("newArray", 20, w.type("string"));
    w.m.exports.collect!();
    expect(w.shown(BigInt(outer))).toBe(
      Array.from({ length: 20 }, (__, i) => `text ${i}., text ${-i}.`.replace("-0", "0")).join(", "),
    );
    expect(w.shown(BigInt(boxed))).toBe("1.5, text 100., 1152921504606846976, 2.5");
    expect(w.text(w.field(w.field(closure, SLOTS.size + 8), SLOTS.size))).toBe("text 101.");
    expect(w.m.view.getUint8(closure + 1)).toBe(KIND.CLOSURE);
  });
  test("ranges", () => {
    const values = (start: bigint, end: bigint, step: bigint): bigint[] => {
      const range = w.hold(w.call("newRange", start, end, step, 0));
      const found: bigint[] = [];
      while (w.call("rangeMore", range) === 1 && found.length < 10)
        found.push(BigInt.asIntN(64, w.bits("rangeTake", range)));
      return found;
    };
    expect(values(0n, 3n, 1n)).toEqual([0n, 1n, 2n]);
    expect(values(2n, 9n, 3n)).toEqual([2n, 5n, 8n]);
    expect(values(3n, 0n, -1n)).toEqual([3n, 2n, 1n]);
    expect(values(5n, 2n, 1n)).toEqual([]);
    expect(values(I64_MAX - 1n, I64_MAX, 5n)).toEqual([I64_MAX - 1n]);
    expect(values(-I64_MAX - 1n, I64_MAX, I64_MAX)).toEqual([-I64_MAX - 1n, -1n, I64_MAX - 1n]);
    expect(values(I64_MAX, -I64_MAX - 1n, -I64_MAX - 1n)).toEqual([I64_MAX, -1n]);
    expect(w.fails("newRange", 0n, 5n, 0n, 0)).toBe("E0012");
    expect(w.fails("newRange", 0n, -1n, 1n, 2)).toBe("E0030.5");
    expect(w.fails("newRange", 0n, -1n, 1n, 5)).toBe(null);
  });
});
