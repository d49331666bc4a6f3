/** The table's promises: stable codes, categories, messages of run-time errors. */
import { expect, test } from "@jest/globals";
import { type Code, distance, nearest, rowOf, TABLE } from "../../../compiler/diagnostics/index.js";

const codes = Object.keys(TABLE) as Code[];

test("retired codes are not used again", () => {
  const retired = [
    "E0003",
    "E0005",
    "E1006",
    "E1007",
    "E1016",
    "E1405",
    "E1406",
    "E1408",
    "E1413",
    "E2008",
    "E9002",
    "E9003",
    "E9004",
  ];
  expect(codes.filter((code) => retired.includes(code))).toEqual([]);
});

test("every row has the category of its number and a title that is no sentence", () => {
  for (const code of codes) {
    const { category, title } = rowOf(code);
    const expected = code.startsWith("W")
      ? /warning/
      : /^E[09]/.test(code)
        ? /runtime/
        : /^E3/.test(code)
          ? /module/
          : /^E2/.test(code)
            ? /type/
            : /syntax|name|mutability|control|match/;
    expect([code, category]).toEqual([code, expect.stringMatching(expected)]);
    expect(title).toMatch(/^[A-Z`].*[^.!]$/);
  }
});

test("run-time errors, and only they, have messages; all but a few can be caught", () => {
  const uncatchable = codes.filter((code) => rowOf(code).messages?.every(([, category]) => category === null));
  expect(uncatchable).toEqual(["E0040", "E9001"]);
  expect(codes.filter((code) => (rowOf(code).messages !== undefined) !== (rowOf(code).category === "runtime"))).toEqual(
    [],
  );
});

test("the nearest name: exchanged letters count one, a third of the length is the limit", () => {
  expect(distance("lenght", "length", 5)).toBe(1);
  expect(distance("a".repeat(200), `${"a".repeat(199)}b`, 66)).toBe(67);
  expect(nearest("lenght", ["width", "length"])).toBe("length");
  expect(nearest("cnt", ["count", "cat"])).toBe("cat");
  expect(nearest("total", ["value"])).toBeNull();
  expect(nearest("x", ["y"])).toBeNull();
});
