/**
 * The protocol with native code (docs/architecture.md), with native code written by hand: entering, every way of
 * leaving, nested interpreter runs, the host's stack and the chunk's end. The last part runs two functions that call each
 * other, one of them native, under many limits, and demands what the interpreter alone does.
 */
import { describe, expect, test } from "@jest/globals";
import { POLL, REG, RUN } from "../../../compiler/layout/vm.js";
import { type Fn, i32, type Line, Machine, type MachineOptions, outOf, passOneLess } from "./support/machine.js";
import { install } from "./support/native.js";

const OUT = outOf(8);
const c = (value: number): string => `(i32.const ${value})`;

/** main: for r0 in 0..rounds: print f(r0). */
const caller = (rounds: number, f: Fn): Fn[] => [
  {
    name: "main",
    code: [
      ["LOAD_IMM_I32", 0, 0],
      ["LOAD_K", 1, i32(rounds)],
      ["LOAD_IMM_I64", 2, 55],
      "body:",
      ["LOOP"],
      ["MOVE", OUT, 0],
      ["CALL", 2, OUT, "f"],
      ["PRINT_I32", 2],
      ["PRINT_END"],
      ["FOR_LT_I32", 0, 1, "body"],
      ["RETURN_VOID"],
    ],
  },
  f,
];
const addOne: Fn = {
  name: "f",
  params: ["i32"],
  result: "i32",
  code: [
    ["ADD_I32_IMM", 1, 0, 1],
    ["RETURN", 1],
  ],
};
/** Charges, answers slot 0 + 100. */
const plus100 = `(call $charge)
  (i32.store (local.get $base) (i32.add (i32.load (local.get $base)) ${c(100)})) ${c(0)}`;

describe("function entry", () => {
  test("OK: its result, its charges, its entries", () => {
    const machine = new Machine(caller(3, addOne));
    install(machine, "f", plus100);
    expect(machine.run()).toBe(RUN.DONE);
    expect(machine.out).toBe("100\n101\n102\n");
    expect([machine.cell("f", "count"), machine.cell("f", "entries"), machine.cell("f", "rounds")]).toEqual([0, 3, 3]);
    expect([machine.charged, machine.vm("nativeEntries")]).toEqual([6, 3]);
  });
  test("the very call that gets hot is native when the code is there at once", () => {
    const machine: Machine = new Machine(caller(4, addOne), {
      hot: (kind) => kind === 1 && install(machine, "f", plus100),
    });
    machine.setCell("f", "trip", 3);
    machine.run();
    expect(machine.out).toBe("1\n2\n102\n103\n");
    expect([machine.cell("f", "count"), machine.cell("f", "entries")]).toEqual([2, 2]);
  });
  test("without a result, CALL's register stays", () => {
    const machine = new Machine(caller(1, { name: "f", params: ["i32"], code: [["RETURN_VOID"]] }));
    install(machine, "f", plus100);
    machine.run();
    expect(machine.out).toBe("55\n");
  });
  test("ERROR: the call is in the trace", () => {
    const machine = new Machine(caller(1, addOne));
    install(machine, "f", `(call $fail ${c(4)} ${c(machine.addressOf("ADD_I32_IMM"))}) ${c(1)}`);
    expect(machine.run()).toBe(RUN.ERROR);
    expect(machine.error).toEqual({ code: 4, at: "f+0 ADD_I32_IMM", trace: ["main+5 CALL"], count: 1 });
  });
  test("NOT_ENTERED: interpreted, charged once", () => {
    const machine = new Machine(caller(2, addOne));
    install(machine, "f", c(3));
    machine.run();
    expect([machine.out, machine.charged, machine.cell("f", "count")]).toEqual(["1\n2\n", 4, 2]);
  });
  test("UNWIND: goes on where it says, with a header for the call's window", () => {
    const machine = new Machine(caller(2, addOne));
    const add = machine.addressOf("ADD_I32_IMM");
    install(machine, "f", `(call $charge) (call $unwindTo (local.get $base) ${c(add)} (local.get $depth))`);
    machine.run();
    expect([machine.out, machine.charged]).toEqual(["1\n2\n", 4]);
  });
  test("the engine looks at a unit every 1,024th entry, and may take its code away", () => {
    const looks: number[][] = [];
    const machine: Machine = new Machine(caller(3000, addOne), {
      hot: (kind, index) => {
        looks.push([kind, index, machine.cell("f", "entries")]);
        if (looks.length === 2) machine.setCell("f", "entry", 0);
        if (kind === 1) machine.setCell("f", "trip", 0xffffffff);
      },
    });
    install(machine, "f", plus100);
    machine.run();
    expect(looks.slice(0, 3)).toEqual([
      [3, 1, 1024],
      [3, 1, 2048],
      [1, 1, 2048],
    ]);
    const lines = machine.out.trimEnd().split("\n").map(Number);
    expect(lines).toEqual(lines.map((_, i) => (i < 2047 ? i + 100 : i + 1)));
    expect(machine.charged).toBe(6000);
  });
});

