/** Numbers from text, lines of input, the clock. */
import { describe, expect, test } from "@jest/globals";
import { World } from "./support/objects.js";

describe.each([
  ["calm", false],
  ["hostile", true],
])("%s", (_, hostile) => {
  const w = new World({ structs: { P: ["i32"] } }, { hostile });
  const int = (text: string): string =>
    w.fails("intOf", BigInt(w.string(text))) ?? String(w.m.exports.intOf!(BigInt(w.string(text))));
  const float = (text: string): string | number =>
    w.fails("floatOf", BigInt(w.string(text))) ?? w.float("floatOf", BigInt(w.string(text)));

  test("int of texts", () => {
    expect(["42", " 7 ", "-3", "+5", "0", "-0", "007", "\t1\n"].map(int)).toEqual([
      "42",
      "7",
      "-3",
      "5",
      "0",
      "0",
      "7",
      "1",
    ]);
    expect(["2147483647", "-2147483648", " 00000000000000000000000012 "].map(int)).toEqual([
      "2147483647",
      "-2147483648",
      "12",
    ]);
    for (const text of ["", " ", "abc", "12x", "0x10", "1_000", "--1", "+", "1 2", "- 1"])
      expect(int(text)).toBe(`E0010 int() argument must be an integer string, got "${text}"`);
    for (const text of ["1.5", "1e3", "1E3", "."])
      expect(int(text)).toBe(
        `E0010.1 int() argument must be an integer string (decimals are not allowed). Use float() to parse decimal values, got "${text}"`,
      );
    for (const text of ["2147483648", "-2147483649", "9".repeat(100), " 3000000000 "])
      expect(int(text)).toBe(`E0010.2 int() overflow: "${text}" is out of range for i32`);
    expect(w.call("intOf", BigInt(w.joined("1", "23")))).toBe(123);
  });
  test("int of others", () => {
    const of = (type: string, value: number | bigint): string =>
      w.fails("intOf", w.any(type, value)) ?? String(w.m.exports.intOf!(w.any(type, value)));
    expect([of("i32", -5), of("u32", 5), of("i64", -(2n ** 31n)), of("u64", 2n ** 31n - 1n), of("f64", -3)]).toEqual([
      "-5",
      "5",
      "-2147483648",
      "2147483647",
      "-3",
    ]);
    for (const [type, n] of [
      ["u32", 2147483648],
      ["i64", -2147483649n],
      ["u64", 2n ** 64n - 1n],
      ["f64", 5000000000],
    ] as const)
      expect(of(type, n)).toBe(`E0010.2 int() overflow: ${n} is out of range for i32`);
    expect(of("f64", 1.5)).toBe("E0010.3 int() argument must be a whole number, got f64 1.5");
    expect(of("f64", NaN)).toBe("E0010.3 int() argument must be a whole number, got f64 nan");
    expect(of("f64", -Infinity)).toBe("E0010.3 int() argument must be a whole number, got f64 -inf");
    expect(of("bool", 1)).toBe("E0010.4 int() argument must be a string or number, got bool");
    expect(w.fails("intOf", BigInt(w.record("P", 1n)))).toBe(
      "E0010.4 int() argument must be a string or number, got P",
    );
  });
  test("float of texts and numbers", () => {
    const good = ["2.5", " 3", "1e3", "-0.5", "1.", ".5", "+1.5e-3 ", "1E+2", "0", "-0", "0e999999999999", "1e-999"];
    for (const text of good) expect(float(text)).toBe(Number(text));
    for (const text of [
      "",
      " ",
      ".",
      "e5",
      "1e",
      "1e+",
      "inf",
      "nan",
      "-inf",
      "0x10",
      "1_0",
      "1.2.3",
      "1 2",
      "--1",
      "1f",
    ])
      expect(float(text)).toBe(`E0010.5 float() argument must be a number, got "${text}"`);
    for (const text of ["1e999", "-1.8e308", "1e99999999999999999999"])
      expect(float(text)).toBe(`E0010.6 float() overflow: "${text}" is out of range for f64`);
    // The quotes are those of a text: a type has none.
    expect(w.fails("floatOf", w.any("bool", 1))).toBe("E0010.5 float() argument must be a number, got bool");
    expect(w.fails("floatOf", BigInt(w.record("P", 1n)))).toBe("E0010.5 float() argument must be a number, got P");
    expect(w.float("floatOf", w.any("u64", 2n ** 64n - 1n))).toBe(2 ** 64);
    expect(w.float("floatOf", w.any("i64", -7n))).toBe(-7);
    expect(w.float("floatOf", w.any("i32", 3))).toBe(3);
  });
});

