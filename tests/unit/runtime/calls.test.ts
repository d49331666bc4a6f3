/**
 * Calls: arguments and results, the depth that is allowed, register chunks as small as one window, traces, references
 * cleared on entry, no memory for a further chunk.
 */
import { describe, expect, test } from "@jest/globals";
import { RUN, TRACE_EDGE } from "../../../compiler/layout/vm.js";
import {
  type Fn,
  f64,
  i32,
  type Line,
  Machine,
  type MachineOptions,
  outOf,
  passOneLess,
  text,
} from "./support/machine.js";

/** `walk(n)` calls itself n times, with `registers` of its own; main prints what it answers. */
function walker(n: number, registers = 8): Fn[] {
  const out = outOf(registers);
  return [
    {
      name: "main",
      code: [
        ["LOAD_K", outOf(8), i32(n)],
        ["CALL", 3, outOf(8), "walk"],
        ["PRINT_I32", 3],
        ["PRINT_END"],
        ["RETURN_VOID"],
      ],
    },
    {
      name: "walk",
      params: ["i32"],
      result: "i32",
      registers,
      code: [
        ["JUMP_LE_I32_IMM", 0, 0, "out"],
        ...passOneLess(registers),
        ["CALL", 1, out, "walk"],
        ["ADD_I32_IMM", 1, 1, 1],
        ["RETURN", 1],
        "out:",
        ["RETURN", 0],
      ],
    },
  ];
}
const run = (fns: readonly Fn[], options: MachineOptions = {}): Machine => {
  const machine = new Machine(fns, options);
  machine.run();
  return machine;
};

test("arguments, a result of 8 bytes, results that lie anywhere", () => {
  const machine = run([
    {
      name: "main",
      registers: 200,
      code: [
        ["LOAD_K", outOf(200), text("left")],
        ["LOAD_K", outOf(200) + 1, f64(0.1)],
        ["LOAD_K", outOf(200) + 2, i32(7)],
        ["CALL", 199, outOf(200), "pick"],
        ["PRINT_F64", 199],
        ["PRINT_END"],
        ["CALL", 199, outOf(200), "nothing"],
        ["PRINT_F64", 199],
        ["RETURN_VOID"],
      ],
    },
    {
      name: "pick",
      params: ["f64", "ref", "i32"],
      result: "f64",
      code: [
        ["PRINT_STRING", 0],
        ["PRINT_I32", 2],
        ["RETURN", 1],
      ],
    },
    { name: "nothing", code: [["LOAD_IMM_I64", 0, -1], ["RETURN_VOID"]] },
  ]);
  expect(machine.out).toBe("left70.1\n0.1");
  expect(machine.charged).toBe(2);
});

describe("depth", () => {
  test("10,000 calls below one from module level, not 10,001", () => {
    const fine = run(walker(10_000));
    expect([fine.out, fine.charged]).toEqual(["10000\n", 10_001]);
    const deep = run(walker(10_001));
    expect(deep.out).toBe("");
    const { trace, ...error } = deep.error;
    expect(error).toEqual({ code: 8, at: "walk+3 CALL", count: 10_001 });
    expect(trace).toEqual([...new Array<string>(2 * TRACE_EDGE - 1).fill("walk+3 CALL"), "main+1 CALL"]);
    // The call that was not made is not charged.
    expect(deep.charged).toBe(10_001);
  });
  test("the overflow comes before the charge", () => {
    const machine = new Machine(walker(5), { maxRecursion: 3 });
    machine.exports.start(machine.map.fnBase);
    machine.grant(4);
    expect(machine.exports.run()).toBe(RUN.ERROR);
    expect([machine.error.code, machine.vm("budget")]).toEqual([8, 0]);
  });
  test.each([1, 30, 120, 1000])("windows of %i registers, chunks of all sizes", (registers) => {
    for (const chunkBytes of [1, 100, 1000, 4096, 100_000]) {
      const machine = run(walker(2000, registers), { chunkBytes });
      expect([machine.out, machine.charged]).toEqual(["2000\n", 2001]);
    }
  });
});

