/** `sorted`: order, stability, and which values have none. Compared with JavaScript's stable sort. */
import { describe, expect, test } from "@jest/globals";
import { World } from "./support/objects.js";

let seed = 1;
const random = (n: number): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % n;
};
const LENGTHS = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 64, 100, 1000];

const compareNumbers = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const nanLast = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : compareNumbers(a, b);

/** Of each type a random value; few of them, so that many are equal, or all kinds. */
const RANDOM: Readonly<Record<string, () => number | bigint>> = {
  i32: () => [random(10) - 5, random(2 ** 24) * 100 - 2 ** 30, -(2 ** 31), 2 ** 31 - 1][random(4)]!,
  u32: () => [random(10), random(2 ** 24) * 256 + 255][random(2)]!,
  i64: () => BigInt(random(2 ** 24) - 2 ** 23) << BigInt(random(40)),
  u64: () => BigInt.asUintN(64, BigInt(random(2 ** 24) - 2 ** 23) << BigInt(random(40))),
  f64: () => [random(10) - 5, NaN, -Infinity, Infinity, -0, 0.5 * random(1000)][random(6)]!,
  bool: () => random(2),
};

describe.each([
  ["calm", false],
  ["hostile", true],
])("%s", (_, hostile) => {
  const declared = { structs: { P: ["i32"] }, enums: { E: { A: [], B: ["string"] } } };
  const w = new World(declared, { hostile });
  const sorted = (array: number): number => w.hold(w.call("sortedArray", array));

  test.each(Object.keys(RANDOM))("[%s]", (type) => {
    for (const length of LENGTHS) {
      const values = Array.from({ length }, RANDOM[type]!);
      const array = w.array(type, values);
      const result = sorted(array);
      expect(w.elements(result, type)).toEqual(values.toSorted(type === "f64" ? (nanLast as never) : compareNumbers));
      expect(w.elements(array, type)).toEqual(values);
      expect(w.elements(sorted(result), type)).toEqual(w.elements(result, type));
      w.drop();
    }
  });
  test("strings by bytes, ropes too; equal ones keep their order", () => {
    for (const length of LENGTHS.filter((n) => n <= 100)) {
      const strings = Array.from({ length }, () => {
        const text = ["", "a", "ab", "b", "é", "zebra", "Zed", "a".repeat(50)][random(8)]!;
        return random(2) ? w.string(text) : w.joined(text.slice(0, 1), text.slice(1));
      });
      const long = [w.joined("x".repeat(300), "y".repeat(5000)), w.joined("x".repeat(300), "b".repeat(5000))];
      const all = [...strings, ...long];
      const model = all
        .map((s, i) => ({ s, i, bytes: Buffer.from(w.text(s)) }))
        .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes) || a.i - b.i)
        .map(({ s }) => s);
      for (const element of ["string", "unknown"])
        expect(w.elements(sorted(w.array(element, all)), element)).toEqual(model);
      expect(w.elements(sorted(w.array("any", all)), "any").map(Number)).toEqual(model);
      w.drop();
    }
  });
  test("[any]: numbers of all types by value, stable; bools; strings", () => {
    for (const length of LENGTHS) {
      const values = Array.from({ length }, (__, i) => {
        const type = ["i32", "u32", "i64", "u64", "f64"][random(5)]!;
        const n = [random(10), NaN, random(100) / 4, 2 ** 60][random(4)]!;
        const model =
          type === "f64" ? n : Math.trunc(Number.isNaN(n) || (n === 2 ** 60 && type.endsWith("32")) ? 3 : n);
        return { bits: w.any(type, type.endsWith("64") && type !== "f64" ? BigInt(model) : model), model, i };
      });
      const result = sorted(
        w.array(
          "any",
          values.map((v) => v.bits),
        ),
      );
      const want = values.toSorted((a, b) => nanLast(a.model, b.model) || a.i - b.i);
      expect(w.elements(result, "any")).toEqual(want.map((v) => v.bits));
      w.drop();
    }
    const bools = [true, false, true].map((b) => w.any("bool", b));
    expect(w.shown(BigInt(sorted(w.array("any", bools))))).toBe("false, true, true");
  });
  test("what has no order", () => {
    const list = BigInt(w.array("i32", [1]));
    const one = w.any("i32", 1);
    for (const array of [
      w.array("[i32]", [list]),
      w.array("P", [BigInt(w.record("P", 1n))]),
      w.array("E", [BigInt(w.record("E.A"))]),
      w.array("unknown", [list, list]),
      w.array("any", [list]),
      w.array("any", [one, BigInt(w.string("1"))]),
      w.array("any", [one, w.any("bool", true)]),
    ])
      expect(w.fails("sortedArray", array)).toBe("E0016");
    expect(w.fails("sortedArray", w.array("[i32]", []))).toBe(null);
  });
});

test("a million elements, in order, backward and at random", () => {
  const w = new World();
  const length = 1_000_000;
  const orders = [(i: number) => i, (i: number) => length - i, () => random(2 ** 24)];
  for (const order of orders) {
    const array = w.hold(w.call("newArray", length, w.type("i32")));
    const data = (): Int32Array => new Int32Array(w.m.view.buffer, w.field(array, 12), length);
    const values = Int32Array.from({ length }, (_, i) => order(i));
    data().set(values);
    const result = w.call("sortedArray", array);
    const found = new Int32Array(w.m.view.buffer, w.field(result, 12), length);
    expect(Buffer.compare(Buffer.from(found.slice().buffer), Buffer.from(values.sort().buffer))).toBe(0);
    w.drop();
  }
});
