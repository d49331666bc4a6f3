/**
 * Random well-typed bytecode: structured statements over a fixed set of registers, with loops of every form, calls
 * (bounded by a counter in the first parameter), module variables, spills and prints. One seed, one program.
 */
import type { Rep } from "../../../../compiler/analysis/types.js";
import type { Chunk, Constant } from "../../../../compiler/bytecode/chunk.js";
import type { OpName } from "../../../../compiler/bytecode/ops.js";
import { assemble, type Fn, type Item, out } from "./assemble.js";

/** Mulberry32. */
export function randomOf(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const PARAMS: readonly Rep[] = ["i32", "i64", "f64"];
/** Registers by type; the first of i32, i64 and f64 are the parameters. The last i32 register counts calls down and is only read. */
const REGS: Record<string, number[]> = {
  I32: [3, 4, 5, 6],
  I64: [1, 7, 8, 9],
  F64: [2, 10, 11],
  U32: [12, 13, 14],
  U64: [15, 16],
  BOOL: [17, 18],
};
const TYPES = ["I32", "I64", "F64", "U32", "U64"];
/** Registers 20 up: counter, end and step of each nested loop. 300: a spilled i64. */
const LOOP_REGS = 20;
const SPILL = 300;
const WINDOW = 320;
const CONSTANTS: readonly Constant[] = [
  { type: "i64", value: (1n << 63n) - 1n },
  { type: "i64", value: -(1n << 63n) },
  { type: "i32", value: 0x7fffffff },
  { type: "i32", value: -0x80000000 },
  { type: "f64", value: 0.1 },
  { type: "f64", value: -0 },
  { type: "f64", value: Number.NaN },
  { type: "f64", value: 1e300 },
  { type: "f64", value: 3 },
  { type: "u64", value: (1n << 64n) - 1n },
  { type: "u32", value: 0xffffffff },
  { type: "ref", text: "a" },
  { type: "ref", text: "b" },
];
const GLOBALS: readonly Rep[] = ["i32", "i64", "f64"];

class Generator {
  private code: Item[] = [];
  private labels = 0;
  constructor(
    private readonly next: () => number,
    private readonly functions: number,
    private readonly calm: boolean,
  ) {}
  private int(n: number): number {
    return Math.floor(this.next() * n);
  }
  private pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)]!;
  }
  private emit(...item: [OpName, ...(number | string)[]]): void {
    this.code.push(item);
  }
  private label(): string {
    return `l${this.labels++}`;
  }
  private reg(type: string): number {
    return this.pick(REGS[type]!);
  }

  fn(result: Rep | null): Fn {
    this.code = [];
    for (const [type, regs] of Object.entries(REGS))
      for (const r of regs) {
        if (r < PARAMS.length) continue;
        if (type === "F64") this.emit("LOAD_K", r, 8);
        else
          this.emit(
            type === "I64" || type === "U64" ? "LOAD_IMM_I64" : "LOAD_IMM_I32",
            r,
            type === "BOOL" ? this.int(2) : this.int(7),
          );
      }
    this.emit("STORE_SPILL", 1, SPILL);
    this.statements(3 + this.int(5), 0);
    if (result === null) this.emit("RETURN_VOID");
    else this.emit("RETURN", this.reg(result === "f64" ? "F64" : "I64"));
    return { params: PARAMS, result, window: WINDOW, code: this.code };
  }
  private statements(n: number, depth: number): void {
    for (let i = 0; i < n; i++) this.statement(depth);
  }
  private statement(depth: number): void {
    const x = this.int(20);
    if (x < 8) this.arithmetic();
    else if (x < 9) this.convert();
    else if (x < 10) this.move();
    else if (x < 11) this.global();
    else if (x < 13) this.print();
    else if (x < 15 && depth < 4) this.conditional(depth);
    else if (x < 18 && depth < 3) this.loop(depth);
    else if (x < 19) this.call();
    else this.compare();
  }
  private arithmetic(): void {
    const type = this.pick(this.calm ? ["U32", "U64", "F64", "I32", "U32"] : TYPES);
    const kind = this.pick(["ADD", "SUB", "MUL", "ADD", "SUB", "DIV", "REM"]);
    const signed = type === "I32" || type === "I64";
    if (kind === "DIV" || kind === "REM") {
      if (type === "F64") {
        this.emit("LOAD_K", 11, 8);
        this.emit(`${kind}_F64` as OpName, this.reg(type), this.reg(type), 11);
        return;
      }
      if (this.next() < 0.6) {
        this.emit(`${kind}_${type}_IMM` as OpName, this.reg(type), this.reg(type), this.pick([1, 2, 3, 7, 8, -2, -8]));
        return;
      }
      if (this.calm) return;
    }
    if (this.calm && signed) {
      // Keeps signed numbers small, so that most programs run to their end.
      const r = this.reg(type);
      this.emit(`REM_${type}_IMM` as OpName, r, this.reg(type), 100);
      this.emit(
        `${kind === "MUL" ? "MUL" : "ADD"}_${type}_IMM` as OpName,
        this.reg(type),
        r,
        this.pick([-3, 1, 2, 5, 0]),
      );
      return;
    }
    if (type !== "F64" && (kind === "ADD" || kind === "MUL") && this.next() < 0.4) {
      this.emit(
        `${kind}_${type}_IMM` as OpName,
        this.reg(type),
        this.reg(type),
        this.pick([0, 1, -1, 2, 8, 3, 100, -7]),
      );
      return;
    }
    this.emit(`${kind}_${type}` as OpName, this.reg(type), this.reg(type), this.reg(type));
  }
  private convert(): void {
    const from = this.pick(TYPES),
      to = this.pick(TYPES);
    const name = `${from}_TO_${to}`;
    const possible: OpName[] = [
      "I32_TO_I64",
      "U32_TO_I64",
      "I64_TO_I32",
      "I32_TO_F64",
      "U32_TO_F64",
      "I64_TO_F64",
      "U64_TO_F64",
    ];
    const checked: OpName[] = [
      "F64_TO_I32",
      "F64_TO_I64",
      "F64_TO_U32",
      "F64_TO_U64",
      "I32_TO_U64",
      "I64_TO_U32",
      "I64_TO_U64",
      "U64_TO_I32",
      "U64_TO_I64",
      "U64_TO_U32",
    ];
    const op =
      possible.includes(name as OpName) || (!this.calm && checked.includes(name as OpName))
        ? (name as OpName)
        : this.pick(possible);
    const [a, b] = op.split("_TO_") as [string, string];
    this.emit(op, this.reg(b), this.reg(a));
  }
  private move(): void {
    const type = this.pick(TYPES);
    if (type === "I64" && this.next() < 0.6) {
      if (this.next() < 0.5) this.emit("LOAD_SPILL", this.reg(type), SPILL);
      else this.emit("STORE_SPILL", this.reg(type), SPILL);
      return;
    }
    if (this.next() < 0.3) {
      const k = this.int(this.calm ? 9 : 11);
      const t = CONSTANTS[k]!.type.toUpperCase();
      if (!this.calm || t === "F64") {
        this.emit("LOAD_K", this.reg(t), k);
        return;
      }
    }
    if (this.next() < 0.3) {
      if (type === "F64") return;
      this.emit(type.endsWith("64") ? "LOAD_IMM_I64" : "LOAD_IMM_I32", this.reg(type), this.int(9) - 2);
      return;
    }
    this.emit("MOVE", this.reg(type), this.reg(type));
  }
  private global(): void {
    const g = this.int(GLOBALS.length);
    const type = GLOBALS[g]!.toUpperCase();
    this.emit(this.next() < 0.5 ? "LOAD_GLOBAL" : "STORE_GLOBAL", this.reg(type), g);
  }
  private print(): void {
    const x = this.int(8);
    if (x === 0) this.emit("PRINT_TEXT", 11);
    else if (x === 1) this.emit("PRINT_END");
    else if (x === 2) this.emit("PRINT_RADIX", this.reg("I64"), 16);
    else if (x === 3) this.emit("PRINT_FIXED", this.reg("F64"), 2);
    else if (x === 4) this.emit("PRINT_BOOL", this.reg("BOOL"));
    else {
      const type = this.pick(TYPES);
      this.emit(`PRINT_${type}` as OpName, this.reg(type));
    }
  }
  private compare(): void {
    const x = this.int(6);
    if (x === 0) this.emit("NOT", this.reg("BOOL"), this.reg("BOOL"));
    else if (x === 1) {
      const [op, a, b] = this.pick([
        ["CMP_I64_U64", "I64", "U64"],
        ["CMP_I64_F64", "I64", "F64"],
        ["CMP_U64_F64", "U64", "F64"],
      ] as const);
      this.emit(op, this.reg("I32"), this.reg(a), this.reg(b));
    } else {
      const type = this.pick(TYPES);
      this.emit(
        `${this.pick(["EQ", "NE", "LT", "LE"])}_${type}` as OpName,
        this.reg("BOOL"),
        this.reg(type),
        this.reg(type),
      );
    }
  }
  private jump(to: string): void {
    const type = this.pick([...TYPES, "BOOL"]);
    if (type === "BOOL") this.emit(this.pick(["JUMP_IF", "JUMP_IF_NOT"]), this.reg("BOOL"), to);
    else if (type === "F64")
      this.emit(
        `JUMP_${this.pick(["EQ", "NE", "LT", "LE", "NLT", "NLE"])}_F64` as OpName,
        this.reg(type),
        this.reg(type),
        to,
      );
    else if (this.next() < 0.5)
      this.emit(
        `JUMP_${this.pick(["EQ", "NE", "LT", "LE", "GT", "GE"])}_${type}_IMM` as OpName,
        this.reg(type),
        this.int(10),
        to,
      );
    else this.emit(`JUMP_${this.pick(["EQ", "NE", "LT", "LE"])}_${type}` as OpName, this.reg(type), this.reg(type), to);
  }
  private conditional(depth: number): void {
    const otherwise = this.label(),
      end = this.label();
    this.jump(otherwise);
    this.statements(1 + this.int(3), depth + 1);
    if (this.next() < 0.5) {
      this.code.push(`${otherwise}:`);
      return;
    }
    this.emit("JUMP", end);
    this.code.push(`${otherwise}:`);
    this.statements(1 + this.int(3), depth + 1);
    this.code.push(`${end}:`);
  }
  private loop(depth: number): void {
    const counter = LOOP_REGS + depth * 3,
      end = counter + 1,
      step = counter + 2;
    const type = this.pick(["I32", "I64", "U32", "U64"]);
    const load: OpName = type.endsWith("64") ? "LOAD_IMM_I64" : "LOAD_IMM_I32";
    const top = this.label(),
      cond = this.label(),
      leave = this.label();
    const start = this.int(4),
      rounds = this.int(6);
    const body = (): void => {
      this.statements(1 + this.int(3), depth + 1);
      if (this.next() < 0.3) this.jump(this.next() < 0.5 ? leave : cond);
      if (this.next() < 0.6) this.emit("MOVE", this.reg(type), counter);
      this.statements(this.int(3), depth + 1);
    };
    this.emit(load, counter, start);
    this.emit(load, end, start + rounds);
    const how = this.pick(["LT", "LE"]);
    switch (this.int(4)) {
      case 0: // for, step 1
        this.emit(`JUMP_${how === "LT" ? "LE" : "LT"}_${type}` as OpName, end, counter, leave);
        this.code.push(`${top}:`);
        this.emit("LOOP");
        body();
        this.code.push(`${cond}:`);
        this.emit(`FOR_${how}_${type}` as OpName, counter, end, top);
        break;
      case 1: {
        // for with a step
        const down = type.startsWith("I") && this.next() < 0.5;
        if (down) {
          this.emit(load, counter, start + rounds);
          this.emit(load, end, start);
        }
        this.emit(load, step, (1 + this.int(3)) * (down ? -1 : 1));
        this.emit(`FOR_PREP_${how}_${type}` as OpName, counter, end, step, leave);
        this.code.push(`${top}:`);
        this.emit("LOOP");
        body();
        this.code.push(`${cond}:`);
        this.emit(`FOR_STEP_${how}_${type}` as OpName, counter, end, step, top);
        break;
      }
      case 2: // while, condition below
        this.emit("JUMP", cond);
        this.code.push(`${top}:`);
        this.emit("LOOP");
        body();
        this.code.push(`${cond}:`);
        this.emit(`ADD_${type}_IMM` as OpName, counter, counter, 1);
        this.emit(`JUMP_LT_${type}` as OpName, counter, end, top);
        break;
      default: // while, condition above the LOOP
        this.code.push(`${cond}:`);
        this.emit(`ADD_${type}_IMM` as OpName, counter, counter, 1);
        this.emit(`JUMP_LE_${type}` as OpName, end, counter, leave);
        this.emit("LOOP");
        body();
        this.emit("JUMP", cond);
    }
    this.code.push(`${leave}:`);
  }
  private call(): void {
    const skip = this.label();
    const to = out(WINDOW);
    this.emit("JUMP_LE_I32_IMM", 0, 0, skip);
    this.emit("ADD_I32_IMM", 19, 0, -1);
    this.emit("STORE_SPILL", 19, to);
    this.emit("STORE_SPILL", this.reg("I64"), to + 1);
    this.emit("STORE_SPILL", this.reg("F64"), to + 2);
    // Nobody calls module-level code.
    const fn = 1 + this.int(this.functions - 1);
    const result = RESULTS[fn % RESULTS.length]!;
    this.emit("CALL", result === null ? 0 : this.reg(result === "f64" ? "F64" : "I64"), to, fn);
    this.code.push(`${skip}:`);
  }
}
const RESULTS: readonly (Rep | null)[] = ["i64", "f64", null];

/** A program of two to four functions of parameters PARAMS; function 0 returns an i64. */
export function randomProgram(seed: number): Chunk {
  const next = randomOf(seed);
  const functions = 2 + Math.floor(next() * 3);
  const g = new Generator(next, functions, next() < 0.75);
  return assemble({
    functions: Array.from({ length: functions }, (_, i) => g.fn(RESULTS[i % RESULTS.length]!)),
    constants: CONSTANTS,
    globals: GLOBALS,
  });
}
