/** Any text ends in a tree, soon, and without an exception: mutated programs, noise, depth and size. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../compiler/source/file.js";
import { nodeRows } from "../../../compiler/syntax/dump.js";
import { lex, parse } from "../../../compiler/syntax/index.js";
import { keywords, PUNCTUATION } from "../../../compiler/syntax/tokens.js";
import { read } from "./helper.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..", "tests", "conformance");
const programs = ["core", "errors", "extensions", "types"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".orus"))
    .sort()
    .map((name) => readFileSync(join(root, folder, name), "utf8")),
);

/** Reads a text and checks what holds for all. */
function survives(source: string): void {
  const { module, file, errors } = read(source);
  for (const row of nodeRows(module)) {
    if (!(row.span.start >= 0 && row.span.start <= row.span.end && row.span.end <= source.length)) {
      throw new Error(`span of ${row.text}: ${row.span.start} to ${row.span.end} in ${JSON.stringify(source)}`);
    }
  }
  // What stands in the tree as an error was said.
  if (errors.length === 0 && nodeRows(module).some((row) => row.text === "error"))
    throw new Error(`silent: ${JSON.stringify(source)}`);
  const depth = lex(file, new Sink()).reduce((d, t) => d + (t.kind === "indent" ? 1 : t.kind === "dedent" ? -1 : 0), 0);
  if (depth !== 0) throw new Error("unbalanced layout");
}

const WORDS = [
  ...keywords.keys(),
  ...PUNCTUATION,
  "x",
  "1",
  "2.5",
  '"s"',
  '"',
  "'a",
  "$",
  "\\",
  "é",
  "\n",
  "\n    ",
  "\n\t",
  " ",
  ":\n    ",
  "->\n        ",
  "f(fn(x):\n        ",
  "match x:\n    ",
  "P{ a: ",
  "{ a",
  "(a, b) =",
  "/*",
  "//",
  '$"{',
  "var",
  "throw",
  "null",
];

describe("no text breaks the parser", () => {
  test("random tokens", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }), (words) => survives(words.join(" "))),
      { numRuns: 4000, seed: 1 },
    );
  });
  test("mutated programs", () => {
    const mutation = fc.record({
      program: fc.nat(programs.length - 1),
      edits: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          cut: fc.nat(6),
          put: fc.constantFrom("", ...WORDS),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(mutation, ({ program, edits }) => {
        let text = programs[program]!;
        for (const { at, cut, put } of edits) {
          const from = Math.floor(at * text.length);
          text = text.slice(0, from) + put + text.slice(from + cut);
        }
        survives(text);
      }),
      { numRuns: 4000, seed: 2 },
    );
  });
  test("every beginning of some programs", () => {
    for (const program of programs.filter((_, i) => i % 40 === 0)) {
      for (let end = 0; end < program.length; end += 3) survives(program.slice(0, end));
    }
  });
});

