/**
 * The bytecode instruction set: one row per op; nothing about an op is written anywhere else.
 * Derived from it: opcode numbers, assembler, disassembler, verifier, register queries, the SSA builder's skeleton,
 * runtime-as/gen/ops.ts, docs/bytecode.md. Order is dispatch order, hot ops first.
 *
 * An instruction is one 32-bit word, little-endian, followed by up to five more:
 *
 *    7      0 15     8 23    16 31    24
 *   ┌────────┬────────┬────────┬────────┐ ┌────────────────────┐
 *   │   op   │   a    │   b    │   c    │ │ w1 (w2 … w5)       │
 *   └────────┴────────┴────────┴────────┘ └────────────────────┘
 *            │        └─ bc: 16 bits ───┤
 *            └────────── abc: 24 bits ──┘
 *
 * An error code with a number behind a point is that message of the code's row in diagnostics/table.ts, counted from 0.
 *
 * `operands` lists them in the order in which the disassembler shows them: FIELD:ROLE [TYPE].
 *   roles   def, use   a register written, read; both: read and written
 *           imm        literal, sign-extended (zero-extended in bc of unsigned compares: the row says so)
 *           jump       distance in words from the word after the op word
 *           const      index into the chunk's constants      global  index of a module variable
 *           fn         index of a function                   loop    index into the chunk's loop table
 *           spill      16-bit register number of this window out     16-bit register number: the callee's register 0
 *           cell       0 in the chunk; in memory: the words of layout/vm.ts CELL
 *           sig        index of a signature of the chunk: what a called value must have
 *           type, variant   see extended.ts
 *   types   copy: raw 8 bytes, the type follows the value; const, global, result: type of that constant, variable,
 *           callee's result (CALL_VALUE: the signature's). Others are register representations; i32, u32 and bool share 32 bits, i64 and u64 64.
 *
 * When a chunk is placed in memory, const and global become addresses of 8-byte slots, fn the address of a function
 * record, jumps in w1 become byte distances from w1's own address.
 */
import { EXTENDED, type ExtendedName, type ExtendedRow } from "./extended.js";

export type Effect = "throws" | "yields" | "writes" | "allocates";
export interface OpRow {
  readonly operands: string;
  /** One line, register-transfer notation. */
  readonly does: string;
  /** Absent: falls through. */
  readonly flow?: "jump" | "branch" | "return" | "call";
  readonly effects?: readonly Effect[];
  /** The codes it can fail with, in the order in which they are tested; `io`: writing the output failed. */
  readonly fails?: readonly string[];
}