describe("depthStop", () => {
  test("is the least of depth, host stack and chunk, and what it was afterwards", () => {
    const stopWith = (options: MachineOptions, frameBytes: number, windowBytes: number): number => {
      const machine = new Machine(caller(1, addOne), options);
      machine.setVm("frameBytes", frameBytes);
      machine.setVm("windowBytes", windowBytes);
      machine.setVm("depthStop", -7);
      install(machine, "f", `(call $charge) (i32.store (local.get $base) (call $get_depthStop)) ${c(0)}`);
      machine.run();
      expect([machine.vm("depthStop"), machine.cell("f", "entries")]).toEqual([-7, 1]);
      return Number(machine.out);
    };
    // f runs at depth 1; calls at depths up to maxRecursion + 1 are allowed.
    expect(stopWith({ maxRecursion: 20 }, 100, 8)).toBe(22);
    expect(stopWith({ hostBytes: 5000 }, 100, 8)).toBe(50);
    // Each of the frames below the stop has room for its window.
    const stop = stopWith({ chunkBytes: 4096 }, 64, 160);
    expect(stop).toBeGreaterThan(15);
    expect(8 * (OUT + stop * 20)).toBeLessThanOrEqual(4096 + 64);
  });
  test("no frame fits: not entered, not counted", () => {
    for (const [hostBytes, chunkBytes] of [
      [100, 4096],
      [5000, 1],
    ] as const) {
      const machine = new Machine(caller(1, addOne), { hostBytes, chunkBytes });
      machine.setVm("frameBytes", 100);
      machine.setVm("windowBytes", 300);
      install(machine, "f", plus100);
      machine.run();
      expect([machine.out, machine.cell("f", "entries"), machine.vm("nativeEntries")]).toEqual(["1\n", 0, 0]);
    }
  });
});

