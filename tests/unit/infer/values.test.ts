/** Literals, any, arrays, structs, enums, match, closures: types and messages beyond the probes. */
import { expect, test } from "@jest/globals";
import { show } from "../../../compiler/infer/index.js";
import type { Expr, Stmt } from "../../../compiler/syntax/ast.js";
import { check, labels, messages, printed, types } from "./helper.js";

test("literals adapt to what is beside them, and settle together", () => {
  expect(printed("print(1 + 2.5)")).toBe("f64");
  expect(printed("print(3 - 1u32)")).toBe("u32");
  expect(printed("print(1 + 3000000000)")).toBe("i64");
  expect(printed("print(18446744073709551615)")).toBe("u64");
  expect(printed("w: i64 = 2\nprint(w * -3)")).toBe("i64");
  expect(printed("print([1, 3000000000,])")).toBe("[i64]");
  expect(printed("print([1.5, 2,])")).toBe("[f64]");
  expect(printed("print(1 if true else 2.5)")).toBe("f64");
  expect(messages(check("print([1, 2.5,])"))).toEqual(["1:11 E2002"]);
  expect(messages(check("a = 3\nprint(a + 3000000000)"))).toEqual(["2:11 E2020"]);
  expect(messages(check("u: u32 = -1\nx: u64 = -(1 + 2)"))).toEqual(["1:10 E2020", "2:10 E2007"]);
  expect(messages(check("x: u64 = 3\nprint(x == -1, x > -(2))"))).toEqual([]);
});

test("a literal inside of a value takes the type asked for outside", () => {
  expect(
    types(`xs: [f64] = [1, 2, 3]
ys: [[i64]] = [[1, 2,], [3,],]
zs: [f64] = [0] * 5
enum Opt[T]:
    Some(v: T)
    None
o: Opt[i64] = Opt.Some(3)
f: fn(i64) -> f64 = fn(x): 2
`),
  ).toEqual(["xs: [f64]", "ys: [[i64]]", "zs: [f64]", "o: Opt[i64]", "f: fn(i64) -> f64"]);
});

/** The first value of the statement, and how it is converted. */
function conversion(source: string): string {
  const { program, diagnostics } = check(source);
  if (diagnostics.length > 0) return diagnostics.map((d) => d.label).join("; ");
  const s: Stmt = program!.modules[0]!.module.body.statements.at(-1)!;
  const e: Expr | null = s.kind === "bind" ? s.value : s.kind === "print" ? s.args[0]! : null;
  const at = e?.kind === "call" || e?.kind === "binary" ? (e.kind === "call" ? e.args[0]! : e.left) : e!;
  const found = e?.convert ?? at.convert;
  return found ? `${found.how} ${show(found.to)}` : "none";
}

test("conversions to and from any are marked where they happen", () => {
  expect(conversion("x: any = 5")).toBe("wrap any");
  expect(conversion("fn f(a: any): a\nn: i32 = f(3)")).toBe("unwrap i32");
  expect(conversion("fn f(a: any): a\nprint(f(3))")).toBe("wrap any");
  expect(conversion("fn f(xs: [any]): print(xs)\nys = [1, 2, 3]\nz = f")).toBe("none");
  expect(conversion('fn f(xs: [any]): len(xs)\nn = f(["a"])')).toBe("none");
  expect(conversion('fn f(xs: [any]): len(xs)\nys = ["a"]\nn = f(ys)')).toBe("view [any]");
  expect(conversion("x: any = 1\ny = x + 2")).toBe("none");
  expect(types('x: any = 1\ny = x + 2\nz = x == "a"\nw: [any] = [1, "a", 2.5]\nb = not x\n')).toEqual([
    "x: any",
    "y: any",
    "z: bool",
    "w: [any]",
    "b: bool",
  ]);
  expect(messages(check("x: any = 1\nprint(x.y)\nprint(x[0])\nfor i in x: print(i)\n"))).toEqual([
    "2:9 E2010",
    "3:7 E2014",
    "4:10 E2015",
  ]);
});

