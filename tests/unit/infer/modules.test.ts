/** Programs of several files: what is visible, what is reported where, and the order in which modules run. */
import { expect, test } from "@jest/globals";
import { check, labels, messages } from "./helper.js";

const LIB = `pub struct P:
    x: i32
impl P:
    fn sum(self, y): self.x + y
    fn make(v: i32) -> P: P{ x: v }
pub enum E:
    A(n: i32)
    B
pub enum Opt[T]:
    Some(v: T)
    None
pub fn id(v): v
pub fn add(a, b): a + b
pub mut level = 1
pub LIMIT := 3
fn hidden(): 1
`;

test("everything exported is reached through the namespace", () => {
  const main = `use lib as m
p: m.P = m.P{ x: 1 }
q = m.P.make(2).sum(3)
e = m.E.A(1)
match e:
    m.E.A(n) -> print(n + q)
    m.E.B -> print("b")
r: Result[m.P, string] = Result.Ok(p)
print(m.id("a") + "b", m.add(1.5, 2), m.LIMIT, e matches m.E.A(_))
o: m.Opt[i64] = m.Opt.Some(3)
m.level += 2
f = m.id
print(f(1), o, r)
`;
  expect(labels(check({ "main.orus": main, "lib.orus": LIB }))).toEqual([]);
});

test("imported names are the module's own", () => {
  const main = `use lib: *
xs: [i32, LIMIT] = [0, LIMIT]
print(add("a", 1), xs)
level = 2
LIMIT = 3
id = 4
x: P = P{ x: 1.5 }
`;
  expect(messages(check({ "main.orus": main, "lib.orus": LIB }))).toEqual([
    "3:16 E2001",
    "5:1 E1014",
    "6:1 E1014",
    "7:14 E2001",
  ]);
});

test("what is wrong about a name of a module", () => {
  const main = `use lib
print(lib.hidden(), lib.nope, lib.lvel)
lib.LIMIT = 3
x: lib.Q = 1
y = lib.P
z = lib
lib.P.x = 3
w = lib.E.C
v = lib.P.nope()
u = lib.P{ y: 1 }
`;
  expect(messages(check({ "main.orus": main, "lib.orus": LIB }))).toEqual([
    "2:11 E3005",
    "2:25 E3004",
    "2:35 E3004",
    "3:5 E1014",
    "4:8 E3004",
    "5:9 E1010",
    "6:5 E1010",
    "7:1 E1028",
    "8:11 E2016",
    "9:11 E2011",
    "10:12 E2010",
  ]);
});

test("an unresolved module hides no other mistakes and makes none", () => {
  const main = `use gone: a, B
use gone as g
print(a + 1, g.x.y(3), B.C(1), B{ x: 1 })
x: B = a
match a:
    B.C(n) -> print(n, x)
y: i32 = "s"
`;
  expect(messages(check(main))).toEqual(["1:5 E3003", "2:5 E3003", "7:10 E2001"]);
});

test("circles are reported where they are entered, once", () => {
  const outcome = check({
    "main.orus": "use a\nuse b\nprint(a.x + b.y)\n",
    "a.orus": "use b\npub x = b.y\n",
    "b.orus": "use c\npub y = c.z\n",
    "c.orus": "use b\npub z = 1\n",
  });
  expect(messages(outcome)).toEqual(["a.orus:1:5 E3002"]);
  expect(labels(outcome)).toEqual(["E3002 the modules import each other: b -> c -> b"]);
  expect(messages(check("use main\n"))).toEqual(["1:5 E3002"]);
});

test("mistakes of a module are shown there, with the place that imports it", () => {
  const outcome = check({ "main.orus": "use a\nprint(a.f(1))\n", "a.orus": 'pub fn f(n): n\nfn bad() -> i32: "x"\n' });
  expect(messages(outcome)).toEqual(["a.orus:2:18 E2001"]);
  expect(outcome.diagnostics[0]!.notes).toContain("imported from main.orus:1:5");
});

test("a mistake in the form of any file comes before all types", () => {
  const outcome = check({ "main.orus": 'use a\nx: i32 = "s"\n', "a.orus": "pub fn f(\n" });
  expect(outcome.program).toBeNull();
  expect(outcome.diagnostics.every((d) => d.code.startsWith("E1"))).toBe(true);
});

test("modules run in order of appearance, dependencies first, once", () => {
  const { program } = check({
    "main.orus": "print(1)\nuse b\nuse a\nuse c: x\n",
    "a.orus": "use c\n",
    "b.orus": "use c\n",
    "c.orus": "pub x = 1\n",
  });
  expect(program!.modules.map((m) => m.module.name)).toEqual(["c", "b", "a", "main"]);
});

test("variables that other modules or defaults of fields use are no locals of the module's own code", () => {
  const { program } = check({
    "main.orus":
      "use lib: level\nuse lib\nlevel += 1\nprint(lib.other)\nbase = 2\nstruct P:\n    x: i32 = base\nprint(P{}.x)\n",
    "lib.orus": "pub mut level = 1\npub other = 2\nown = 3\nprint(own)\n",
  });
  const shared = program!.modules.flatMap((m) => m.variables.filter((v) => v.usedInFunctions).map((v) => v.name));
  expect(shared).toEqual(["level", "other", "base"]);
});

test("a name that is imported further down", () => {
  const files = { "m.orus": "pub fn one(): 1\npub V := 3\n" };
  const said = (main: string): string[] =>
    check({ "main.orus": main, ...files }).diagnostics.map((d) =>
      [d.code, d.label, ...(d.labels ?? []).map((l) => l.text), ...(d.help ?? []), ...(d.notes ?? [])].join("; "),
    );
  const below = (name: string): string[] => [
    `E1012; \`${name}\` is imported further down; imported here; move the \`use\` above this`,
  ];
  expect(said("fn f(): m.one()\nuse m\n")).toEqual(below("m"));
  expect(said("fn f(): one()\nuse m: one\n")).toEqual(below("one"));
  expect(said("print(W)\nuse m: V as W\n")).toEqual(below("W"));
  expect(said("print(V)\nuse m: *\n")).toEqual(below("V"));
});
