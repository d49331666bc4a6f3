/**
 * `--max-heap` and the end of memory: `Out of memory` at the operation that asked, in every tier, with the output before it;
 * garbage below the limit never ends a program, and memory stays below the limit plus a constant.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { describe, expect, test } from "@jest/globals";
import { build, underWasmtime } from "../conformance/built.js";
import { binaryen } from "../support/binaryen.js";
import { inEngine, type Limits, program, type Seen, seenOfBuilt, Tiers } from "../support/tiers.js";
import { withWasmtime } from "../support/wasmtime.js";

const tiers = new Tiers(binaryen);
const pick = (n: number): number => Math.floor(n / 3);
const M = 2 ** 20;
/** What a run has besides its heap: the program, windows, shadow stack, buffers. */
const BESIDES = 3 * M;

/** Two hundred bytes: joins of it are beyond what is copied, and its ropes pay. */
const PIECE = "0123456789".repeat(20);

interface Case {
  /** `LINE:COLUMN CODE` of the error; any column where one line has several operations that may ask for the last bytes. */
  readonly at: RegExp;
  /** Of the output, what comes at its end. */
  readonly ends?: RegExp;
  readonly text: string;
}
const ENDING: Record<string, Case> = {
  "a join that doubles, flattened by an index": {
    at: /^5:16 E0009$/,
    text: `mut s = "0123456789abcdef"
mut n = 0
while true:
    s = s + s
    n += len(s[n])
    print(len(s))
`,
  },
  "`+=` in a loop": {
    at: /^5:7 E0009$/,
    text: `mut s = "0123456789abcdef"
mut n = 0
while true:
    n += 1
    s += "${PIECE}"
    if n % 100 == 0: print(n)
`,
  },
  "a rope that leans to the left, in a function": {
    at: /^5:\d+ E0009$/,
    text: `fn grow(piece: string) -> i32:
    mut s = piece
    mut n = 0
    while n < 10000000:
        s = s + (n as string) + piece
        n += 1
        if n % 1000 == 0: print(n)
    return len(s)
print(grow("${PIECE}"))
`,
  },
  "a rope that leans to the right": {
    at: /^4:\d+ E0009$/,
    text: `mut s = ""
mut n = 0
while true:
    s = ("${PIECE}" + (n as string)) + s
    n += 1
    if n % 1000 == 0: print(n)
`,
  },
  "a rope that is printed": {
    at: /^6:\d+ E0009$/,
    ends: /^before\n$/,
    text: `mut s = "${PIECE}"
for i in 0..17:
    s = s + s + "x"

print("before")
print(s)
`,
  },
  "ropes that are compared": {
    at: /^10:10 E0009$/,
    ends: /^before\n$/,
    text: `fn made(last: string) -> string:
    mut s = "${PIECE}"
    for i in 0..17:
        s = s + s + "x"
    return s + last

a = made("a")
b = made("b")
print("before")
print((a == b) or (a != b))
`,
  },
  "ropes that are ordered": {
    at: /^10:9 E0009$/,
    ends: /^before\n$/,
    text: `fn made(last: string) -> string:
    mut s = "${PIECE}"
    for i in 0..17:
        s = s + s + "x"
    return s + last

a = made("a")
b = made("b")
print("before")
print(a < b)
`,
  },
  "numbers as strings, kept by frames": {
    at: /^4:\d+ E0009$/,
    text: `fn deep(n: i32) -> i32:
    if n % 20 == 0: print(n)
    a = "${PIECE.repeat(40)}"
    b = a + (n as string) + a + (n as string)
    k = deep(n + 1)
    return k + len(b[k])
print(deep(0))
`,
  },
};

/** Thirty strings that are alive across a call of itself. */
const THIRTY = ((): Case => {
  const names = Array.from({ length: 30 }, (_, i) => `s${i}`);
  const lines = [
    "fn deep(n: i32, piece: string) -> i32:",
    "    print(n)",
    ...names.map((name, i) => `    ${name} = piece + (n + ${i} as string) + piece`),
    "    below = deep(n + 1, piece)",
    `    return below + ${names.map((name) => `len(${name})`).join(" + ")}`,
    `print(deep(0, "${PIECE}"))`,
    "",
  ];
  return { at: /^([3-9]|[12]\d|3[0-2]):\d+ E0009$/, text: lines.join("\n") };
})();

ENDING["functions with thirty strings alive"] = THIRTY;

/** What every tier does. */
function everywhere(text: string, limits: Limits): { readonly name: string; readonly seen: Seen }[] {
  const p = program(text);
  return [
    { name: "interp", seen: tiers.interp(p, limits) },
    ...[1, 5].map((threshold) => ({ name: `jit ${threshold}`, seen: tiers.jit(p, threshold, limits) })),
    { name: "aot", seen: tiers.aot(p, limits) },
    ...tiers.forced(p, 3, pick, limits),
  ];
}

/**
 * The error and the output before it. Tiers keep dead values for different times, so a few rounds more or less may fit
 * where what is kept grows in small steps.
 */
function expectEnd({ at, ends, text }: Case, limits: Limits): void {
  const p = everywhere(text, limits);
  const longest = p.map(({ seen }) => seen.out).reduce((a, b) => (a.length >= b.length ? a : b));
  for (const { name, seen } of p) {
    expect({ name, ...seen }).toEqual({ name, exit: 70, error: expect.stringMatching(at), out: expect.any(String) });
    if (ends) expect(seen.out).toMatch(ends);
    expect(longest.startsWith(seen.out)).toBe(true);
    expect([name, seen.out.length > 0.8 * longest.length]).toEqual([name, true]);
  }
}

