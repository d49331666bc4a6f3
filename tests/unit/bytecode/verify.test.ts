/** The verifier takes everything that lowering makes, and nothing that was tampered with in a way that matters. */
import { describe, expect, test } from "@jest/globals";
import type { Chunk, Proto } from "../../../compiler/bytecode/chunk.js";
import { encode } from "../../../compiler/bytecode/encode.js";
import { ALL_OPS, OP, OP_LIST, type OpName, opAt } from "../../../compiler/bytecode/ops.js";
import { verify } from "../../../compiler/bytecode/verify.js";
import { chunkOf, instructions, programs } from "./helper.js";

test("every program that compiles is sound", () => {
  for (const { name, chunk } of programs()) expect([name, verify(chunk)]).toEqual([name, null]);
});

const TEXT = `mut bank = 1
fn f(a: i32, s: string, x: f64, w: i64) -> i64:
    mut t = w
    mut u = "a"
    for i in 0..a:
        t += i as i64
        if t > 100: u = s
        bank += 1
    for i in a..0..-1: print("@x @.3", i, x)
    return t if u == s else 1 + f(a - 1, u, -x, t / 3)
print(f(3, "b", 0.5, 5000000000))
`;
const base = chunkOf(TEXT);

/** The chunk with words of its code replaced, from an address on. */
function patched(pc: number, words: readonly number[]): Chunk {
  const code = base.code.slice();
  code.set(words, pc);
  return { ...base, code };
}
/** The first instruction with this name. */
function find(name: OpName, fn = "f"): number {
  return instructions(base, fn).find((i) => i.op.name === name)!.pc;
}
const withProto = (i: number, change: Partial<Proto>): Chunk => ({
  ...base,
  functions: base.functions.map((f, k) => (k === i ? { ...f, ...change } : f)),
});
const reason = (chunk: Chunk): string => verify(chunk) ?? "accepted";

describe("tables", () => {
  test.each<[string, Partial<Chunk>]>([
    ["no file", { files: [] }],
    ["no function", { functions: [] }],
    ["code that belongs to no function", { code: new Uint32Array([...base.code, OP.RETURN_VOID]) }],
    ["constant 0", { constants: [{ type: "i32", value: 1.5 }, ...base.constants.slice(1)] }],
    ["constant 0", { constants: [{ type: "u64", value: -1n }, ...base.constants.slice(1)] }],
    ["constant 0", { constants: [{ type: "bool", value: 2 }, ...base.constants.slice(1)] }],
    ["module variable 0", { globals: [{ name: "x", type: "i8" as never }] }],
    ["loop 0", { loops: base.loops.slice().reverse() }],
    ["loop 0", { loops: base.loops.map((l) => ({ ...l, fn: 0 })) }],
    ["loop 0", { loops: base.loops.map((l) => ({ ...l, end: l.pc })) }],
    ["loop 0", { loops: base.loops.map((l) => ({ ...l, parent: 0 })) }],
    ["loop 0", { loops: base.loops.map((l) => ({ ...l, offset: 10_000 })) }],
    ["not its loop", { loops: [] }],
    ["no line", { lines: base.lines.slice(1) }],
    ["line row", { lines: base.lines.slice().reverse() }],
    ["line row", { lines: base.lines.map((l) => ({ ...l, line: 0 })) }],
    ["span row", { spans: base.spans.slice().reverse() }],
    ["span row", { spans: base.spans.map((s) => ({ ...s, end: s.start - 1 })) }],
    ["span row", { spans: base.spans.map((s) => ({ ...s, start: 10_000, end: 10_000 })) }],
    ["has no place", { spans: base.spans.slice(1) }],
  ])("%s", (text, change) => expect(reason({ ...base, ...change })).toContain(text));

  test.each<[string, number, Partial<Proto>]>([
    ["function 0 has parameters", 0, { result: "i32" }],
    ["its code's place", 1, { codeStart: 0 }],
    ["its code's place", 0, { codeEnd: base.functions[0]!.codeEnd + 1 }],
    ["window", 1, { window: 70_000 }],
    ["window", 1, { window: 3 }],
    ["a register beyond the window", 1, { window: 5 }],
    ["reference parameters", 1, { refParams: 2 }],
    ["references", 1, { otherRefs: 1000 }],
    ["references", 1, { otherRefsStart: 0 }],
    ["an argument is missing", 1, { params: ["i32", "i32", "f64", "i64"], refParams: 0 }],
    ["types", 1, { params: ["i32", "ref", "f64", "thing" as never] }],
    ["name or file", 1, { file: 1 }],
    ["place in the source", 1, { offset: -1 }],
  ])("%s (function %i)", (text, i, change) => {
    expect(reason(withProto(i, change))).toContain(text);
  });
});