// biome-ignore format: one row per op
export const OPS = {

  // Calls, loops and jumps: the hottest dispatches come first.
  MOVE: { operands: "a:def copy, b:use copy", does: "a = b, all 8 bytes; the type is that of b" },
  CALL: { operands: "a:def result, bc:out, w1:fn", does: "call fn in the window whose register 0 is our register bc; its result, if any, goes to a", flow: "call", effects: ["throws", "yields"], fails: ["E0008"] },
  CALL_VALUE: { operands: "a:def result, bc:out, w1:sig", does: "call the closure in our register bc, which is its own register 0, in the window that begins there; its result, if any, goes to a", flow: "call", effects: ["throws", "yields"], fails: ["E0008"] },
  TAIL_CALL_VALUE: { operands: "bc:out, w1:sig", does: "call the closure in our register bc instead of returning, as TAIL_CALL does", flow: "return", effects: ["throws", "yields"], fails: ["E0009"] },
  TAIL_CALL: { operands: "bc:out, w1:fn", does: "call fn instead of returning: its window takes the place of ours, its result is ours", flow: "return", effects: ["throws", "yields"], fails: ["E0009"] },
  RETURN: { operands: "a:use copy", does: "leave with the value of a, stored in our register 0 for the caller", flow: "return" },
  RETURN_VOID: { operands: "", does: "leave without a value", flow: "return" },
  LOOP: { operands: "abc:loop, w1:cell, w2:cell, w3:cell, w4:cell, w5:cell", does: "start of a loop body: charge 1, count, enter native code if there is any", effects: ["yields"] },
  FOR_LT_I32: { operands: "a:both i32, b:use i32, w1:jump", does: "if a + 1 < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_LE_I32: { operands: "a:both i32, b:use i32, w1:jump", does: "if a < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_LT_I64: { operands: "a:both i64, b:use i64, w1:jump", does: "if a + 1 < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_LE_I64: { operands: "a:both i64, b:use i64, w1:jump", does: "if a < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_LT_U32: { operands: "a:both u32, b:use u32, w1:jump", does: "if a + 1 < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_LE_U32: { operands: "a:both u32, b:use u32, w1:jump", does: "if a < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_LT_U64: { operands: "a:both u64, b:use u64, w1:jump", does: "if a + 1 < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_LE_U64: { operands: "a:both u64, b:use u64, w1:jump", does: "if a < b: a = a + 1, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  JUMP: { operands: "abc:jump", does: "goto abc", flow: "jump" },
  JUMP_IF: { operands: "a:use bool, w1:jump", does: "if a goto w1", flow: "branch" },
  JUMP_IF_NOT: { operands: "a:use bool, w1:jump", does: "if not a goto w1", flow: "branch" },
  JUMP_EQ_I32: { operands: "a:use i32, b:use i32, w1:jump", does: "if a == b goto w1", flow: "branch" },
  JUMP_NE_I32: { operands: "a:use i32, b:use i32, w1:jump", does: "if a != b goto w1", flow: "branch" },
  JUMP_LT_I32: { operands: "a:use i32, b:use i32, w1:jump", does: "if a < b goto w1", flow: "branch" },
  JUMP_LE_I32: { operands: "a:use i32, b:use i32, w1:jump", does: "if a <= b goto w1", flow: "branch" },
  JUMP_EQ_I32_IMM: { operands: "a:use i32, bc:imm, w1:jump", does: "if a == bc (sign-extended) goto w1", flow: "branch" },
  JUMP_NE_I32_IMM: { operands: "a:use i32, bc:imm, w1:jump", does: "if a != bc (sign-extended) goto w1", flow: "branch" },
  JUMP_LT_I32_IMM: { operands: "a:use i32, bc:imm, w1:jump", does: "if a < bc (sign-extended) goto w1", flow: "branch" },
  JUMP_LE_I32_IMM: { operands: "a:use i32, bc:imm, w1:jump", does: "if a <= bc (sign-extended) goto w1", flow: "branch" },
  JUMP_GT_I32_IMM: { operands: "a:use i32, bc:imm, w1:jump", does: "if a > bc (sign-extended) goto w1", flow: "branch" },
  JUMP_GE_I32_IMM: { operands: "a:use i32, bc:imm, w1:jump", does: "if a >= bc (sign-extended) goto w1", flow: "branch" },
  JUMP_EQ_I64: { operands: "a:use i64, b:use i64, w1:jump", does: "if a == b goto w1", flow: "branch" },
  JUMP_NE_I64: { operands: "a:use i64, b:use i64, w1:jump", does: "if a != b goto w1", flow: "branch" },
  JUMP_LT_I64: { operands: "a:use i64, b:use i64, w1:jump", does: "if a < b goto w1", flow: "branch" },
  JUMP_LE_I64: { operands: "a:use i64, b:use i64, w1:jump", does: "if a <= b goto w1", flow: "branch" },
  JUMP_EQ_I64_IMM: { operands: "a:use i64, bc:imm, w1:jump", does: "if a == bc (sign-extended) goto w1", flow: "branch" },
  JUMP_NE_I64_IMM: { operands: "a:use i64, bc:imm, w1:jump", does: "if a != bc (sign-extended) goto w1", flow: "branch" },
  JUMP_LT_I64_IMM: { operands: "a:use i64, bc:imm, w1:jump", does: "if a < bc (sign-extended) goto w1", flow: "branch" },
  JUMP_LE_I64_IMM: { operands: "a:use i64, bc:imm, w1:jump", does: "if a <= bc (sign-extended) goto w1", flow: "branch" },
  JUMP_GT_I64_IMM: { operands: "a:use i64, bc:imm, w1:jump", does: "if a > bc (sign-extended) goto w1", flow: "branch" },
  JUMP_GE_I64_IMM: { operands: "a:use i64, bc:imm, w1:jump", does: "if a >= bc (sign-extended) goto w1", flow: "branch" },
  JUMP_EQ_U32: { operands: "a:use u32, b:use u32, w1:jump", does: "if a == b goto w1", flow: "branch" },
  JUMP_NE_U32: { operands: "a:use u32, b:use u32, w1:jump", does: "if a != b goto w1", flow: "branch" },
  JUMP_LT_U32: { operands: "a:use u32, b:use u32, w1:jump", does: "if a < b goto w1", flow: "branch" },
  JUMP_LE_U32: { operands: "a:use u32, b:use u32, w1:jump", does: "if a <= b goto w1", flow: "branch" },
  JUMP_EQ_U32_IMM: { operands: "a:use u32, bc:imm, w1:jump", does: "if a == bc (zero-extended) goto w1", flow: "branch" },
  JUMP_NE_U32_IMM: { operands: "a:use u32, bc:imm, w1:jump", does: "if a != bc (zero-extended) goto w1", flow: "branch" },
  JUMP_LT_U32_IMM: { operands: "a:use u32, bc:imm, w1:jump", does: "if a < bc (zero-extended) goto w1", flow: "branch" },
  JUMP_LE_U32_IMM: { operands: "a:use u32, bc:imm, w1:jump", does: "if a <= bc (zero-extended) goto w1", flow: "branch" },
  JUMP_GT_U32_IMM: { operands: "a:use u32, bc:imm, w1:jump", does: "if a > bc (zero-extended) goto w1", flow: "branch" },
  JUMP_GE_U32_IMM: { operands: "a:use u32, bc:imm, w1:jump", does: "if a >= bc (zero-extended) goto w1", flow: "branch" },
  JUMP_EQ_U64: { operands: "a:use u64, b:use u64, w1:jump", does: "if a == b goto w1", flow: "branch" },
  JUMP_NE_U64: { operands: "a:use u64, b:use u64, w1:jump", does: "if a != b goto w1", flow: "branch" },
  JUMP_LT_U64: { operands: "a:use u64, b:use u64, w1:jump", does: "if a < b goto w1", flow: "branch" },
  JUMP_LE_U64: { operands: "a:use u64, b:use u64, w1:jump", does: "if a <= b goto w1", flow: "branch" },
  JUMP_EQ_U64_IMM: { operands: "a:use u64, bc:imm, w1:jump", does: "if a == bc (zero-extended) goto w1", flow: "branch" },
  JUMP_NE_U64_IMM: { operands: "a:use u64, bc:imm, w1:jump", does: "if a != bc (zero-extended) goto w1", flow: "branch" },
  JUMP_LT_U64_IMM: { operands: "a:use u64, bc:imm, w1:jump", does: "if a < bc (zero-extended) goto w1", flow: "branch" },
  JUMP_LE_U64_IMM: { operands: "a:use u64, bc:imm, w1:jump", does: "if a <= bc (zero-extended) goto w1", flow: "branch" },
  JUMP_GT_U64_IMM: { operands: "a:use u64, bc:imm, w1:jump", does: "if a > bc (zero-extended) goto w1", flow: "branch" },
  JUMP_GE_U64_IMM: { operands: "a:use u64, bc:imm, w1:jump", does: "if a >= bc (zero-extended) goto w1", flow: "branch" },
  JUMP_EQ_F64: { operands: "a:use f64, b:use f64, w1:jump", does: "if a == b goto w1", flow: "branch" },
  JUMP_NE_F64: { operands: "a:use f64, b:use f64, w1:jump", does: "if a != b goto w1", flow: "branch" },
  JUMP_LT_F64: { operands: "a:use f64, b:use f64, w1:jump", does: "if a < b goto w1", flow: "branch" },
  JUMP_LE_F64: { operands: "a:use f64, b:use f64, w1:jump", does: "if a <= b goto w1", flow: "branch" },
  JUMP_NLT_F64: { operands: "a:use f64, b:use f64, w1:jump", does: "if not (a < b) goto w1", flow: "branch" },
  JUMP_NLE_F64: { operands: "a:use f64, b:use f64, w1:jump", does: "if not (a <= b) goto w1", flow: "branch" },

  // i32 arithmetic.
  ADD_I32: { operands: "a:def i32, b:use i32, c:use i32", does: "a = b + c; error on overflow", effects: ["throws"], fails: ["E0004"] },
  ADD_I32_IMM: { operands: "a:def i32, b:use i32, c:imm", does: "a = b + c; error on overflow (imm sign-extended)", effects: ["throws"], fails: ["E0004"] },
  SUB_I32: { operands: "a:def i32, b:use i32, c:use i32", does: "a = b - c; error on overflow", effects: ["throws"], fails: ["E0004"] },
  MUL_I32: { operands: "a:def i32, b:use i32, c:use i32", does: "a = b * c; error on overflow", effects: ["throws"], fails: ["E0004"] },
  MUL_I32_IMM: { operands: "a:def i32, b:use i32, c:imm", does: "a = b * c; error on overflow (imm sign-extended)", effects: ["throws"], fails: ["E0004"] },
  DIV_I32: { operands: "a:def i32, b:use i32, c:use i32", does: "a = b / c", effects: ["throws"], fails: ["E0001", "E0004"] },
  DIV_I32_IMM: { operands: "a:def i32, b:use i32, c:imm", does: "a = b / c; c is never 0 nor -1 (imm sign-extended)" },
  REM_I32: { operands: "a:def i32, b:use i32, c:use i32", does: "a = b % c; smallest % -1 is 0", effects: ["throws"], fails: ["E0006"] },
  REM_I32_IMM: { operands: "a:def i32, b:use i32, c:imm", does: "a = b % c; c is never 0 nor -1 (imm sign-extended)" },
  NEG_I32: { operands: "a:def i32, b:use i32", does: "a = -b; error on overflow", effects: ["throws"], fails: ["E0004"] },
  EQ_I32: { operands: "a:def bool, b:use i32, c:use i32", does: "a = b == c" },
  NE_I32: { operands: "a:def bool, b:use i32, c:use i32", does: "a = b != c" },
  LT_I32: { operands: "a:def bool, b:use i32, c:use i32", does: "a = b < c" },
  LE_I32: { operands: "a:def bool, b:use i32, c:use i32", does: "a = b <= c" },

  // i64 arithmetic.
  ADD_I64: { operands: "a:def i64, b:use i64, c:use i64", does: "a = b + c; error on overflow", effects: ["throws"], fails: ["E0004"] },
  ADD_I64_IMM: { operands: "a:def i64, b:use i64, c:imm", does: "a = b + c; error on overflow (imm sign-extended)", effects: ["throws"], fails: ["E0004"] },
  SUB_I64: { operands: "a:def i64, b:use i64, c:use i64", does: "a = b - c; error on overflow", effects: ["throws"], fails: ["E0004"] },
  MUL_I64: { operands: "a:def i64, b:use i64, c:use i64", does: "a = b * c; error on overflow", effects: ["throws"], fails: ["E0004"] },
  MUL_I64_IMM: { operands: "a:def i64, b:use i64, c:imm", does: "a = b * c; error on overflow (imm sign-extended)", effects: ["throws"], fails: ["E0004"] },
  DIV_I64: { operands: "a:def i64, b:use i64, c:use i64", does: "a = b / c", effects: ["throws"], fails: ["E0001", "E0004"] },
  DIV_I64_IMM: { operands: "a:def i64, b:use i64, c:imm", does: "a = b / c; c is never 0 nor -1 (imm sign-extended)" },
  REM_I64: { operands: "a:def i64, b:use i64, c:use i64", does: "a = b % c; smallest % -1 is 0", effects: ["throws"], fails: ["E0006"] },
  REM_I64_IMM: { operands: "a:def i64, b:use i64, c:imm", does: "a = b % c; c is never 0 nor -1 (imm sign-extended)" },
  NEG_I64: { operands: "a:def i64, b:use i64", does: "a = -b; error on overflow", effects: ["throws"], fails: ["E0004"] },
  EQ_I64: { operands: "a:def bool, b:use i64, c:use i64", does: "a = b == c" },
  NE_I64: { operands: "a:def bool, b:use i64, c:use i64", does: "a = b != c" },
  LT_I64: { operands: "a:def bool, b:use i64, c:use i64", does: "a = b < c" },
  LE_I64: { operands: "a:def bool, b:use i64, c:use i64", does: "a = b <= c" },

  // u32 arithmetic.
  ADD_U32: { operands: "a:def u32, b:use u32, c:use u32", does: "a = b + c, wrapping" },
  ADD_U32_IMM: { operands: "a:def u32, b:use u32, c:imm", does: "a = b + c, wrapping (imm sign-extended)" },
  SUB_U32: { operands: "a:def u32, b:use u32, c:use u32", does: "a = b - c, wrapping" },
  MUL_U32: { operands: "a:def u32, b:use u32, c:use u32", does: "a = b * c, wrapping" },
  MUL_U32_IMM: { operands: "a:def u32, b:use u32, c:imm", does: "a = b * c, wrapping (imm sign-extended)" },
  DIV_U32: { operands: "a:def u32, b:use u32, c:use u32", does: "a = b / c", effects: ["throws"], fails: ["E0001"] },
  DIV_U32_IMM: { operands: "a:def u32, b:use u32, c:imm", does: "a = b / c; c is never 0 (imm sign-extended)" },
  REM_U32: { operands: "a:def u32, b:use u32, c:use u32", does: "a = b % c", effects: ["throws"], fails: ["E0006"] },
  REM_U32_IMM: { operands: "a:def u32, b:use u32, c:imm", does: "a = b % c; c is never 0 (imm sign-extended)" },
  EQ_U32: { operands: "a:def bool, b:use u32, c:use u32", does: "a = b == c" },
  NE_U32: { operands: "a:def bool, b:use u32, c:use u32", does: "a = b != c" },
  LT_U32: { operands: "a:def bool, b:use u32, c:use u32", does: "a = b < c" },
  LE_U32: { operands: "a:def bool, b:use u32, c:use u32", does: "a = b <= c" },

  // u64 arithmetic.
  ADD_U64: { operands: "a:def u64, b:use u64, c:use u64", does: "a = b + c, wrapping" },
  ADD_U64_IMM: { operands: "a:def u64, b:use u64, c:imm", does: "a = b + c, wrapping (imm sign-extended)" },
  SUB_U64: { operands: "a:def u64, b:use u64, c:use u64", does: "a = b - c, wrapping" },
  MUL_U64: { operands: "a:def u64, b:use u64, c:use u64", does: "a = b * c, wrapping" },
  MUL_U64_IMM: { operands: "a:def u64, b:use u64, c:imm", does: "a = b * c, wrapping (imm sign-extended)" },
  DIV_U64: { operands: "a:def u64, b:use u64, c:use u64", does: "a = b / c", effects: ["throws"], fails: ["E0001"] },
  DIV_U64_IMM: { operands: "a:def u64, b:use u64, c:imm", does: "a = b / c; c is never 0 (imm sign-extended)" },
  REM_U64: { operands: "a:def u64, b:use u64, c:use u64", does: "a = b % c", effects: ["throws"], fails: ["E0006"] },
  REM_U64_IMM: { operands: "a:def u64, b:use u64, c:imm", does: "a = b % c; c is never 0 (imm sign-extended)" },
  EQ_U64: { operands: "a:def bool, b:use u64, c:use u64", does: "a = b == c" },
  NE_U64: { operands: "a:def bool, b:use u64, c:use u64", does: "a = b != c" },
  LT_U64: { operands: "a:def bool, b:use u64, c:use u64", does: "a = b < c" },
  LE_U64: { operands: "a:def bool, b:use u64, c:use u64", does: "a = b <= c" },

  // f64 arithmetic.
  ADD_F64: { operands: "a:def f64, b:use f64, c:use f64", does: "a = b + c" },
  SUB_F64: { operands: "a:def f64, b:use f64, c:use f64", does: "a = b - c" },
  MUL_F64: { operands: "a:def f64, b:use f64, c:use f64", does: "a = b * c" },
  DIV_F64: { operands: "a:def f64, b:use f64, c:use f64", does: "a = b / c", effects: ["throws"], fails: ["E0001"] },
  REM_F64: { operands: "a:def f64, b:use f64, c:use f64", does: "a = b % c; C fmod", effects: ["throws"], fails: ["E0006"] },
  NEG_F64: { operands: "a:def f64, b:use f64", does: "a = -b" },
  EQ_F64: { operands: "a:def bool, b:use f64, c:use f64", does: "a = b == c" },
  NE_F64: { operands: "a:def bool, b:use f64, c:use f64", does: "a = b != c" },
  LT_F64: { operands: "a:def bool, b:use f64, c:use f64", does: "a = b < c" },
  LE_F64: { operands: "a:def bool, b:use f64, c:use f64", does: "a = b <= c" },

  // General range steps: direction from the sign of the step, no counter ever passes the end of its type.
  FOR_PREP_LT_I32: { operands: "a:use i32, b:use i32, c:use i32, w1:jump", does: "error when the step c is 0; goto w1 if the exclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LT_I32: { operands: "a:both i32, b:use i32, c:use i32, w1:jump", does: "if the exclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_PREP_LE_I32: { operands: "a:use i32, b:use i32, c:use i32, w1:jump", does: "error when the step c is 0; goto w1 if the inclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LE_I32: { operands: "a:both i32, b:use i32, c:use i32, w1:jump", does: "if the inclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_PREP_LT_I64: { operands: "a:use i64, b:use i64, c:use i64, w1:jump", does: "error when the step c is 0; goto w1 if the exclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LT_I64: { operands: "a:both i64, b:use i64, c:use i64, w1:jump", does: "if the exclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_PREP_LE_I64: { operands: "a:use i64, b:use i64, c:use i64, w1:jump", does: "error when the step c is 0; goto w1 if the inclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LE_I64: { operands: "a:both i64, b:use i64, c:use i64, w1:jump", does: "if the inclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_PREP_LT_U32: { operands: "a:use u32, b:use u32, c:use u32, w1:jump", does: "error when the step c is 0; goto w1 if the exclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LT_U32: { operands: "a:both u32, b:use u32, c:use u32, w1:jump", does: "if the exclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_PREP_LE_U32: { operands: "a:use u32, b:use u32, c:use u32, w1:jump", does: "error when the step c is 0; goto w1 if the inclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LE_U32: { operands: "a:both u32, b:use u32, c:use u32, w1:jump", does: "if the inclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_PREP_LT_U64: { operands: "a:use u64, b:use u64, c:use u64, w1:jump", does: "error when the step c is 0; goto w1 if the exclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LT_U64: { operands: "a:both u64, b:use u64, c:use u64, w1:jump", does: "if the exclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },
  FOR_PREP_LE_U64: { operands: "a:use u64, b:use u64, c:use u64, w1:jump", does: "error when the step c is 0; goto w1 if the inclusive range a..b has no round", flow: "branch", effects: ["throws"], fails: ["E0012"] },
  FOR_STEP_LE_U64: { operands: "a:both u64, b:use u64, c:use u64, w1:jump", does: "if the inclusive range has a further round: a = a + c, goto w1 (a LOOP; charged and counted as by it)", flow: "branch", effects: ["yields"] },

  // Constants, module variables, spilled registers.
  LOAD_IMM_I32: { operands: "a:def i32, bc:imm", does: "a = bc; also u32 and bool" },
  LOAD_IMM_I64: { operands: "a:def i64, bc:imm", does: "a = bc; also u64" },
  LOAD_K: { operands: "a:def const, w1:const", does: "a = constant w1, whose type it has" },
  LOAD_GLOBAL: { operands: "a:def global, w1:global", does: "a = module variable w1" },
  STORE_GLOBAL: { operands: "a:use global, w1:global", does: "module variable w1 = a" },
  LOAD_SPILL: { operands: "a:def copy, bc:spill", does: "a = register bc of this window, beyond 255" },
  STORE_SPILL: { operands: "a:use copy, bc:spill", does: "register bc of this window = a" },
  CHECK_VALUE: { operands: "a:use bool", does: "error when a is false: a variable is read that has no value yet", effects: ["throws"], fails: ["E0018"] },

  // bool.
  NOT: { operands: "a:def bool, b:use bool", does: "a = not b" },

  // Comparison of unlike numbers, by value: -1, 0, 1, or 2 when unordered.
  CMP_I64_U64: { operands: "a:def i32, b:use i64, c:use u64", does: "a = b <=> c" },
  CMP_I64_F64: { operands: "a:def i32, b:use i64, c:use f64", does: "a = b <=> c" },
  CMP_U64_F64: { operands: "a:def i32, b:use u64, c:use f64", does: "a = b <=> c" },

  // Conversions. i32 to u32 and back, bool to i32: MOVE.
  I32_TO_I64: { operands: "a:def i64, b:use i32", does: "a = b as i64; sign-extended" },
  U32_TO_I64: { operands: "a:def i64, b:use u32", does: "a = b as i64; zero-extended; also u64, and from bool" },
  I64_TO_I32: { operands: "a:def i32, b:use i64", does: "a = b as i32; the low 32 bits" },
  I32_TO_F64: { operands: "a:def f64, b:use i32", does: "a = b as f64" },
  U32_TO_F64: { operands: "a:def f64, b:use u32", does: "a = b as f64; also from bool" },
  I64_TO_F64: { operands: "a:def f64, b:use i64", does: "a = b as f64; nearest" },
  U64_TO_F64: { operands: "a:def f64, b:use u64", does: "a = b as f64; nearest" },
  F64_TO_I32: { operands: "a:def i32, b:use f64", does: "a = b as i32; truncated", effects: ["throws"], fails: ["E0007"] },
  F64_TO_I64: { operands: "a:def i64, b:use f64", does: "a = b as i64; truncated", effects: ["throws"], fails: ["E0007.1"] },
  F64_TO_U32: { operands: "a:def u32, b:use f64", does: "a = b as u32; truncated", effects: ["throws"], fails: ["E0007.2"] },
  F64_TO_U64: { operands: "a:def u64, b:use f64", does: "a = b as u64; truncated", effects: ["throws"], fails: ["E0007.3"] },
  I32_TO_U64: { operands: "a:def u64, b:use i32", does: "a = b as u64; error if negative", effects: ["throws"], fails: ["E0007.4"] },
  I64_TO_U32: { operands: "a:def u32, b:use i64", does: "a = b as u32; error out of range", effects: ["throws"], fails: ["E0007.5"] },
  I64_TO_U64: { operands: "a:def u64, b:use i64", does: "a = b as u64; error if negative", effects: ["throws"], fails: ["E0007.6"] },
  U64_TO_I32: { operands: "a:def i32, b:use u64", does: "a = b as i32; error if too large", effects: ["throws"], fails: ["E0007.7"] },
  U64_TO_I64: { operands: "a:def i64, b:use u64", does: "a = b as i64; error if too large", effects: ["throws"], fails: ["E0007.8"] },
  U64_TO_U32: { operands: "a:def u32, b:use u64", does: "a = b as u32; error if too large", effects: ["throws"], fails: ["E0007.9"] },

  // Strings and printing. PRINT_* append to the output buffer, which may be flushed.
  EQ_STRING: { operands: "a:def bool, b:use ref, c:use ref", does: "a = b == c, bytes", effects: ["throws", "allocates"], fails: ["E0009"] },
  NE_STRING: { operands: "a:def bool, b:use ref, c:use ref", does: "a = b != c, bytes", effects: ["throws", "allocates"], fails: ["E0009"] },
  LT_STRING: { operands: "a:def bool, b:use ref, c:use ref", does: "a = b < c, bytewise", effects: ["throws", "allocates"], fails: ["E0009"] },
  LE_STRING: { operands: "a:def bool, b:use ref, c:use ref", does: "a = b <= c, bytewise", effects: ["throws", "allocates"], fails: ["E0009"] },
  CONCAT: { operands: "a:def ref, b:use ref, c:use ref", does: "a = b + c", effects: ["throws", "allocates"], fails: ["E0009"] },
  LEN_STRING: { operands: "a:def i32, b:use ref", does: "a = number of bytes of b" },
  INDEX_STRING: { operands: "a:def ref, b:use ref, c:use i64", does: "a = the string of byte c of b", effects: ["throws", "allocates"], fails: ["E0002.3", "E0002.2", "E0009"] },
  INDEX_STRING_U64: { operands: "a:def ref, b:use ref, c:use u64", does: "a = the string of byte c of b", effects: ["throws", "allocates"], fails: ["E0002.2", "E0009"] },
  I64_TO_STRING: { operands: "a:def ref, b:use i64", does: "a = the text of b", effects: ["throws", "allocates"], fails: ["E0009"] },
  U64_TO_STRING: { operands: "a:def ref, b:use u64", does: "a = the text of b", effects: ["throws", "allocates"], fails: ["E0009"] },
  F64_TO_STRING: { operands: "a:def ref, b:use f64", does: "a = the text of b", effects: ["throws", "allocates"], fails: ["E0009"] },
  PRINT_TEXT: { operands: "w1:const", does: "write the string constant w1", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_I32: { operands: "a:use i32", does: "write a as print shows it", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_U32: { operands: "a:use u32", does: "write a as print shows it", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_I64: { operands: "a:use i64", does: "write a as print shows it", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_U64: { operands: "a:use u64", does: "write a as print shows it", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_F64: { operands: "a:use f64", does: "write a as print shows it", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_BOOL: { operands: "a:use bool", does: "write a as print shows it", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_STRING: { operands: "a:use ref", does: "write a as print shows it", effects: ["writes", "throws", "allocates"], fails: ["E0009", "io"] },
  PRINT_RADIX: { operands: "a:use i64, bc:imm", does: "write the 64 bits of a in radix bc & 255 (2, 8, 16); bc & 256: upper case", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_FIXED: { operands: "a:use f64, w1:imm", does: "write a with exactly w1 decimals", effects: ["writes", "throws"], fails: ["io"] },
  PRINT_END: { operands: "", does: "write a line end; flush if the output is a terminal", effects: ["writes", "throws"], fails: ["io"] },

  // Objects. The interpreter's other object ops are extended ones.
  GET_I32: { operands: "a:def i32, b:use ref, c:use i32", does: "a = b[c] of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  GET_U32: { operands: "a:def u32, b:use ref, c:use i32", does: "a = b[c] of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  GET_I64: { operands: "a:def i64, b:use ref, c:use i32", does: "a = b[c] of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  GET_U64: { operands: "a:def u64, b:use ref, c:use i32", does: "a = b[c] of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  GET_F64: { operands: "a:def f64, b:use ref, c:use i32", does: "a = b[c] of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  GET_BOOL: { operands: "a:def bool, b:use ref, c:use i32", does: "a = b[c] of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  GET_REF: { operands: "a:def ref, b:use ref, c:use i32", does: "a = b[c] of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  SET_I32: { operands: "a:use ref, b:use i32, c:use i32", does: "a[b] = c of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  SET_U32: { operands: "a:use ref, b:use i32, c:use u32", does: "a[b] = c of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  SET_I64: { operands: "a:use ref, b:use i32, c:use i64", does: "a[b] = c of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  SET_U64: { operands: "a:use ref, b:use i32, c:use u64", does: "a[b] = c of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  SET_F64: { operands: "a:use ref, b:use i32, c:use f64", does: "a[b] = c of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  SET_BOOL: { operands: "a:use ref, b:use i32, c:use bool", does: "a[b] = c of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  SET_REF: { operands: "a:use ref, b:use i32, c:use ref", does: "a[b] = c of an array", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  I64_TO_INDEX: { operands: "a:def i32, b:use i64", does: "a = b as an index of an array; error if no array has it", effects: ["throws"], fails: ["E0002.1", "E0002"] },
  U64_TO_INDEX: { operands: "a:def i32, b:use u64", does: "a = b as an index of an array; error if no array has it", effects: ["throws"], fails: ["E0002"] },
  U32_TO_INDEX: { operands: "a:def i32, b:use u32", does: "a = b as an index of an array; error if no array has it", effects: ["throws"], fails: ["E0002"] },
  LEN_ARRAY: { operands: "a:def i32, b:use ref", does: "a = number of elements of b" },
  LOAD_SLOT_I32: { operands: "a:def i32, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  LOAD_SLOT_U32: { operands: "a:def u32, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  LOAD_SLOT_I64: { operands: "a:def i64, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  LOAD_SLOT_U64: { operands: "a:def u64, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  LOAD_SLOT_F64: { operands: "a:def f64, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  LOAD_SLOT_BOOL: { operands: "a:def bool, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  LOAD_SLOT_REF: { operands: "a:def ref, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  LOAD_SLOT_ANY: { operands: "a:def any, b:use ref, c:slot", does: "a = slot c of the struct, enum value, closure or cell b" },
  STORE_SLOT: { operands: "a:use ref, b:use copy, c:slot", does: "slot c of the struct, enum value, closure or cell a = b" },
  LOAD_VARIANT: { operands: "a:def i32, b:use ref", does: "a = number of the variant of the enum value b" },
  EXT: { operands: "w1:cell, w2:cell", does: "an extended op: see the table below" },
} as const satisfies Record<string, OpRow>;

export type BasicName = keyof typeof OPS;
export type OpName = BasicName | ExtendedName;
const BASIC_NAMES = Object.keys(OPS) as BasicName[];
const EXTENDED_NAMES = Object.keys(EXTENDED) as ExtendedName[];
export const OP_NAMES: readonly OpName[] = [...BASIC_NAMES, ...EXTENDED_NAMES];
/** Numbers of extended ops begin here; in an instruction they stand without this. */
export const EXTENDED_BASE = 256;
/** Opcode numbers: `OP.ADD_I32`. */
export const OP = Object.fromEntries([
  ...BASIC_NAMES.map((name, code) => [name, code]),
  ...EXTENDED_NAMES.map((name, code) => [name, EXTENDED_BASE + code]),
]) as Readonly<Record<OpName, number>>;

export type Field = "a" | "b" | "c" | "d" | "e" | "bc" | "abc" | "w1" | "w2" | "w3" | "w4" | "w5";
export type Role =
  | "def"
  | "use"
  | "both"
  | "imm"
  | "jump"
  | "const"
  | "global"
  | "fn"
  | "loop"
  | "spill"
  | "out"
  | "sig"
  | "type"
  | "variant"
  | "slot"
  | "cell";
export type OperandType =
  | "i32"
  | "u32"
  | "i64"
  | "u64"
  | "f64"
  | "bool"
  | "ref"
  | "any"
  /** Follows the value. */
  | "copy"
  /** Whatever it is, as 8 bytes. */
  | "raw"
  | "const"
  | "global"
  | "result";
export interface Operand {
  readonly field: Field;
  readonly role: Role;
  /** Only for registers. */
  readonly type: OperandType | null;
}
/** A row with its operand text taken apart; what everything else walks. */
export interface Op extends OpRow {
  readonly name: OpName;
  readonly code: number;
  readonly list: readonly Operand[];
  /** Length in 32-bit words. */
  readonly size: number;
  /** Of an extended op: its own row. */
  readonly extended: ExtendedRow | null;
}

const parseOperands = (text: string): Operand[] =>
  text === ""
    ? []
    : text.split(", ").map((part) => {
        const [field, rest] = part.split(":") as [Field, string];
        const [role, type] = rest.split(" ") as [Role, OperandType?];
        return { field, role, type: type ?? null };
      });

const basic = (name: BasicName, code: number): Op => {
  const row: OpRow = OPS[name];
  const list = parseOperands(row.operands);
  const size = 1 + list.filter((o) => o.field.startsWith("w")).length;
  return { ...row, name, code, list, size, extended: null };
};
const EXTENDED_SIZE = 3;
const extended = (name: ExtendedName, number: number): Op => {
  const row: ExtendedRow = EXTENDED[name];
  const effects: Effect[] = row.fails ? ["throws"] : [];
  if (row.effects?.includes("allocates")) effects.push("allocates");
  if (row.effects?.includes("io")) effects.push("writes");
  return {
    operands: row.operands,
    does: row.does,
    effects,
    ...(row.fails ? { fails: row.fails } : {}),
    name,
    code: EXTENDED_BASE + number,
    list: parseOperands(row.operands),
    size: EXTENDED_SIZE,
    extended: row,
  };
};

/** All ops by opcode; between the basic and the extended ones there is nothing. */
export const OP_LIST: readonly Op[] = (() => {
  const list = BASIC_NAMES.map(basic);
  list.length = EXTENDED_BASE;
  return [...list, ...EXTENDED_NAMES.map(extended)];
})();
/** All ops. */
export const ALL_OPS: readonly Op[] = OP_LIST.filter((op) => op !== undefined);

/** The op at a place in the code; undefined for an unknown one. */
export function opAt(code: Uint32Array, pc: number): Op | undefined {
  const op = code[pc]! & 0xff;
  return OP_LIST[op === OP.EXT ? EXTENDED_BASE + (code[pc + 1]! & 0xffff) : op];
}