describe.each(Object.entries(ENDING))("%s", (_, ending) => {
  test.each([4, 16])("within %d MB", (size) => expectEnd(ending, { maxHeap: size * M }));
  test("within 1 MB, with a collection at every allocation", () => expectEnd(ending, { maxHeap: M, hostile: true }));
});

const FLAT_GARBAGE = `fn made(n: i32, piece: string) -> string:
    return piece + (n as string) + piece

mut total = 0
mut kept = ""
for i in 0..60000:
    s = made(i, "${PIECE}")
    if i % 1000 == 0: kept += s
    t = s + s + s
    total += len(t) + (1 if t[i % 1000] == "7" else 0)
print(total, len(kept))
`;
test("garbage below the limit ends no program", () => {
  for (const { name, seen } of everywhere(FLAT_GARBAGE, { maxHeap: 2 * M }))
    expect({ name, ...seen }).toMatchObject({ name, exit: 0, error: null });
});

test("memory that is full of what is alive is not collected over and over", () => {
  for (const [name, { text }] of Object.entries(ENDING)) {
    const { run } = inEngine(program(text), { engine: "interp", maxHeap: 16 * M }, null);
    expect([name, run.stats().collections < 150]).toEqual([name, true]);
  }
});

describe("memory stays below the limit and a constant", () => {
  const cases = Object.entries({ ...ENDING, garbage: { text: FLAT_GARBAGE } });
  test.each(cases)("%s", (_, { text }) => {
    for (const maxHeap of [2 * M, 24 * M]) {
      const p = program(text);
      for (const engine of ["interp", "jit"] as const) {
        const { run } = inEngine(p, { engine, threshold: 1, maxHeap }, engine === "jit" ? tiers.compiler : null);
        expect(run.engine.memoryBytes()).toBeLessThan(maxHeap + BESIDES);
      }
      expect(memoryOf(build(p, binaryen, { maxHeap }))).toBeLessThan(maxHeap + BESIDES);
    }
  });
});
/** Bytes of a built module's memory after its end. */
function memoryOf(wasm: Uint8Array): number {
  class Ended extends Error {}
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
    wasi_snapshot_preview1: {
      // The rest is for errors: it is enough that nothing complains.
      fd_write: (_fd: number, iovs: number, _count: number, written: number) => {
        const view = new DataView(memory.buffer);
        view.setUint32(written, view.getUint32(iovs + 4, true), true);
        return 0;
      },
      fd_fdstat_get: () => 0,
      clock_time_get: () => 0,
      proc_exit: () => {
        throw new Ended();
      },
    },
  });
  const memory = exports.memory as WebAssembly.Memory;
  try {
    (exports._start as () => void)();
  } catch (e) {
    if (!(e instanceof Ended)) throw e;
  }
  return memory.buffer.byteLength;
}

test("a limit of 4 GB and more is none of its own", () => {
  const p = program(`print("a" + (1 as string))\n`);
  for (const maxHeap of [2 ** 32 - 1, 2 ** 32, 2 ** 32 + M, 2 ** 40]) {
    for (const seen of [tiers.interp(p, { maxHeap }), tiers.aot(p, { maxHeap })])
      expect(seen).toEqual({ out: "a1\n", exit: 0, error: null });
  }
});

test("the trace of an error in an inlined function", () => {
  const p = program(`fn add(s: string, t: string) -> string:
    return s + t
fn grow(piece: string) -> i32:
    mut s = piece
    while true:
        s = add(s, s)
        if s[len(s) - 1] == "x": break
    return len(s)
print(grow("${PIECE}"))
`);
  const expected = inEngine(p, { engine: "interp", maxHeap: M }, null).run.error;
  expect(expected).toMatchObject({ diagnostic: { code: "E0009" } });
  for (const threshold of [1, 3])
    expect(inEngine(p, { engine: "jit", threshold, maxHeap: M }, tiers.compiler).run.error).toEqual(expected);
});

describe("lengths beyond 2^31 - 1", () => {
  const FLAT = `mut s = "0123456789abcdef"
while true:
    s = s + s
    if len(s) > 100000000: print(len(s))
`;
  const ROPES = `fn join(s: string, t: string) -> string:
    return s + t
mut s = "${PIECE}"
for i in 0..23:
    s = join("(" + s, s)
print(len(s))
s = join(s, s)
print("never")
`;
  const cases: [string, string, string, string][] = [
    ["a text", FLAT, "3:11 E0009", "134217728\n268435456\n536870912\n1073741824\n"],
    ["ropes", ROPES, "2:14 E0009", "1686110207\n"],
  ];
  test.each(cases)("%s: out of memory in interp, jit and aot", (_, text, error, out) => {
    const p = program(text);
    for (const seen of [tiers.interp(p), tiers.jit(p), tiers.aot(p)]) expect(seen).toEqual({ exit: 70, error, out });
  });
  test("ropes, after forced exits and with a collection at every allocation", () => {
    for (const limits of [{}, { hostile: true }])
      for (const { name, seen } of everywhere(ROPES, limits))
        expect({ name, ...seen }).toEqual({ name, exit: 70, error: "2:14 E0009", out: "1686110207\n" });
  });

  withWasmtime((wasmtime) => {
    const run = async (text: string, limits: Limits): Promise<Seen> =>
      seenOfBuilt(await underWasmtime(build(program(text), binaryen, limits), wasmtime(), program(text)));
    test.each(cases)("%s", async (_, text, error, out) => {
      expect(await run(text, {})).toEqual({ exit: 70, error, out });
    });
    test.each(Object.entries(ENDING))("%s, within 4 MB", async (_, { at, text }) => {
      const seen = await run(text, { maxHeap: 4 * M });
      expect(seen).toEqual({ exit: 70, error: expect.stringMatching(at), out: expect.any(String) });
    });
  });
});