describe("code", () => {
  const loop = find("LOOP");
  const step = find("FOR_LT_I32");
  const call = find("CALL");
  test.each<[string, Chunk]>([
    ["unknown opcode", patched(0, [0xff])],
    ["unused bits are set", patched(base.functions[0]!.codeEnd - 1, [OP.RETURN_VOID | 0x100])],
    ["a profile cell that is not empty", patched(loop + 3, [1])],
    ["loop 0", patched(loop, [OP.LOOP | (1 << 8)])],
    ["no such constant", patched(find("LOAD_K") + 1, [1000])],
    ["no such module variable", patched(find("LOAD_GLOBAL") + 1, [1000])],
    ["no such function", patched(call + 1, [9])],
    ["a jump to nowhere", patched(step + 1, [loop + 1 - (step + 1)])],
    ["a jump to nowhere", patched(step + 1, [100_000])],
    ["something else than a LOOP", patched(step + 1, [loop + 6 - (step + 1)])],
    ["the end of the function is reached", patched(base.functions[1]!.codeEnd - 1, encode("NOT", [0, 0]))],
    ["a register beyond the window", patched(find("ADD_I64"), encode("ADD_I64", [200, 0, 0]))],
    ["a register without such a value", patched(find("ADD_I64"), encode("ADD_F64", [2, 1, 1]))],
    ["a window inside this one", patched(call, encode("CALL", [1, 4, 1]))],
    ["arguments beyond the window", patched(call, encode("CALL", [1, callOut() + 1, 1]))],
    ["a result in the callee's window", patched(call, encode("CALL", [base.functions[1]!.window - 1, callOut(), 1]))],
    ["result", patched(base.functions[1]!.codeEnd - 1, encode("RETURN_VOID", []))],
    ["radix", patched(find("PRINT_RADIX"), encode("PRINT_RADIX", [lastRegister("PRINT_RADIX"), 10]))],
    ["decimals", patched(find("PRINT_FIXED") + 1, [-1 >>> 0])],
    ["no text", patched(find("PRINT_TEXT") + 1, [base.constants.findIndex((c) => c.type !== "ref")])],
    [
      "a number in a place for references",
      patched(find("ADD_I64"), encode("ADD_I64", [0, lastOf("ADD_I64"), lastOf("ADD_I64")])),
    ],
  ])("%s", (text, chunk) => expect(reason(chunk)).toContain(text));

  function callOut(): number {
    return base.code[call]! >>> 16;
  }
  function lastRegister(name: OpName): number {
    return (base.code[find(name)]! >>> 8) & 0xff;
  }
  function lastOf(name: OpName): number {
    return base.code[find(name)]! >>> 24;
  }
});

describe("every instruction, tampered with", () => {
  test("another opcode of the same length: the same classes of values, or refused", () => {
    let refused = 0;
    let accepted = 0;
    for (const fn of ["main", "f"]) {
      for (const { pc, op } of instructions(base, fn)) {
        for (const other of ALL_OPS) {
          if (other.size !== op.size || other === op) continue;
          const words = [((base.code[pc]! & ~0xff) | other.code) >>> 0];
          if (verify(patched(pc, words)) === null) accepted++;
          else refused++;
        }
      }
    }
    // Most ops differ in operands or types. What is accepted is, for instance, a SUB in place of an ADD.
    expect(refused).toBeGreaterThan(10 * accepted);
  });
  test("any register: a value of the same class, or refused", () => {
    for (const { pc, op } of instructions(base, "f")) {
      op.list.forEach((o, k) => {
        if (o.role !== "use" || o.type === "any" || !["a", "b", "c"].includes(o.field)) return;
        // A register above the window is never right.
        const shift = { a: 8, b: 16, c: 24 }[o.field as "a" | "b" | "c"];
        const word = ((base.code[pc]! & ~(0xff << shift)) | (255 << shift)) >>> 0;
        expect([op.name, k, verify(patched(pc, [word]))]).not.toEqual([op.name, k, null]);
      });
    }
  });
  test("no place", () => {
    for (const row of base.spans) {
      const op = opAt(base.code, row.pc)!;
      if (!("effects" in op) || !op.effects!.includes("throws")) continue;
      expect(reason({ ...base, spans: base.spans.filter((r) => r !== row) })).toContain("has no place");
    }
  });
});