test("what is not used as a value may be void", () => {
  expect(types("fn app(f): f()\napp(fn(): print(1))\nx = app(fn(): 3)\n")).toEqual([
    "app[T]: fn(fn() -> T) -> T",
    "x: i32",
  ]);
  expect(messages(check("fn app(f): f()\nprint(app(fn(): print(1)))\n"))).toEqual(["2:7 E2019"]);
  expect(types("fn each(f: fn(i32), n: i32):\n    f(n)\nmut xs = []\neach(fn(x): push(xs, x), 3)\n").slice(1)).toEqual([
    "xs: [i32]",
  ]);
});

/** What every function captures: `name: a, b*`, a star for a cell. */
function captures(source: string): string[] {
  const { program, diagnostics } = check(source);
  if (diagnostics.length > 0) return diagnostics.map((d) => d.label);
  return program!.functions
    .filter((f) => f.captures)
    .map((f) => `${f.name || "fn"}: ${f.captures!.map((v) => `${v.name}${v.cell ? "*" : ""}`).join(", ")}`);
}

test("captures: what is assigned again needs a cell, module variables are not captured", () => {
  expect(
    captures("fn f():\n    mut n = 0\n    k = 2\n    inc = fn():\n        n = n + k\n    inc()\n    return n\n"),
  ).toEqual(["fn: n*, k"]);
  expect(captures("mut total = 0\nadd = fn(x: i32):\n    total = total + x\nadd(3)\n")).toEqual([]);
  expect(captures("mut fs = []\nfor i in 0..3:\n    j = i * 2\n    push(fs, fn(): i + j)\n")).toEqual(["fn: i, j"]);
  expect(captures("fn f(a: i32):\n    fn g(x): h(x)\n    fn h(x): x + a\n    return g(1)\n")).toEqual(["g: a", "h: a"]);
  expect(captures("fn f(a: i32):\n    return fn(): fn(): a\n")).toEqual(["fn: a", "fn: a"]);
  // Called above its declaration, `g` shares what is declared in between.
  expect(captures("fn f():\n    y = g()\n    x = 1\n    fn g(): x + 1\n    return y\n")).toEqual(["g: x*"]);
  expect(captures("fn f():\n    fn g(): h()\n    y = g()\n    x = 1\n    fn h(): x\n    return y\n")).toEqual([
    "g: x*",
    "h: x*",
  ]);
});

test("match: variants without their enum are told once, and nothing follows from it", () => {
  const head = "enum E:\n    A(i32)\n    B\ne = E.A(1)\n";
  const found = check(`${head}match e:\n    A(n) -> print(n)\n    B -> pass\n`);
  expect(labels(found)).toEqual(["E1010 a variant is written with its enum"]);
  expect(messages(found)).toEqual(["6:5 E1010"]);
  expect(messages(check(`${head}match e:\n    C(n) -> print(n)\n`))).toEqual(["6:5 E1010", "6:7 E1010"]);
  expect(messages(check(`${head}B = E.B\nmatch e:\n    B -> pass\n    _ -> pass\n`))).toEqual([]);
});
test("match: an any is asked for its enum, unless that is generic", () => {
  const head = "enum E:\n    A(i32)\n    B\nenum G[T]:\n    S(T)\n    N\nx: any = E.B\n";
  expect(messages(check(`${head}match x:\n    E.A(n) -> print(n + 1)\n    E.B -> pass\n    3 -> pass\n`))).toEqual([]);
  expect(messages(check(`${head}match x:\n    G.S(n) -> print(n)\n`))).toEqual(["9:5 E2001"]);
  expect(messages(check(`${head}print(x matches G.S(_), x matches E.A(_), x == G.N)\n`))).toEqual(["8:17 E2001"]);
});
test("match: what is missing, twice or too late", () => {
  const head = "enum E:\n    A(n: i32)\n    B\n    C\ne = E.A(1)\n";
  expect(labels(check(`${head}match e:\n    E.A(_) -> pass\n`))).toEqual(["E1410 `E.B`, `E.C` are not handled"]);
  expect(messages(check(`${head}match e:\n    E.A -> pass\n    _ -> pass\n`))).toEqual(["7:5 E2017"]);
  expect(messages(check(`${head}match e:\n    E.D -> pass\n`))).toEqual(["7:7 E2016"]);
  expect(messages(check("match 5:\n    -1 -> pass\n    -1 -> pass\n"))).toEqual(["3:5 E1411"]);
  expect(messages(check('x = match 5:\n    1 -> "a"\n    _ -> print(1)\n'))).toEqual(["3:10 E2019"]);
  expect(types('fn f(e):\n    match e:\n        Result.Ok(v) -> v\n        Result.Err(m) -> len(m + "")\n')).toEqual([
    "f: fn(Result[i32, string]) -> i32",
  ]);
});