describe("floats are the nearest ones", () => {
  const w = new World();
  const float = (text: string): number => {
    const parsed = w.m.exports.floatOf!(BigInt(w.string(text))) as number;
    const failed = w.m.vm("failed");
    w.m.setVm("failed", 0);
    return failed === 0 ? parsed : text.startsWith("-") ? -Infinity : Infinity;
  };
  const check = (text: string): void => {
    if (!Object.is(float(text), Number(text))) expect(`${text} is ${float(text)}`).toBe(`${text} is ${Number(text)}`);
  };
  const bits = new DataView(new ArrayBuffer(8));
  const ofBits = (n: bigint): number => {
    bits.setBigUint64(0, n);
    return bits.getFloat64(0);
  };
  /** The exact decimal text of the middle between a double and the next one. */
  const middle = (n: bigint): string => {
    const e = Math.max(Number(n >> 52n), 1) - 1076;
    const m = (n & ((1n << 52n) - 1n)) + (n >> 52n === 0n ? 0n : 1n << 52n);
    const twice = 2n * m + 1n;
    if (e >= 0) return String(twice << BigInt(e));
    const digits = String(twice * 5n ** BigInt(-e)).padStart(-e + 1, "0");
    return `${digits.slice(0, e)}.${digits.slice(e)}`;
  };

  test("at the edges", () => {
    for (const text of [
      "1.7976931348623157e308",
      "1.7976931348623158e308",
      "1.7976931348623159e308",
      "4.9406564584124654e-324",
      "2.4703282292062327e-324",
      "2.4703282292062328e-324",
      "2.2250738585072011e-308",
      "2.2250738585072014e-308",
      "9007199254740993",
      "9007199254740992.5",
      "9007199254740993.0000000000000000000001",
      "0.1",
      "123456789012345678901234567890",
      "1e22",
      "1e23",
      "8.5e-22",
      `0.${"0".repeat(400)}1e400`,
      `1${"0".repeat(400)}e-400`,
      `${"9".repeat(2000)}e-1990`,
    ])
      check(text);
  });
  test("random ones, written shortly, fully, and beyond", () => {
    let seed = 3n;
    const random = (): bigint => {
      seed = BigInt.asUintN(64, seed * 6364136223846793005n + 1442695040888963407n);
      return BigInt.asUintN(64, seed ^ (seed >> 31n)) & 0x7fffffffffffffffn;
    };
    for (let i = 0; i < 3000; i++) {
      const x = ofBits(random());
      if (!Number.isFinite(x)) continue;
      check(String(x));
      check(x.toExponential(16));
      check(`-${x.toExponential(19)}`);
      check(`${Number(random() % 100000n) / 8}`);
    }
  });
  test("ties go to the even one; a digit far behind decides", () => {
    for (const n of [
      1n,
      2n,
      0x10000000000000n,
      0xfffffffffffffn,
      0x3ff0000000000000n,
      0x3ff0000000000001n,
      0x43e0000000000001n,
      0x7fefffffffffffffn,
      0x1234567890abcdefn,
    ]) {
      const text = middle(n);
      const even = ofBits(n % 2n === 0n ? n : n + 1n);
      expect(float(text)).toBe(even);
      const point = text.includes(".") ? "" : ".";
      expect(float(`${text}${point}${"0".repeat(900)}1`)).toBe(ofBits(n + 1n));
    }
  });
});

describe("input", () => {
  const lines = (...input: string[]): string[] => {
    const w = new World({}, { input });
    const found: string[] = [];
    for (;;) {
      const line = w.m.exports.inputLine!() as number;
      const number = w.m.vm("failed");
      if (number !== 0) {
        expect(number).toBe(14);
        return found;
      }
      found.push(w.text(line));
    }
  };
  test("lines, however the pieces come", () => {
    expect(lines("Ann\n12\n\nlast")).toEqual(["Ann", "12", "", "last"]);
    expect(lines("A", "nn\r", "\n12\r\n", "\n")).toEqual(["Ann", "12", ""]);
    expect(lines("a\rb\r", "c\n\r\n", "\r")).toEqual(["a\rb\rc", "", "\r"]);
    expect(lines()).toEqual([]);
    const long = "z".repeat(100_000);
    expect(lines(`${long}\nx\n${long}${long}`, long)).toEqual([long, "x", long + long + long]);
    const many = Array.from({ length: 5000 }, (_, i) => `line ${i}`);
    expect(lines(`${many.join("\n")}\n`)).toEqual(many);
  });
  test("what was printed is shown before", () => {
    const w = new World({}, { input: ["x\n"] });
    w.shown(BigInt(w.string("name? ")));
    const writes = w.m.writes.length;
    w.m.exports.printAny!(w.any("i32", 7));
    w.call("inputLine");
    expect(w.m.writes.length).toBe(writes + 1);
  });
  test("the clock only goes forward", () => {
    const w = new World();
    const first = w.float("timestamp");
    expect(first).toBeGreaterThanOrEqual(0);
    expect(w.float("timestamp")).toBeGreaterThanOrEqual(first);
  });
});
