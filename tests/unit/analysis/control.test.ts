/** Jumps, labels, ranges (core 19 and 20). */
import { describe, expect, test } from "@jest/globals";
import { diagnose, errors, typeOf } from "./helper.js";

describe("break and continue", () => {
  test("need a loop of the same function", () => {
    expect(errors("break\nif true:\n    continue\n")).toEqual(["1:1 E1401", "3:5 E1402"]);
    const source = "for i in 0..2:\n    fn stop():\n        break\n    stop()\n";
    expect(errors(source)).toEqual(["3:9 E1401"]);
    expect(diagnose(source)[0]!.label).toBe("`break` cannot leave the function `stop`");
  });
  test("labels", () => {
    expect(
      errors("'a: for i in 0..2:\n    'b: while true:\n        if i == 1: break 'a\n        continue 'b\n"),
    ).toEqual([]);
    expect(errors("for i in 0..2:\n    break 'nope\n")).toEqual(["2:11 E1412"]);
    expect(diagnose("'rows: for r in 0..2:\n    continue 'cols\n")[0]!.help).toEqual(["did you mean `'rows`?"]);
    expect(errors("'a: for i in 0..2:\n    fn f():\n        for j in 0..2:\n            break 'a\n    f()\n")).toEqual([
      "4:19 E1412",
    ]);
  });
});

describe("ranges", () => {
  test.each([
    ["0..3", "i32"],
    ["0..w", "i64"],
    ["u..10", "u32"],
    ["4000000000..4000000001", "i64"],
    ["0..3..w", "i64"],
    ["-2..2", "i32"],
    ["x..=9", "u64"],
  ])("the variable of %s is %s", (range, type) => {
    expect(typeOf(`w: i64 = 1\nu: u32 = 1\nx: u64 = 1\nfor i in ${range}:\n    print(i)\n`, "i")).toBe(type);
  });
  test.each([
    ["0.0..2.0", "3:10 E1404"],
    ['0.."nine"', "3:13 E1404"],
    ["0..4..0.5", "3:16 E1404"],
    ["true..false", "3:10 E1404"],
    ["0..3..0", "3:16 E1404"],
    ["0..3..0i32", "3:16 E1404"],
    ["0..3..-0", "3:16 E1404"],
    ["a..w", "3:13 E2004"],
    ["0..ghost", "3:13 E1010"],
    ["0..10u32..-1", "3:20 E2020"],
    ["0..3000000000..a", "3:13 E2020"],
  ])("%s: %s", (range, error) =>
    expect(errors(`a = 1\nw: i64 = 1\nfor i in ${range}:\n    print(i + 1)\n`)).toEqual([error]),
  );
  test("bounds are evaluated outside the loop", () => {
    expect(errors("for i in 0..i:\n    pass\n")).toEqual(["1:13 E1012"]);
    expect(errors("i = 3\nfor i in 0..i:\n    print(i)\n")).toEqual([]);
  });
});
