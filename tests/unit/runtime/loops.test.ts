/**
 * Loops: fused steps up to the limits of their types, what is charged and counted, the event at which a cell asks, and
 * that the size of a slice changes nothing.
 */
import { describe, expect, test } from "@jest/globals";
import { OP_NAMES } from "../../../compiler/bytecode/ops.js";
import { RUN } from "../../../compiler/layout/vm.js";
import { type Fn, i32, i64, type Line, Machine, outOf } from "./support/machine.js";

type IntType = "I32" | "I64" | "U32" | "U64";
const TYPES: readonly IntType[] = ["I32", "I64", "U32", "U64"];
const isSigned = (t: IntType): boolean => t.startsWith("I");
const bits = (t: IntType): number => Number(t.slice(1));
const minOf = (t: IntType): bigint => (isSigned(t) ? -(1n << BigInt(bits(t) - 1)) : 0n);
const maxOf = (t: IntType): bigint => (1n << BigInt(isSigned(t) ? bits(t) - 1 : bits(t))) - 1n;

/** Values of a range by core 19.1. */
function range(t: IntType, from: bigint, to: bigint, step: bigint, inclusive: boolean): bigint[] {
  const values: bigint[] = [];
  for (let v = from; v >= minOf(t) && v <= maxOf(t) && values.length < 50; v += step) {
    if (step > 0n ? (inclusive ? v > to : v >= to) : inclusive ? v < to : v <= to) break;
    values.push(v);
  }
  return values;
}
const printed = (values: readonly bigint[]): string => values.map((v) => `${v}\n`).join("");

/** r1 is the end, r2 the step, r0 the counter; prints each value. */
function loopMachine(t: IntType, before: readonly Line[], next: Line): Machine {
  const code: Line[] = [
    ["LOAD_GLOBAL", 0, 0],
    ["LOAD_GLOBAL", 1, 1],
    ["LOAD_GLOBAL", 2, 2],
    ...before,
    "body:",
    ["LOOP"],
    [`PRINT_${t}`, 0],
    ["PRINT_END"],
    next,
    "end:",
    ["RETURN_VOID"],
  ];
  return new Machine([{ name: "main", code }], { chunkBytes: 1 });
}
/** Runs the same machine again and answers what this run printed. */
class Looper {
  private length = 0;
  constructor(readonly machine: Machine) {}
  run(from: bigint, to: bigint, step: bigint): { status: number; out: string; charged: number } {
    const { machine } = this;
    [from, to, step].forEach((v, i) => void machine.setGlobal(i, v | (1n << 70n)));
    const before = machine.charged;
    const status = machine.run();
    const out = machine.out.slice(this.length);
    this.length += out.length;
    return { status, out, charged: machine.charged - before };
  }
}

describe.each(TYPES)("%s", (t) => {
  const [lo, hi] = [minOf(t), maxOf(t)];
  const spots = [lo, lo + 1n, lo + 5n, lo + 12n, hi, hi - 1n, hi - 5n, hi - 12n];
  const middle = isSigned(t) ? [-6n, -1n, 0n, 1n, 6n] : [20n, 26n];
  const near = (a: bigint): bigint[] => [...spots, ...middle].filter((b) => (b > a ? b - a : a - b) < 40n);

  test("steps of one", () => {
    for (const kind of ["LT", "LE"] as const) {
      // The counter is inside its range when the fused op runs: an empty range is tested before.
      const inside: Line = kind === "LT" ? [`JUMP_LE_${t}`, 1, 0, "end"] : [`JUMP_LT_${t}`, 1, 0, "end"];
      const looper = new Looper(loopMachine(t, [inside], [`FOR_${kind}_${t}`, 0, 1, "body"]));
      for (const from of [...spots, ...middle])
        for (const to of near(from)) {
          const values = range(t, from, to, 1n, kind === "LE");
          const got = looper.run(from, to, 1n);
          expect([kind, from, to, got]).toEqual([
            kind,
            from,
            to,
            { status: RUN.DONE, out: printed(values), charged: values.length },
          ]);
        }
    }
  });
  test("any step, either direction", () => {
    for (const kind of ["LT", "LE"] as const) {
      const looper = new Looper(
        loopMachine(t, [[`FOR_PREP_${kind}_${t}`, 0, 1, 2, "end"]], [`FOR_STEP_${kind}_${t}`, 0, 1, 2, "body"]),
      );
      const steps = [1n, 2n, 5n, 11n, hi, hi - 1n, ...(isSigned(t) ? [-1n, -2n, -5n, lo, lo + 1n] : [])];
      for (const from of [...spots, ...middle])
        for (const step of steps)
          for (const to of step === hi || step === lo ? [...spots, ...middle] : near(from)) {
            const values = range(t, from, to, step, kind === "LE");
            const got = looper.run(from, to, step);
            expect([kind, from, to, step, got]).toEqual([
              kind,
              from,
              to,
              step,
              { status: RUN.DONE, out: printed(values), charged: values.length },
            ]);
          }
      expect(looper.run(0n, 5n, 0n).status).toBe(RUN.ERROR);
      expect(looper.machine.error).toEqual({ code: 12, at: `main+3 FOR_PREP_${kind}_${t}`, trace: [], count: 0 });
    }
  });
});