describe("loop entry", () => {
  const sum: Line[] = [
    ["LOAD_IMM_I32", 0, 0],
    ["LOAD_IMM_I32", 1, 10],
    ["LOAD_IMM_I32", 2, 0],
    "body:",
    ["LOOP"],
    ["ADD_I32", 2, 2, 0],
    ["FOR_LT_I32", 0, 1, "body"],
    ["PRINT_I32", 2],
    ["RETURN_VOID"],
  ];
  const add: Fn = {
    name: "add",
    params: ["i32", "i32"],
    result: "i32",
    code: [
      ["ADD_I32", 0, 0, 1],
      ["RETURN", 0],
    ],
  };
  const main = (...fns: Fn[]): Fn[] => [{ name: "main", code: sum }, ...fns];
  const [counter, total] = ["(local.get $base)", `(i32.add (local.get $base) ${c(2 * REG)})`];
  /** One round in native code. */
  const round = `(call $charge)
    (i32.store ${total} (i32.add (i32.load ${total}) (i32.load ${counter})))
    (i32.store ${counter} (i32.add (i32.load ${counter}) ${c(1)}))`;

  test("an address: the interpreter goes on there", () => {
    const machine: Machine = new Machine(main(), {
      hot: () =>
        install(
          machine,
          0,
          `(block $out (loop $again ${round} (br_if $again (i32.lt_s (i32.load ${counter}) ${c(10)})))) ${c(machine.addressOf("PRINT_I32"))}`,
        ),
    });
    machine.setCell(0, "trip", 4);
    machine.run();
    expect([machine.out, machine.charged]).toEqual(["45", 10]);
    // Three rounds were interpreted, the one that got hot was native.
    expect([machine.cell(0, "count"), machine.cell(0, "entries"), machine.cell(0, "rounds")]).toEqual([3, 1, 7]);
  });
  test("its own LOOP again: batches", () => {
    const machine = new Machine(main());
    const [loop, print] = [machine.addressOf("LOOP"), machine.addressOf("PRINT_I32")];
    install(machine, 0, `${round} (select ${c(loop)} ${c(print)} (i32.lt_s (i32.load ${counter}) ${c(10)}))`);
    machine.run();
    expect([machine.out, machine.charged, machine.cell(0, "entries")]).toEqual(["45", 10, 10]);
  });
  test("UNWIND: an inlined callee goes on in its own window, then returns into ours", () => {
    const machine = new Machine(main(add));
    // As if the addition were an inlined call of `add`, left in the middle; the CALL is in dead code of main.
    const callee = `(i32.add (local.get $base) ${c(OUT * REG)})`;
    const [addAt, loop] = [machine.addressOf("ADD_I32", 1), machine.addressOf("FOR_LT_I32")];
    // The word before the return pc names the destination: FOR's operands are a = 0; use r0 as the target.
    install(
      machine,
      0,
      `(call $charge)
       (i32.store ${callee} ${c(5)}) (i32.store (i32.add ${callee} ${c(REG)}) ${c(6)})
       (call $header ${callee} ${c(machine.fnRecord("add"))} ${c(loop + 8)} (local.get $base))
       (call $unwindTo ${callee} ${c(addAt)} (i32.add (local.get $depth) ${c(1)}))`,
    );
    expect(machine.run()).toBe(RUN.DONE);
    // FOR_LT's `a` is r0, which gets 5 + 6; main goes on after it with the untouched total.
    expect([machine.out, machine.charged]).toEqual(["0", 1]);
  });
  test("ERROR leaves this frame", () => {
    const machine = new Machine(main());
    install(machine, 0, `(call $fail ${c(4)} ${c(machine.addressOf("ADD_I32"))}) ${c(1)}`);
    expect(machine.run()).toBe(RUN.ERROR);
    expect(machine.error).toEqual({ code: 4, at: "main+4 ADD_I32", trace: [], count: 0 });
  });
  test("exits are counted by the place where the interpreter goes on", () => {
    const machine = new Machine(main());
    const print = machine.addressOf("PRINT_I32");
    const counters = machine.exports.alloc(4 * machine.chunk.code.length);
    machine.setVm("exitCounts", counters - machine.map.codeBase);
    install(machine, 0, `${round} ${c(print)}`);
    machine.run();
    expect(machine.view.getUint32(counters + print - machine.map.codeBase, true)).toBe(1);
  });
});

test("pollNative: LEAVE only for those who can, and where it asked", () => {
  for (const answer of Object.values(POLL)) {
    const machine = new Machine(caller(1, addOne), { poll: () => answer });
    expect(machine.exports.pollNative!(40_000, 1)).toBe(answer);
    expect(machine.exports.pollNative!(50_000, 0)).toBe(answer === POLL.LEAVE ? POLL.GO_ON : answer);
    expect(machine.vm("lastPc")).toBe(50_000);
  }
});

// Two functions that call each other: f native or not, g interpreted.

/** What f and g do at 0, besides answering it. */
type AtZero = "return" | "fail";
interface Setup extends MachineOptions {
  readonly n: number;
  readonly atZero?: AtZero;
  /** Registers of g, interpreted, and of f. */
  readonly wide?: number;
  readonly slice?: number;
  readonly frameBytes?: number;
  /** f leaves for the interpreter where n is divisible by this. */
  readonly exits?: number;
  /** Every so many polls answer UNWIND. */
  readonly unwindEvery?: number;
  /** Megabytes of memory that are left; default: all of it. */
  readonly memory?: number;
}
/**
 * f(n) = 0 at 0, else n % 3 == 0 ? f(n - 1) + 2 : g(n - 1) + 1;   g(n) = 0 at 0, else f(n - 1) + 3, after two rounds of a loop
 */