test("enums with unknown arguments", () => {
  expect(types('fn g(b: bool) -> Result:\n    if b: return Result.Ok(1)\n    return Result.Err("a")\n')).toEqual([
    "g: fn(bool) -> Result[i32, string]",
  ]);
  expect(messages(check("x: Result[i32] = Result.Ok(1)\n"))).toEqual(["1:4 E2030"]);
});

test("one mistake, one message", () => {
  expect(messages(check("x = nope + 1\ny = x + 2\nprint(y.z, x[0], f(x))\n"))).toEqual(["1:5 E1010", "3:18 E1010"]);
  expect(messages(check("struct P:\n    x: i32\np = P{ y: 1 }\n"))).toEqual(["3:8 E2010"]);
  expect(messages(check('xs: [i32] = ["a", "b"]\n'))).toEqual(["1:14 E2001"]);
  expect(messages(check('fn f(a: i32) -> i32: a\nprint(f("s") + 1, f(1, 2))\n'))).toEqual(["2:9 E2001", "2:19 E2009"]);
});

test("names of built-ins may be hidden, and are no values", () => {
  expect(types("len = 3\nfn push(a): a\nx = push(len)\n")).toEqual(["len: i32", "push[T]: fn(T) -> T", "x: i32"]);
  expect(messages(check("f = len\n"))).toEqual(["1:5 E2001"]);
});

/** The first message with all its words, one a line. */
function whole(source: string): string[] {
  const [d] = check(source).diagnostics;
  if (!d) return [];
  const { code, label, labels = [], help = [], notes = [] } = d;
  return [`${code} ${label}`, ...labels.map((l) => l.text), ...help, ...notes];
}

test("a type that is used above its declaration: what is said is the same in every shape", () => {
  const below = (code: string, name: string): string[] => [
    `${code} \`${name}\` is declared further down`,
    "declared here",
    "move the declaration above this",
    "A struct or enum is declared above the code that uses it.",
  ];
  const heap = "struct Heap:\n    items: [i32]\n";
  const shade = "enum Shade:\n    Dark\n";
  expect(whole(`fn f(): Shade.Dark\n${shade}`)).toEqual(below("E1012", "Shade"));
  expect(whole(`fn f(): Heap.new()\n${heap}impl Heap:\n    fn new(): 1\n`)).toEqual(below("E1012", "Heap"));
  expect(whole(`enum E:\n    A(v: i32)\ne = E.A(Shade.Dark)\n${shade}`)).toEqual(below("E1012", "Shade"));
  expect(whole(`struct S:\n    v: i32\nimpl S:\n    fn m(self):\n        h = Heap{ items: [] }\n${heap}`)).toEqual(
    below("E2003", "Heap"),
  );
  expect(whole(`fn f(): Heap{ items: [] }\n${heap}`)).toEqual(below("E2003", "Heap"));
  expect(whole(`fn f(h: [Heap]): 1\n${heap}`)).toEqual(below("E2003", "Heap"));
  expect(whole(`enum E:\n    A(v: Heap)\n${heap}`)).toEqual(below("E2003", "Heap"));
  expect(whole(`impl Heap:\n    fn m(self): 1\n${heap}`)).toEqual(below("E2003", "Heap"));
  // What stands further down is not what was meant either.
  expect(whole(`x: Heep = 1\n${heap}`)).toEqual([
    "E2003 there is no type `Heep`",
    "A struct or enum is declared above the code that uses it.",
  ]);
  expect(whole(`${heap}x: Heep = 1\n`)).toEqual(["E2003 there is no type `Heep`", "did you mean `Heap`?"]);
});