test("all steps were tried", () => {
  const kinds = OP_NAMES.filter((name) => name.startsWith("FOR_"));
  expect(kinds.filter((name) => !/^FOR_(PREP_|STEP_)?(LT|LE)_[IU]\d\d$/.test(name))).toEqual([]);
});

/** A loop of `rounds` with each op that can go round. */
const shapes: Record<string, (rounds: number) => Line[]> = {
  "LOOP by a jump": (rounds) => [
    ["LOAD_IMM_I32", 0, 0],
    "body:",
    ["LOOP"],
    ["ADD_I32_IMM", 0, 0, 1],
    ["LOAD_K", 1, i32(rounds)],
    ["JUMP_LT_I32", 0, 1, "body"],
    ["RETURN_VOID"],
  ],
  FOR_LT_I64: (rounds) => [
    ["LOAD_IMM_I64", 0, 0],
    ["LOAD_K", 1, i64(BigInt(rounds))],
    "body:",
    ["LOOP"],
    ["FOR_LT_I64", 0, 1, "body"],
    ["RETURN_VOID"],
  ],
  FOR_STEP_LE_I32: (rounds) => [
    ["LOAD_K", 0, i32(rounds)],
    ["LOAD_IMM_I32", 1, 1],
    ["LOAD_IMM_I32", 2, -1],
    "body:",
    ["LOOP"],
    ["FOR_STEP_LE_I32", 0, 1, 2, "body"],
    ["RETURN_VOID"],
  ],
};

describe.each(Object.entries(shapes))("%s", (_name, code) => {
  test("asks at exactly the 10,000th round, whatever the slice", () => {
    for (const slice of [1_000_000, 10_000, 9_999, 3_333, 7]) {
      const asked: number[][] = [];
      const machine: Machine = new Machine([{ name: "main", code: code(25_000) }], {
        trip: 10_000,
        hot: (kind, index) => {
          asked.push([kind, index, machine.cell(0, "count")]);
          machine.setCell(0, "trip", 0xffffffff);
        },
      });
      expect(machine.run(slice)).toBe(RUN.DONE);
      expect(asked).toEqual([[0, 0, 9_999]]);
      expect([machine.cell(0, "count"), machine.charged]).toEqual([25_000, 25_000]);
    }
  });
  test("does not ask for one round less", () => {
    const asked: number[] = [];
    const machine = new Machine([{ name: "main", code: code(9_999) }], {
      trip: 10_000,
      hot: (kind) => void asked.push(kind),
    });
    machine.run();
    expect([asked, machine.cell(0, "count")]).toEqual([[], 9_999]);
  });
  test("stops before the round that has no budget", () => {
    const machine = new Machine([{ name: "main", code: code(100) }]);
    machine.exports.start(machine.map.fnBase);
    machine.grant(40);
    expect(machine.exports.run()).toBe(RUN.BUDGET);
    expect([machine.charged, machine.vm("budget"), machine.cell(0, "count")]).toEqual([40, 0, 40]);
    expect(machine.vm("resumePc")).toBe(machine.addressOf("LOOP"));
    expect(machine.vm("lastPc")).toBe(machine.addressOf("LOOP"));
    machine.grant(60);
    expect(machine.exports.run()).toBe(RUN.DONE);
    expect([machine.charged, machine.cell(0, "count")]).toEqual([100, 100]);
  });
});

