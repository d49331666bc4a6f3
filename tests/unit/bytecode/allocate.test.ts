/** Register allocation where registers are scarce: what no operand can name is spilled, and everything still adds up. */
import { describe, expect, test } from "@jest/globals";
import { Heap } from "../../../compiler/bytecode/heap.js";
import { chunkOf, compileText, lines, ops, output, printed } from "./helper.js";

const repeat = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join("");

/** `n` numbers and `n` texts that are alive through loops and calls. */
function crowded(n: number): string {
  return `fn six(a: i32, s: string, b: i64, t: string, c: f64, d: u32) -> i64:
    return (a as i64) + b + (c as i64) + (d as i64) + (1i64 if s == t else 0)
fn f(a: i32, s: string) -> i64:
${repeat(n, (i) => `    mut v${i}: i32 = a + ${i}\n    mut s${i} = "x${i}" if a > ${i} else s\n`)}    mut sum: i64 = 0
    for i in 0..5:
        for j in 1..=3:
            v${n - 1} += i * j
            sum += six(v4, s4, sum, s0, i as f64, j as u32)
    for i in 10..0..-3: sum += i as i64
    mut k = 0
    while k < 3:
        k += 1
        if k == 2: continue
        sum += six(k, s, 1, s${n - 1}, 0.0, 0)
${repeat(n, (i) => `    sum += v${i} as i64\n    if s${i} == s: sum += 1\n`)}    return sum
print(f(3, "x2"))
`;
}
/** The same sum in JavaScript. */
function expected(n: number): number {
  const v = Array.from({ length: n }, (_, i) => 3 + i);
  const s = Array.from({ length: n }, (_, i) => (3 > i ? `x${i}` : "x2"));
  let sum = 0;
  const six = (a: number, p: string, b: number, q: string, c: number, d: number): number =>
    a + b + c + d + (p === q ? 1 : 0);
  for (let i = 0; i < 5; i++)
    for (let j = 1; j <= 3; j++) {
      v[n - 1]! += i * j;
      sum += six(v[4]!, s[4]!, sum, s[0]!, i, j);
    }
  for (let i = 10; i > 0; i -= 3) sum += i;
  for (const k of [1, 3]) sum += six(k, "x2", 1, s[n - 1]!, 0, 0);
  for (let i = 0; i < n; i++) sum += v[i]! + (s[i] === "x2" ? 1 : 0);
  return sum;
}

describe("crowded functions", () => {
  test.each([5, 60, 110, 115, 118, 120, 121, 122, 123, 124, 126, 128, 130, 200, 400])("%i numbers and texts", (n) => {
    const chunk = chunkOf(crowded(n));
    expect(output(chunk)).toBe(`${expected(n)}\n`);
    const spills = ops(crowded(n), "f").filter((o) => o.endsWith("SPILL"));
    expect(spills.length > 0).toBe(n >= 128 || chunk.functions[2]!.window > 256);
  });
  test("only references, only scalars", () => {
    const texts = `${repeat(400, (i) => `mut s${i} = "${i}"\n`)}${repeat(400, (i) => `s${i} = s${(i + 1) % 400}\n`)}print(s0, s399)\n`;
    expect(printed(texts)).toBe("1 1\n");
    const numbers = `${repeat(400, (i) => `mut n${i} = ${i}\n`)}${repeat(400, (i) => `n${i} += n${(i + 7) % 400}\n`)}print(n0, n399)\n`;
    // n6 has grown when the last one adds it.
    expect(printed(numbers)).toBe("7 418\n");
  });
  test("200 nested loops", () => {
    const loops = repeat(190, (i) => `${" ".repeat(i + 1)}for i${i} in 0..2:\n`);
    const text = `fn f(a: i32) -> i32:\n mut n = 0\n${repeat(150, (i) => ` mut k${i} = a + ${i}\n`)}${loops}${" ".repeat(191)}n += i0 + i189 + 1\n${" ".repeat(191)}if n > 100: return n\n${repeat(150, (i) => ` n += k${i}\n`)} return n\nprint(f(1))\n`;
    // 1 and 2 in turn.
    expect(printed(text)).toBe("102\n");
  });
  test("hot registers stay where operands can name them", () => {
    const text = `fn f(a: i32) -> i32:\n${repeat(300, (i) => `    mut v${i} = a * ${i}\n`)}    mut s = 0\n    for i in 0..a:\n        s += i * v7\n${repeat(300, (i) => `    s += v${i}\n`)}    return s\nprint(f(2))\n`;
    const list = lines(chunkOf(text), "f");
    const from = list.findIndex((l) => l.startsWith("LOOP"));
    const to = list.findIndex((l) => l.startsWith("FOR_LT"));
    expect(list.slice(from, to).filter((l) => l.includes("SPILL"))).toEqual([]);
    expect(printed(text)).toBe(`${2 * 44850 + 2 * 7}\n`);
  });
});

describe("limits", () => {
  const wide = (n: number): string =>
    `fn f(${Array.from({ length: n }, (_, i) => `p${i}: i32`).join(", ")}) -> i32: p0 * 1000 + p${n - 1}\nprint(f(${Array.from({ length: n }, (_, i) => i + 1).join(", ")}))\n`;
  test("200 parameters; the next one is not supported", () => {
    expect(printed(wide(200))).toBe("1200\n");
    const { chunk, diagnostics } = compileText(wide(201));
    expect([chunk, diagnostics.map((d) => d.code)]).toEqual([null, ["E1099"]]);
  });
  test("more module variables than registers", () => {
    const chunk = chunkOf(
      `${repeat(70_000, (i) => `mut v${i} = ${i}\n`)}v69999 += v3 + v65540\nv3 = 0\nprint(v69999)\n`,
    );
    expect(output(chunk)).toBe(`${69999 + 3 + 65540}\n`);
  });
  test("more values at once than registers", () => {
    const text = `fn f(a: i32):\n    print(${Array.from({ length: 66_000 }, (_, i) => `a + ${i}`).join(", ")})\nf(1)\n`;
    const { chunk, diagnostics } = compileText(text);
    expect([chunk, diagnostics.map((d) => d.code)]).toEqual([null, ["E1099"]]);
  });
  test("deep recursion with many arguments goes from chunk to chunk", () => {
    const names = Array.from({ length: 60 }, (_, i) => `p${i}`);
    const text = `fn f(n: i32, ${names.map((p) => `${p}: i64`).join(", ")}) -> i64:\n    if n == 0: return ${names.join(" + ")}\n    return f(n - 1, ${names.map((p) => `${p} + 1`).join(", ")}) + 1\nprint(f(3000, ${names.map((_, i) => i).join(", ")}))\n`;
    expect(printed(text)).toBe(`${60 * 3000 + (59 * 60) / 2 + 3000}\n`);
  });
});

test("the heap gives the least first", () => {
  const heap = new Heap<number>((a, b) => a < b);
  const items = Array.from({ length: 200 }, (_, i) => (i * 7919) % 211);
  for (const item of items) heap.push(item);
  const sorted: number[] = [];
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) sorted.push(item);
  expect(sorted).toEqual([...items].sort((a, b) => a - b));
  expect(heap.peek()).toBeUndefined();
});