function program({ n, atZero = "return", wide = 8 }: Setup): Fn[] {
  const last: Line[] =
    atZero === "fail"
      ? [
          ["DIV_I32", 0, 0, 0],
          ["RETURN", 0],
        ]
      : [["RETURN", 0]];
  const far = outOf(wide);
  return [
    {
      name: "main",
      code: [["LOAD_K", OUT, i32(n)], ["CALL", 3, OUT, "f"], ["PRINT_I32", 3], ["RETURN_VOID"]],
    },
    {
      name: "f",
      params: ["i32"],
      result: "i32",
      code: [
        ["JUMP_EQ_I32_IMM", 0, 0, "out"],
        ["ADD_I32_IMM", OUT, 0, -1],
        ["REM_I32_IMM", 2, 0, 3],
        ["JUMP_EQ_I32_IMM", 2, 0, "self"],
        ["CALL", 1, OUT, "g"],
        ["ADD_I32_IMM", 1, 1, 1],
        ["RETURN", 1],
        "self:",
        ["CALL", 1, OUT, "f"],
        ["ADD_I32_IMM", 1, 1, 2],
        ["RETURN", 1],
        "out:",
        ...last,
      ],
    },
    {
      name: "g",
      params: ["i32"],
      result: "i32",
      registers: wide,
      code: [
        ["JUMP_EQ_I32_IMM", 0, 0, "out"],
        ["LOAD_IMM_I32", 1, 0],
        ["LOAD_IMM_I32", 2, 2],
        "body:",
        ["LOOP"],
        ["FOR_LT_I32", 1, 2, "body"],
        ...passOneLess(wide),
        ["CALL", 1, far, "f"],
        ["ADD_I32_IMM", 1, 1, 3],
        ["RETURN", 1],
        "out:",
        ...last,
      ],
    },
  ];
}

/** f by hand, as the back end would do it: every rule of "Native code" once. */
function nativeF(machine: Machine, { exits = 0, atZero: failing = "return" }: Setup): string {
  const [code, add, callG, callF] = [
    machine.addressOf("JUMP_EQ_I32_IMM"),
    machine.addressOf("ADD_I32_IMM"),
    machine.addressOf("CALL", 1),
    machine.addressOf("CALL", 2),
  ];
  // What comes at 0 is left to the interpreter.
  const atZero = failing === "fail" ? machine.addressOf("DIV_I32") : machine.addressOf("RETURN", 2);
  const exit =
    exits === 0
      ? ""
      : `(if (i32.eqz (i32.rem_s (local.get $n) ${c(exits)})) (then
      (return (call $resume ${c(machine.fnRecord("f"))} (local.get $base) ${c(add)} (local.get $base) (local.get $depth)))))`;
  /** After a call: what each status means for the frame. */
  const after = (call: number, rec: number, plus: number): string => `
    (if (i32.eqz (local.get $s)) (then
      (i32.store (local.get $base) (i32.add (i32.load (local.get $callee)) ${c(plus)})) (return ${c(0)})))
    (if (i32.eq (local.get $s) ${c(1)}) (then (call $traceCall ${c(call)}) (return ${c(1)})))
    (if (i32.eq (local.get $s) ${c(2)}) (then
      (call $header (local.get $callee) ${c(rec)} ${c(call + 8)} (local.get $base)) (return ${c(2)})))
    (return (call $unwindTo (local.get $base) ${c(call)} (local.get $depth)))`;
  return `(local $n i32) (local $s i32) (local $callee i32)
    (if (i32.ge_s (local.get $depth) (call $get_depthStop)) (then (return ${c(3)})))
    (if (i32.le_s (call $get_budget) ${c(0)}) (then
      (if (call $pollNative ${c(code)} ${c(0)}) (then (return ${c(3)})))))
    (call $charge)
    (local.set $n (i32.load (local.get $base)))
    (local.set $callee (i32.add (local.get $base) ${c(OUT * REG)}))
    (if (i32.eqz (local.get $n)) (then
      (return (call $resume ${c(machine.fnRecord("f"))} (local.get $base) ${c(atZero)} (local.get $base) (local.get $depth)))))
    ${exit}
    (i32.store (local.get $callee) (i32.sub (local.get $n) ${c(1)}))
    (if (i32.rem_s (local.get $n) ${c(3)})
      (then (local.set $s (call $interpret ${c(machine.fnRecord("g"))} (local.get $callee) (i32.add (local.get $depth) ${c(1)})))
        ${after(callG, machine.fnRecord("g"), 1)})
      (else (local.set $s (call $entry (local.get $callee) (i32.add (local.get $depth) ${c(1)})))
        ${after(callF, machine.fnRecord("f"), 2)}))
    unreachable`;
}

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly charged: number;
  readonly error: Machine["error"] | null;
}
function outcome(setup: Setup, native: boolean): Outcome & { machine: Machine } {
  const { slice = 0x3fffffff, unwindEvery = 0, frameBytes = 100 } = setup;
  const poll = (): number => {
    // A page's driver: it grants nothing before everything has returned to it.
    if (unwindEvery > 0 && machine.polls % unwindEvery === 0) return POLL.UNWIND;
    machine.grant(slice);
    return POLL.GO_ON;
  };
  const machine: Machine = new Machine(program(setup), { poll, ...setup });
  if (native) {
    machine.setVm("frameBytes", frameBytes);
    machine.setVm("windowBytes", (OUT + 8) * REG + 16);
    install(machine, "f", nativeF(machine, setup));
  }
  if (setup.memory !== undefined) machine.leaveMemory(setup.memory);
  const hostLeft = machine.vm("hostLeft");
  const status = machine.run(slice);
  expect(machine.vm("hostLeft")).toBe(hostLeft);
  const { error, out, charged } = machine;
  return { status, out, charged, error: status === RUN.ERROR ? error : null, machine };
}
function same(setup: Setup): Machine {
  const { machine: _, ...interpreted } = outcome(setup, false);
  const { machine, ...native } = outcome(setup, true);
  expect([setup, native]).toEqual([setup, interpreted]);
  return machine;
}

