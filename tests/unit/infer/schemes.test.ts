/** General types of functions: what is left open, what is shared, what operators need, and the order of inference. */
import { expect, test } from "@jest/globals";
import { show } from "../../../compiler/infer/index.js";
import { check, labels, messages, types } from "./helper.js";

test("a function is general in what its body leaves open", () => {
  expect(
    types(`fn id(v): v
fn app(f, x): f(x)
fn both(a, b): [a, b,]
fn compose(f, g): fn(x): f(g(x))
fn each(xs, f):
    for x in xs: f(x)
fn map(xs, f):
    mut out = []
    for x in xs: push(out, f(x))
    return out
fn snd(a, b): b
`),
  ).toEqual([
    "id[T]: fn(T) -> T",
    "app[T, U]: fn(fn(T) -> U, T) -> U",
    "both[T]: fn(T, T) -> [T]",
    "compose[T, U, V]: fn(fn(T) -> U, fn(V) -> T) -> fn(V) -> U",
    "each[T, U]: fn([T], fn(T) -> U)",
    "map[T, U]: fn([T], fn(T) -> U) -> [U]",
    "snd[T, U]: fn(T, U) -> U",
  ]);
});

test("every use stands for types of its own", () => {
  expect(types('fn id(v): v\na = id(1)\nb = id("s")\nc = id([2.5])\nd = id(id)(3)\n')).toEqual([
    "id[T]: fn(T) -> T",
    "a: i32",
    "b: string",
    "c: [f64]",
    "d: i32",
  ]);
});

test("the type arguments of a use are on its node, those inside of a group are its parameters", () => {
  const { program, diagnostics } = check(`fn len2(xs, n):
    if n == 0: return xs
    return len2(xs, n - 1)
print(len2(["a"], 3))
`);
  expect(diagnostics).toEqual([]);
  const module = program!.modules[0]!;
  const fn = module.functions[0]!;
  expect(fn.scheme!.params.map((p) => p.name)).toEqual(["T"]);
  const last = fn.node.body.statements[1]!;
  const inner = last.kind === "return" && last.value?.kind === "call" ? last.value.callee : null;
  expect(inner?.kind === "name" && inner.typeArgs).toEqual(fn.scheme!.params);
  const print = module.module.body.statements[1]!;
  const outer = print.kind === "print" && print.args[0]?.kind === "call" ? print.args[0].callee : null;
  expect(outer?.kind === "name" && outer.typeArgs!.map(show)).toEqual(["[string]"]);
});

test("literals in a body fix its types, whatever is declared keeps them open no longer", () => {
  expect(
    types(
      "fn inc(n): n + 1\nfn half(x): x / 2.0\nfn fact(n: i64):\n    if n <= 1: return 1\n    return n * fact(n - 1)\n",
    ),
  ).toEqual(["inc: fn(i32) -> i32", "half: fn(f64) -> f64", "fact: fn(i64) -> i64"]);
});

test("functions that need each other are one group", () => {
  expect(
    types(`fn even(n):
    if n == 0: return true
    return odd(n - 1)
fn odd(n):
    if n == 0: return false
    return even(n - 1)
fn ping(x, n):
    if n == 0: return x
    return pong(x, n - 1)
fn pong(x, n): ping(x, n)
`),
  ).toEqual(["even: fn(i32) -> bool", "odd: fn(i32) -> bool", "ping[T]: fn(T, i32) -> T", "pong[T]: fn(T, i32) -> T"]);
});

test("what gives back nothing but its own result gives back nothing", () => {
  expect(
    types(`fn walk(n: i32):
    print(n)
    walk(n - 1)
fn a(n: i32):
    if n > 0:
        b(n)
    else:
        print(n)
fn b(n: i32):
    a(n - 1)
fn fib(n):
    if n < 2: n
    else: fib(n - 1) + fib(n - 2)
`),
  ).toEqual(["walk: fn(i32)", "a: fn(i32)", "b: fn(i32)", "fib: fn(i32) -> i32"]);
  expect(labels(check("fn f(n: i32):\n    x = f(n)\n    print(x)\n"))).toEqual(["E2019 `f` returns nothing"]);
});

test("operators are asked of every instance, where it is made", () => {
  const source = `fn add(a, b): a + b
fn larger(a, b):
    if a > b: return a
    return b
fn real(a): a as f64
fn count(a): len(a)
fn minus(a): -a
print(add("a", "b"), larger("x", "y"), real(true), count("s"), count([1]), minus(2.5))
print(add(true, false))
print(larger([1], [2]))
print(real("x"))
print(count(3))
print(minus(1u32))
`;
  expect(messages(check(source))).toEqual(["9:7 E2007", "10:7 E2007", "11:7 E2005", "12:7 E2001", "13:7 E2007"]);
});

test("needs travel through other functions", () => {
  expect(
    messages(check('fn add(a, b): a + b\nfn twice(x): add(x, x)\nprint(twice("a"), twice(2))\nprint(twice(true))\n')),
  ).toEqual(["4:7 E2007"]);
});