describe("values on all ways", () => {
  /** One function of hand-made code. */
  const made = (window: number, refs: number, ...list: readonly [OpName, ...number[]][]): string => {
    const words = list.flatMap(([name, ...values]) => encode(name, values));
    const main = {
      ...base.functions[0]!,
      codeStart: 0,
      codeEnd: words.length,
      window,
      otherRefs: refs,
      otherRefsStart: 0,
    };
    const loops: Chunk["loops"][number][] = [];
    const spans: Chunk["spans"][number][] = [];
    let pc = 0;
    for (const [name] of list) {
      if (name === "LOOP") loops.push({ fn: 0, pc, end: words.length, parent: -1, offset: 0 });
      spans.push({ pc, start: 0, end: 0, operands: [] });
      pc += OP_LIST[OP[name]]!.size;
    }
    return reason({
      ...base,
      functions: [main],
      code: Uint32Array.from(words),
      loops,
      spans,
      lines: [{ pc: 0, line: 1 }],
    });
  };
  test("a register that only one way writes", () => {
    expect(
      made(2, 0, ["LOAD_IMM_I32", 0, 1], ["JUMP_IF", 0, 2], ["LOAD_IMM_I32", 1, 1], ["PRINT_I32", 1], ["RETURN_VOID"]),
    ).toContain("a register without such a value");
    expect(
      made(
        2,
        0,
        ["LOAD_IMM_I32", 0, 1],
        ["LOAD_IMM_I32", 1, 1],
        ["JUMP_IF", 0, 2],
        ["LOAD_IMM_I32", 1, 1],
        ["PRINT_I32", 1],
        ["RETURN_VOID"],
      ),
    ).toBe("accepted");
  });
  test("a register that a loop's body gives another type", () => {
    const round = (last: [OpName, ...number[]]): string =>
      made(
        3,
        0,
        ["LOAD_IMM_I32", 0, 1],
        ["LOAD_IMM_I32", 1, 9],
        ["LOAD_IMM_I32", 2, 0],
        ["LOOP", 0],
        ["PRINT_I32", 2],
        last,
        ["FOR_LT_I32", 0, 1, -9],
        ["RETURN_VOID"],
      );
    expect(round(["LOAD_IMM_I32", 2, 5])).toBe("accepted");
    expect(round(["LOAD_IMM_I64", 2, 5])).toContain("a register without such a value");
  });
  test("a loop that charges nothing", () => {
    expect(made(1, 0, ["JUMP", -1])).toContain("something else than a LOOP");
    expect(made(1, 0, ["LOAD_IMM_I32", 0, 1], ["JUMP_IF", 0, -2], ["RETURN_VOID"])).toContain(
      "something else than a LOOP",
    );
  });
  test("references live in their range, or on their way to a call", () => {
    const text = base.constants.findIndex((c) => c.type === "ref");
    expect(made(1, 1, ["LOAD_K", 0, text], ["PRINT_STRING", 0], ["RETURN_VOID"])).toBe("accepted");
    expect(made(1, 1, ["LOAD_IMM_I32", 0, 1], ["RETURN_VOID"])).toContain("a number in a place for references");
    expect(made(1, 1, ["PRINT_STRING", 0], ["RETURN_VOID"])).toContain("a register without such a value");
    // Outside, a reference does not survive a safepoint.
    expect(made(2, 1, ["LOAD_K", 1, text], ["PRINT_STRING", 1], ["RETURN_VOID"])).toBe("accepted");
    expect(made(2, 1, ["LOAD_K", 1, text], ["LOOP", 0], ["PRINT_STRING", 1], ["RETURN_VOID"])).toContain(
      "a register without such a value",
    );
  });
  test("nothing in a callee's window survives the call", () => {
    expect(
      made(6, 0, ["LOAD_IMM_I32", 0, 1], ["LOAD_IMM_I32", 4, 1], ["CALL", 3, 3, 0], ["PRINT_I32", 0], ["RETURN_VOID"]),
    ).toBe("accepted");
    expect(
      made(6, 0, ["LOAD_IMM_I32", 0, 1], ["LOAD_IMM_I32", 4, 1], ["CALL", 3, 3, 0], ["PRINT_I32", 4], ["RETURN_VOID"]),
    ).toContain("a register without such a value");
    // What a call without a result is said to write means nothing.
    expect(made(6, 0, ["LOAD_IMM_I32", 0, 1], ["CALL", 0, 3, 0], ["PRINT_I32", 0], ["RETURN_VOID"])).toContain(
      "a register without such a value",
    );
  });
});

test("much code: linear", () => {
  const big = chunkOf(
    `mut a = 1\n${Array.from({ length: 4000 }, (_, i) => `mut v${i} = a + ${i}\nwhile v${i} < 3: v${i} += 1\n`).join("")}print(a)\na = 2\n`,
  );
  const t0 = performance.now();
  expect(verify(big)).toBeNull();
  expect(performance.now() - t0).toBeLessThan(5000);
});