describe("depth", () => {
  const nested = (open: string, close: string, n: number): string => `x = ${open.repeat(n)}1${close.repeat(n)}\n`;
  test.each([
    ["(", ")"],
    ["f(", ")"],
    ["-", ""],
    ["1 if true else ", ""],
    ["[", "]"],
    ["a[", "]"],
    ["P{ x: ", " }"],
    ["", "()"],
    ["", ".a"],
    ["", "[0]"],
    ["", " as i32 + 1"],
  ])("1000 times %j … %j is read, once more is E1009", (open, close) => {
    expect(read(nested(open, close, 1000)).errors).toEqual([]);
    const codes = (n: number): string[] => read(nested(open, close, n)).errors.map((e) => e.split(" ")[1]!);
    expect(codes(1001)).toEqual(["E1009"]);
    expect(codes(200_000)).toEqual(["E1009"]);
  });
  test("200 nested blocks are read, with the deepest expression inside; one more is E1009", () => {
    const blocks = (n: number): string => Array.from({ length: n }, (_, i) => `${" ".repeat(i)}if true:\n`).join("");
    const inside = (n: number): string => `${blocks(n)}${" ".repeat(n)}x = ${"(".repeat(1000)}1${")".repeat(1000)}\n`;
    expect(read(inside(200)).errors).toEqual([]);
    expect(read(inside(201)).errors).toEqual(["201:209 E1009"]);
    expect(read(`${"if true: ".repeat(201)}pass\n`).errors.map((e) => e.split(" ")[1])).toEqual(["E1009"]);
    expect(read(`${"if true {".repeat(5000)}`).errors.at(-1)).toMatch(/E1009|E1004/);
  });
  test.each([
    ["[", "]", 1000],
    ["f(", ")", 1000],
    ["a[", "]", 1000],
    ["a[..", "]", 1000],
    ["P{ x: ", " }", 1000],
    ["1 if true else ", "", 1000],
    ["a.b(1).c(2, ", ")", 300],
  ])("%j … %j, %d times, inside of 199 blocks", (open, close, n) => {
    const blocks = Array.from({ length: 199 }, (_, i) => `${" ".repeat(i)}if true:\n`).join("");
    expect(read(`${blocks}${" ".repeat(199)}x = ${open.repeat(n)}1${close.repeat(n)}\n`).errors).toEqual([]);
    for (const type of [`${"[".repeat(1000)}i32${"]".repeat(1000)}`, `${"fn() -> ".repeat(1000)}i32`]) {
      expect(read(`${blocks}${" ".repeat(199)}x: ${type} = 1\n`).errors).toEqual([]);
    }
  });
  test("bodies in expressions are blocks and expressions", () => {
    const codes = (source: string): string[] => read(source).errors.map((e) => e.split(" ")[1]!);
    const lambdas = (n: number): string => `x = ${"fn(): ".repeat(n)}1\n`;
    expect(codes(lambdas(200))).toEqual([]);
    expect(codes(lambdas(201))).toEqual(["E1009"]);
    expect(codes(lambdas(20_000))).toEqual(["E1009"]);
    const braces = (n: number): string => `x = ${"{ ".repeat(n)}1${" }".repeat(n)}\n`;
    expect(codes(braces(200))).toEqual([]);
    expect(codes(braces(20_000))).toEqual(["E1009"]);
    const inBrackets = (n: number): string =>
      `${Array.from({ length: n }, (_, i) => `${" ".repeat(i)}f(fn():\n`).join("")}${" ".repeat(n)}1${")".repeat(n)}\n`;
    expect(codes(inBrackets(200))).toEqual([]);
    expect(codes(inBrackets(201))).toEqual(["E1009"]);
    const matches = (n: number): string =>
      `${Array.from({ length: n }, (_, i) => `${" ".repeat(i)}${i === 0 ? "x =" : "_ ->"} match y:\n`).join("")}${" ".repeat(n)}_ -> 1\n`;
    expect(codes(matches(90))).toEqual([]);
    expect(codes(matches(1000))).toContain("E1009");
    // The deepest of both at once: what is inside a body counts with what is around it.
    expect(codes(`x = ${"f(fn(): ".repeat(199)}${"(".repeat(400)}1${")".repeat(599)}\n`)).toEqual([]);
    expect(codes(`x = ${"[".repeat(900)}fn(): ${"[".repeat(101)}${"]".repeat(1001)}\n`)).toEqual(["E1009"]);
  });
  test.each([
    ["[", "]"],
    ["fn(", ")"],
    ["T[", "]"],
  ])("types %j … %j nest as expressions do", (open, close) => {
    const codes = (n: number): string[] =>
      read(`x: ${open.repeat(n)}i32${close.repeat(n)} = 1\n`).errors.map((e) => e.split(" ")[1]!);
    expect(codes(1000)).toEqual([]);
    expect(codes(1001)).toEqual(["E1009"]);
    expect(codes(100_000)).toEqual(["E1009"]);
  });
  test("patterns nest as expressions do", () => {
    const codes = (n: number): string[] =>
      read(`${"(a, ".repeat(n)}b${")".repeat(n)} = 1\n`).errors.map((e) => e.split(" ")[1]!);
    expect(codes(900)).toEqual([]);
    expect(codes(20_000)).toEqual(["E1009"]);
    expect(read(`for ${"(a, ".repeat(20_000)}b${")".repeat(20_000)} in x: y\n`).errors).toHaveLength(1);
  });
  test.each([
    ["operators", "a", " + b"],
    ["words", "a", " and b or c"],
    ["comparisons", "a", " == b"],
    ["arguments", "f(a", ", b", ")"],
    ["elements", "[a", ", b", "]"],
    ["fields", "P{ a: b", ", a: b", "}"],
    ["targets", "a", " = b"],
  ])("100,000 %s in a row are no nesting", (_, first, more, last = "") => {
    const { module, errors } = read(`x = ${first}${more.repeat(100_000)}${last}\n`);
    expect(errors).toEqual([]);
    expect(nodeRows(module).length).toBeGreaterThan(100_000);
  });
});

describe("size", () => {
  const n = 100_000;
  test.each([
    ["statements", "x = f(1, 2) + 3\n"],
    ["open brackets", "(\n"],
    ["brackets on one line", "("],
    ["closers", ")"],
    ["quotes", "' "],
    ["label-like quotes", "'a':"],
    ["typographic quotes", "“ "],
    ["unclosed texts", '"\n'],
    ["unclosed interpolations", '$"{'],
    ["wrong depths", "x\n    y\n  z\n"],
    ["missing values", "x = = 1\n"],
    ["missing colons", "if x\n"],
    ["lists of names", "a, b, c\n"],
    ["commas", "a,"],
    ["unclosed lines", "x = (1\n"],
    ["comments", "/*"],
    ["foreign words", "var x = null\n"],
    ["blocks as values", "x = {\n    y\n"],
    ["braces", "{ x "],
    ["braces after operators", "= { x: "],
    ["bodies inside brackets", "f(fn(x):\n    y\n"],
    ["bodies on one line", "f(fn(): "],
    ["patterns", "(a, "],
    ["targets without a value", "a[0], b.c, (d, e)\n"],
    ["mixed brackets", "([{"],
    ["wrong closers", "(]"],
    ["openers before wrong closers", "(\n", "]"],
    ["arms", "match x:\n    1: y\n    z\n"],
    ["fields", "struct P:\n    x\n    y: [i32\n        z\n"],
    ["variants", "enum E:\n    A(x: \n    B,\n"],
    ["methods", "impl P:\n    fn f(self\n    x\n"],
    ["imports", "use a.b: c as d, e,\nuse\n"],
    ["types", "x: [fn(T[a], "],
    ["handlers", "try:\n    x\ncatch e:\n    y\n"],
  ])("%s: the time grows with the text", (_, piece, last = "") => {
    // No time is asserted: a quadratic step would take minutes at this size and run into the runner's limit.
    const file = new SourceFile(0, "x", piece.repeat(n) + last.repeat(n));
    const sink = new Sink();
    const { body } = parse(file, sink);
    expect(body.statements.length + sink.list.length).toBeGreaterThan(0);
  });
  test("a number of a million digits is refused at once", () => {
    expect(read(`x = ${"9".repeat(1_000_000)}\n`).errors).toEqual(["1:5 E1025"]);
  });
});