describe("chunks", () => {
  /** main calls walk(40) as often as told. */
  const again = (times: number, registers: number): Fn[] => [
    {
      name: "main",
      code: [
        ["LOAD_IMM_I32", 0, 0],
        ["LOAD_IMM_I32", 1, times],
        "body:",
        ["LOOP"],
        ["LOAD_IMM_I32", outOf(8), 40],
        ["CALL", 3, outOf(8), "walk"],
        ["FOR_LT_I32", 0, 1, "body"],
        ["RETURN_VOID"],
      ],
    },
    walker(0, registers)[1]!,
  ];
  test("are used again", () => {
    for (const registers of [1, 5, 60]) {
      const used = (times: number): number => run(again(times, registers), { chunkBytes: 1 }).vm("heapNext");
      expect(used(1000)).toBe(used(1));
    }
  });
  test("nothing is written beyond their end", () => {
    for (const chunkBytes of [1, 333, 1000]) {
      const machine = new Machine(walker(1, 100), { chunkBytes });
      machine.exports.start(machine.map.fnBase);
      const end = machine.vm("chunkEnd");
      const canary = machine.exports.alloc(16);
      expect(canary).toBe((end + 15) & ~15);
      new Uint8Array(machine.exports.memory.buffer, end, 16).fill(0xa5);
      machine.grant(1000);
      expect(machine.exports.run()).toBe(RUN.DONE);
      expect([...new Uint8Array(machine.exports.memory.buffer, end, 16)]).toEqual(new Array(16).fill(0xa5));
    }
  });
  test("after an error the first one is current again", () => {
    const machine = new Machine(walker(500), { chunkBytes: 1, maxRecursion: 400 });
    machine.exports.start(machine.map.fnBase);
    const [chunk, end] = [machine.vm("chunk"), machine.vm("chunkEnd")];
    machine.grant(1000);
    expect(machine.exports.run()).toBe(RUN.ERROR);
    expect([machine.vm("chunk"), machine.vm("chunkEnd")]).toEqual([chunk, end]);
  });
  test("that find no memory are an error of the call", () => {
    const machine = new Machine(walker(9000, 1000));
    machine.leaveMemory(32);
    expect(machine.run()).toBe(RUN.ERROR);
    const { code, at, trace } = machine.error;
    expect([code, at, trace.at(-1)]).toEqual([9, "walk+3 CALL", "main+1 CALL"]);
    expect(machine.out).toBe("");
  });
});

test("alloc answers 0 rather than memory that is not there", () => {
  const machine = new Machine(walker(1));
  expect(machine.exports.alloc(-1)).toBe(0);
  const at = machine.exports.alloc(24);
  expect([at % 16, machine.exports.alloc(1) - at]).toEqual([0, 32]);
  expect(machine.exports.alloc(0xf8000000 | 0)).not.toBe(0);
  // To the very end of the address space, then nothing more.
  for (let bytes = 0x8000000; bytes >= 16; bytes /= 2) machine.exports.alloc(bytes);
  expect([machine.exports.alloc(16), machine.exports.alloc(1)]).toEqual([0, 0]);
});

test("references that are no parameters are cleared on entry, nothing else is", () => {
  const machine = run([
    {
      name: "main",
      code: [
        ["LOAD_K", outOf(8), text("given")],
        ["LOAD_K", outOf(8) + 1, text("stale")],
        ["LOAD_K", outOf(8) + 2, text("stale")],
        ["LOAD_IMM_I64", outOf(8) + 3, 77],
        ["CALL", 0, outOf(8), "f"],
        ["RETURN_VOID"],
      ],
    },
    {
      name: "f",
      params: ["ref"],
      otherRefs: 2,
      code: [["PRINT_STRING", 0], ["PRINT_U64", 1], ["PRINT_U64", 2], ["PRINT_U64", 3], ["RETURN_VOID"]],
    },
  ]);
  expect(machine.out).toBe("given0077");
});

describe("traces", () => {
  const failing = (depth: number): Fn[] => {
    const [main, walk] = walker(depth) as [Fn, Fn];
    const code = walk.code.map((line): Line => (line[0] === "RETURN" && line[1] === 0 ? ["DIV_I32", 0, 0, 0] : line));
    return [main, { ...walk, code: [...code, ["RETURN", 0]] }];
  };
  test.each([0, 1, TRACE_EDGE - 2, TRACE_EDGE - 1, TRACE_EDGE, 2 * TRACE_EDGE - 1, 2 * TRACE_EDGE, 57])(
    "of %i calls below the first",
    (depth) => {
      for (const chunkBytes of [1, 4096]) {
        const { error, errorValues } = run(failing(depth), { chunkBytes });
        const kept = Math.min(depth + 1, 2 * TRACE_EDGE);
        expect(error).toEqual({
          code: 1,
          at: "walk+6 DIV_I32",
          trace: [...new Array<string>(kept - 1).fill("walk+3 CALL"), "main+1 CALL"],
          count: depth + 1,
        });
        expect(errorValues).toEqual([0n, 0n]);
      }
    },
  );
  test("at module level there is none", () => {
    const { error } = run([
      {
        name: "main",
        code: [
          ["NEG_I32", 0, 0],
          ["LOAD_K", 0, i32(-2147483648)],
          ["NEG_I32", 0, 0],
        ],
      },
    ]);
    expect(error).toEqual({ code: 4, at: "main+2 NEG_I32", trace: [], count: 0 });
  });
});
