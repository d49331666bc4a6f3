/**
 * What random programs found, reduced, each with the reason: the same in every tier from now on.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { expect, test } from "@jest/globals";
import { binaryen } from "../support/binaryen.js";
import { Tiers } from "../support/tiers.js";
import { differences } from "./property.js";

const FOUND: Readonly<Record<string, string>> = {
  // Loads built through Binaryen's interface count as signed ones, and its optimiser joined them with the extension.
  "a u32 above 2^31 is read from memory as 64 bits": `
mut g: u32 = 2147483648
fn f():
    g += 1
f()
print(g as string, g as u64, g as i64)
for i in 0..3:
    s: string = (g as string)
    mut w: u32 = 0
    while w < 7:
        w += 1
        g = g * 3 + w
    print(s)
`,
  // Joining the part of a rope with a rope that has a short part itself forgot the first of them as a root.
  "ropes joined with ropes": `
mut s = "b"
for i in 0..16:
    s = (s + (s + s if len(s) <= 750 else "-"))
print(len(s), s)
fn both(a: string, b: string) -> string:
    return a + b
mut t = "c"
for i in 0..60:
    t = both(both(s, t), both(t, s)) if len(t) < 3000 else both(s + "d", i as string)
    print(len(t), t == s + t, t[len(t) - 1])
`,
  // The checker and the code generator took `*=` for a multiplication whatever stood beside it.
  "an array repeated in place": `
mut a = [7]
fn grown(k: u64):
    a *= k
    return len(a)
mut b = [[1], [7, 8, 9]]
for i in 0..4:
    mut c = [i]
    c *= i
    b[1] *= 2
    print(len(c), grown(2), b)
try:
    a *= len(b) - 3
catch e:
    print(e)
`,
};

const tiers = new Tiers(binaryen);
test.each(Object.entries(FOUND))("%s", (_, text) => expect(differences(text, tiers, 1)).toEqual([]));