test("a literal takes the type that another argument fixes", () => {
  expect(
    types(
      "fn max_of(a, b):\n    if a > b: return a\n    return b\nbig: i64 = 5\nx = max_of(big, 3)\ny = max_of(3, big)\n",
    ).slice(2),
  ).toEqual(["x: i64", "y: i64"]);
  expect(messages(check("fn add(a, b): a + b\nprint(add(1, 2.0))\n"))).toEqual(["2:14 E2001"]);
});

test("nested functions are general in their own types only", () => {
  expect(
    types(`fn gen(v):
    fn wrap(w): [v, v,]
    fn pair(w): [w]
    a = pair(1)
    b = pair("s")
    return wrap(1), wrap("x")
`),
  ).toEqual(["gen[T]: fn(T) -> [[T]]", "wrap[T]: fn(T) -> [T]", "pair[T]: fn(T) -> [T]"]);
});

test("methods are generalised like functions", () => {
  expect(
    types(`struct P:
    x: i32
impl P:
    fn add(self, d): self.x + d
    fn make(v): P{ x: v }
    fn pick(self, a, b): a if self.x > 0 else b
p = P.make(3)
s = p.pick("a", "b")
t = p.pick(1.5, 2.5)
`),
  ).toEqual([
    "add: fn(P, i32) -> i32",
    "make: fn(i32) -> P",
    "pick[T]: fn(P, T, T) -> T",
    "p: P",
    "s: string",
    "t: f64",
  ]);
});

test("functions may be used above their declaration, and variables in between by them", () => {
  expect(types("print(f(1))\nfn f(n): n + g()\nfn g(): 2\n")).toEqual(["f: fn(i32) -> i32", "g: fn() -> i32"]);
  expect(types('print(f())\nbase = ["a"]\nfn f(): base[0] + "!"\n')).toEqual(["base: [string]", "f: fn() -> string"]);
});

test("a member of a value of unknown type waits for the type", () => {
  expect(types("struct P:\n    x: i32\nfn f(p):\n    r = p.x\n    q: P = p\n    return r\n")).toEqual([
    "f: fn(P) -> i32",
  ]);
  expect(messages(check("fn f(p): p.x\nprint(f(1))\n"))).toEqual(["1:10 E2006"]);
  const struct = "struct P:\n    x: i32\nimpl P:\n    fn m(self) -> i32: 1\n";
  // Of a variable outside the rest of the program may say it.
  expect(types(`${struct}xs = []\nfn f(): xs[0].x + xs[0].m()\npush(xs, P{ x: 1 })\nn = f()\n`).slice(1)).toEqual([
    "xs: [P]",
    "f: fn() -> i32",
    "n: i32",
  ]);
  expect(types(`${struct}fn f(p):\n    fn g(): p.x\n    q: P = p\n    return g()\n`).slice(1)).toEqual([
    "f: fn(P) -> i32",
    "g: fn() -> i32",
  ]);
});

test("bindings are not generalised", () => {
  expect(messages(check('xs = []\npush(xs, 1)\npush(xs, "a")\n'))).toEqual(["3:10 E2001"]);
  expect(messages(check('f = fn(x): x\nprint(f(1))\nprint(f("a"))\n'))).toEqual(["3:9 E2001"]);
  expect(messages(check("xs = []\nprint(len(xs))\n"))).toEqual(["1:6 E2006"]);
});

test("a type that would contain itself is one mistake, and said to be that", () => {
  const endless = (source: string): string[] => {
    const outcome = check(source);
    expect([...new Set(labels(outcome).map((text) => text.slice(6)))]).toEqual([
      "the type of this value would contain itself",
    ]);
    return messages(outcome);
  };
  expect(endless("fn f(n, x): x if n == 0 else f(n - 1, [x])")).toEqual(["1:39 E2001"]);
  expect(endless("fn f(n, x): x if n == 0 else f(n - 1, [x])\nprint(f(1, 2))")).toEqual(["1:39 E2001"]);
  expect(endless("fn f(n, x): f(n - 1, [x]) if n > 0 else x")).toEqual(["1:22 E2001"]);
  expect(endless("fn f(n, x):\n    if n == 0: return x[0]\n    return f(n - 1, [[x]])")).toEqual(["3:21 E2001"]);
  expect(endless("fn f(n, x): match n:\n    0 -> x\n    _ -> f(n - 1, [x])")).toEqual(["3:19 E2001"]);
  expect(endless("w = fn(x): x(x)")).toEqual(["1:12 E2001"]);
  expect(endless("w = fn(x): x if true else [x]")).toEqual(["1:27 E2002"]);
  expect(endless("fn f(n, x):\n    if n == 0: return x\n    return [x]")).toEqual(["3:12 E2002"]);
});

test("a result that is open because of another mistake is no second one", () => {
  expect(messages(check("fn f(n): ghost if n == 0 else f(n - 1)"))).toEqual(["1:10 E1010"]);
  expect(messages(check("fn f(n): f(n - 1) if n > 0 else ghost"))).toEqual(["1:33 E1010"]);
  // The other side is known all the same.
  expect(messages(check('fn f(n): ghost if n == 0 else "a"\nx: i32 = f(1)'))).toEqual(["1:10 E1010", "2:10 E2001"]);
});