test("a cell of a function asks at exactly its 10,000th call", () => {
  for (const slice of [1_000_000, 777]) {
    const asked: number[][] = [];
    const fns: Fn[] = [
      {
        name: "main",
        code: [
          ["LOAD_IMM_I32", 0, 0],
          ["LOAD_K", 1, i32(12_000)],
          "body:",
          ["LOOP"],
          ["CALL", 2, outOf(8), "f"],
          ["FOR_LT_I32", 0, 1, "body"],
          ["RETURN_VOID"],
        ],
      },
      { name: "f", code: [["RETURN_VOID"]] },
    ];
    const machine: Machine = new Machine(fns, {
      hot: (kind, index) => {
        asked.push([kind, index, machine.cell("f", "count")]);
        machine.setCell("f", "trip", 0xffffffff);
      },
    });
    machine.setCell("f", "trip", 10_000);
    machine.run(slice);
    expect(asked).toEqual([[1, 1, 9_999]]);
    expect([machine.cell("f", "count"), machine.charged]).toEqual([12_000, 24_000]);
  }
});

/** A program with every kind of event: nested loops, calls in them, recursion; each event leaves a mark. */
const busy: Fn[] = [
  {
    name: "main",
    code: [
      ["LOAD_IMM_I32", 0, 0],
      ["LOAD_IMM_I32", 1, 6],
      ["LOAD_IMM_I64", 4, 0],
      "outer:",
      ["LOOP"],
      ["LOAD_IMM_I32", 2, 0],
      ["LOAD_IMM_I32", 3, 3],
      "inner:",
      ["LOOP"],
      ["MOVE", outOf(8), 2],
      ["CALL", 5, outOf(8), "walk"],
      ["PRINT_I32", 5],
      ["FOR_STEP_LE_I32", 2, 3, 6, "inner"],
      ["PRINT_END"],
      ["FOR_LT_I32", 0, 1, "outer"],
      ["RETURN_VOID"],
    ],
  },
  {
    name: "walk",
    params: ["i32"],
    result: "i32",
    code: [
      ["JUMP_LE_I32_IMM", 0, 0, "out"],
      ["ADD_I32_IMM", outOf(8), 0, -1],
      ["CALL", 1, outOf(8), "walk"],
      ["MUL_I32_IMM", 1, 1, 3],
      ["ADD_I32_IMM", 1, 1, 1],
      ["RETURN", 1],
      "out:",
      ["RETURN", 0],
    ],
  },
];

test("any slice gives the same output, charges and counts", () => {
  // r6, the inner step, is 1.
  const fns = [{ ...busy[0]!, code: [["LOAD_IMM_I32", 6, 1] as Line, ...busy[0]!.code] }, busy[1]!];
  const outcome = (slice: number): unknown => {
    const machine = new Machine(fns, { chunkBytes: 1 });
    const status = machine.run(slice);
    const counts = [0, 1, "walk"].map((unit) => machine.cell(unit, "count"));
    return { status, out: machine.out, charged: machine.charged, counts };
  };
  const whole = outcome(1_000_000);
  expect(whole).toEqual({ status: RUN.DONE, out: "01413\n".repeat(6), charged: 6 + 24 + 60, counts: [6, 24, 60] });
  for (let slice = 1; slice <= 95; slice++) expect([slice, outcome(slice)]).toEqual([slice, whole]);
});

test("an error that cannot be caught stops the run where it asked", () => {
  const machine = new Machine(
    [
      { name: "main", code: [["CALL", 0, outOf(8), "spin"], ["RETURN_VOID"]] },
      { name: "spin", code: ["body:", ["LOOP"], ["JUMP", "body"]] },
    ],
    {},
  );
  machine.exports.start(machine.map.fnBase);
  machine.grant(12);
  expect(machine.exports.run()).toBe(RUN.BUDGET);
  expect(machine.exports.stopAt(40)).toBe(RUN.ERROR);
  expect(machine.error).toEqual({ code: 40, at: "spin+0 LOOP", trace: ["main+0 CALL"], count: 1 });
  expect(machine.vm("errorFlags")).toBe(1);
  expect(machine.charged).toBe(12);
});
