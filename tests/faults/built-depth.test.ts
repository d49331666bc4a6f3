/**
 * Recursion in built modules: whatever a frame holds (values that really are alive across the call, many arguments, f64,
 * references, a handler), recursion that does not end is `Stack overflow` with exit 70, under our host and under wasmtime,
 * never the host's own overflow; and what can be caught goes on afterwards.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { expect, test } from "@jest/globals";
import { build, underWasmtime } from "../conformance/built.js";
import { binaryen } from "../support/binaryen.js";
import { type Compiled, program, type Seen, seenOfBuilt, Tiers } from "../support/tiers.js";
import { withWasmtime } from "../support/wasmtime.js";

const tiers = new Tiers(binaryen);
const list = (n: number, each: (i: number) => string, between: string): string =>
  Array.from({ length: n }, (_, i) => each(i)).join(between);

/** Variables read before the call and changed by it, so no engine can read them later instead. */
const alive = (n: number, type: "i64" | "f64"): string => {
  const zero = type === "f64" ? "1.0" : "1i64";
  return `
${list(n, (i) => `mut g${i} = ${zero}`, "\n")}
fn down(n: i64) -> ${type}:
${list(n, (i) => `    v${i} = g${i}`, "\n")}
${list(n, (i) => `    g${i} = g${i} * 3${type === "f64" ? ".0" : "i64"} % 1000${type === "f64" ? ".0" : "i64"}`, "\n")}
    r = down(n + 1)
    return (r + ${list(n, (i) => `v${i}`, " + ")}) % 1000${type === "f64" ? ".0" : "i64"}
`;
};
const SHAPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (["i64", "f64"] as const).flatMap((type) => [1, 8, 30, 120].map((n) => [`${n} ${type}`, alive(n, type)])),
  ),
  "40 arguments": `
fn down(${list(40, (i) => `a${i}: i64`, ", ")}) -> i64:
    return (down(${list(40, (i) => `a${(i + 1) % 40}`, ", ")}) + ${list(40, (i) => `a${i}`, " + ")}) % 1000i64
fn start(n: i64) -> i64:
    return down(${list(40, (i) => `${i}i64`, ", ")})
`,
  "calls inside of an expression": `
fn down(n: i64) -> i64:
    return ((n * 3i64 + down(n + 1) % 7i64) * (n - down(n + 2)) + (n * 5i64 - (n + down(n + 3)))) % 1000i64
`,
  "texts and arrays": `
fn down(n: i64) -> i64:
    s = n as string
    a = [s, s + "x"]
    t = s + a[0]
    r = down(n + 1)
    return r + ((len(s) + len(a) + len(t)) as i64)
`,
  "two functions of different size": `
${alive(30, "i64").replace("down(n + 1)", "small(n + 1)")}
fn small(n: i64) -> i64:
    return down(n + 1) * 3i64 % 1000i64
`,
  "a function value": `
mut again = fn(n: i64) -> i64: n
fn down(n: i64) -> i64:
    return again(n + 1) + 1
again = fn(n: i64) -> i64:
    mut k = n * 3
    k += down(n + 1)
    return k % 1000
`,
  "a handler in each frame": `
fn down(n: i64) -> i64:
    mut r = n
    try:
        r = down(n + 1) % 1000i64
    catch e:
        throw_again(e, n)
    return r + 1
fn throw_again(e, n: i64):
    if n < 3:
        print("back at", n, e)
    a = [1i64]
    print(a[n + 5])
`,
  "an array of arrays through a method": `
struct Node:
    name: string
    below: [Node]
impl Node:
    fn sum(self, n: i64) -> i64:
        mut total = n
        for child in self.below:
            total += child.sum(n + 1) % 1000i64
        return total
fn down(n: i64) -> i64:
    node = Node{ name: "a", below: [] }
    push(node.below, node)
    push(node.below, node)
    return node.sum(n)
`,
};
/** Recursion without an end, caught; then again, uncaught. */
const programOf = (shape: string): Compiled => {
  const first = shape.includes("fn start(") ? "start" : "down";
  return program(`${shape}
try:
    print(${first}(0))
catch e:
    print("caught")
print("before")
print(${first}(0))
print("never")
`);
};
function expectOverflow(seen: Seen, what: string): void {
  expect([seen.fault, seen.exit, seen.error?.split(" ")[1]]).toEqual([undefined, 70, what]);
  expect(seen.out.replace(/^back at .*\n/gm, "")).toBe("caught\nbefore\n");
}
const programs = Object.entries(SHAPES).map(([name, shape]) => {
  // Where every frame throws again, what leaves the outermost one is that error.
  const what = name === "a handler in each frame" ? "E0002" : "E0008";
  return { name, what, p: programOf(shape) };
});

test.each(programs)("under our host: $name", ({ p, what }) => expectOverflow(tiers.aot(p), what));

test("a function is not limited by others with larger frames", () => {
  const p = program(`${alive(120, "i64")}
fn small(n: i32) -> i32:
    if n == 0: return 0
    return 1 + small(n - 1)
try: print(down(0))
catch e: print("caught")
print(small(9999))
`);
  expect(tiers.aot(p)).toEqual({ out: "caught\n9999\n", exit: 0, error: null });
});

withWasmtime((wasmtime) => {
  test.each(programs)("$name", async ({ p, what }) => {
    expectOverflow(seenOfBuilt(await underWasmtime(build(p, binaryen), wasmtime(), p)), what);
  });
});