describe("native and interpreted frames in turn", () => {
  test("results and charges", () => {
    for (const n of [0, 1, 2, 3, 4, 30, 200]) same({ n });
    expect(same({ n: 200 }).cell("f", "entries")).toBeGreaterThan(50);
  });
  test("errors: the trace is the same", () => {
    for (const n of [0, 1, 2, 3, 4, 9, 30, 200]) same({ n, atZero: "fail" });
  });
  test("leaving in a body", () => {
    for (const exits of [1, 2, 3, 5, 7])
      for (const atZero of ["return", "fail"] as const) same({ n: 60, exits, atZero });
  });
  test("any slice", () => {
    for (let slice = 1; slice < 30; slice++) same({ n: 40, slice });
  });
  test("a driver that wants everything back", () => {
    for (const unwindEvery of [1, 2, 3])
      for (const slice of [1, 2, 3, 5, 17]) same({ n: 60, slice, unwindEvery, exits: 7 });
  });
  test("little host stack", () => {
    for (const hostBytes of [0, 3000, 7000, 9000, 12_000, 20_000, 40_000])
      for (const frameBytes of [64, 500, 2500])
        for (const exits of [0, 5]) same({ n: 300, hostBytes, frameBytes, exits });
  });
  test("chunks of all sizes, and windows that do not fit", () => {
    for (const chunkBytes of [1, 300, 500, 700, 1000, 2000, 5000])
      for (const wide of [8, 40, 200])
        for (const atZero of ["return", "fail"] as const) same({ n: 150, chunkBytes, wide, atZero });
  });
  test("the deepest call that is allowed", () => {
    for (const maxRecursion of [10, 50, 51, 52]) for (const n of [9, 10, 11, 50, 51, 52, 53]) same({ n, maxRecursion });
  });
  test("no memory for a window", () => {
    for (const exits of [0, 7])
      expect(same({ n: 9000, wide: 3000, hostBytes: 60_000, exits, memory: 40 }).error.code).toBe(9);
  });
  test("all of it together", () => {
    for (const chunkBytes of [1, 400, 1500])
      for (const hostBytes of [9000, 15_000, 40_000])
        for (const [slice, unwindEvery] of [
          [3, 2],
          [11, 1],
          [100_000, 0],
        ] as const)
          for (const atZero of ["return", "fail"] as const)
            same({ n: 120, chunkBytes, hostBytes, frameBytes: 300, wide: 60, slice, unwindEvery, exits: 11, atZero });
  });
});

test("interpret begins nothing without host stack; resume does, but enters no native code", () => {
  const machine = new Machine(program({ n: 5 }), { hostBytes: 8000 });
  machine.setVm("frameBytes", 100);
  install(machine, "f", `(unreachable)`);
  machine.exports.start(machine.map.fnBase);
  machine.grant(100);
  const base = machine.vm("resumeBase") + 8 * OUT;
  machine.view.setInt32(base, 5, true);
  // 8000 - 2048 - 6144 is below nothing: the reserve is needed.
  expect(machine.exports.interpret!(machine.fnRecord("g"), base, 1)).toBe(3);
  expect(machine.charged).toBe(0);
  const code = machine.addressOf("JUMP_EQ_I32_IMM");
  expect(machine.exports.resume!(machine.fnRecord("f"), base, code, base, 1)).toBe(0);
  expect(machine.vm("hostLeft")).toBe(8000);
  expect(machine.cell("f", "entries")).toBe(0);
});
