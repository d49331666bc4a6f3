/**
 * Extended ops: what a runtime function does, from making objects to printing them. One row per op; like ops.ts, nothing
 * about such an op is written anywhere else. Derived from it: the interpreter's dispatch (runtime-as/gen/extended.ts), the calls
 * in native code, the helper table (layout/helpers.ts), docs/bytecode.md.
 *
 *    7      0 15     8 23    16 31    24   15            0 23    16 31    24
 *   ┌────────┬────────┬────────┬────────┐ ┌───────────────┬────────┬────────┐ ┌────────────┐
 *   │  EXT   │   a    │   b    │   c    │ │ number of op  │   d    │   e    │ │     w2     │
 *   └────────┴────────┴────────┴────────┘ └───────────────┴────────┴────────┘ └────────────┘
 *
 * `helper` is the runtime function. Its parameters are the operands but for `def`, in this order; its result goes to the
 * `def`. Registers are passed as i32 (i32, u32, bool, ref: an address), i64 (i64, u64, any) or f64; `raw` is any register as
 * its 8 bytes (i64), `imm` and addresses are i32. When it fails it sets VM.failed to the error's number (errors.ts), writes the
 * values to show to VM.errorValue0 and 1 and the message's text to VM.errorText if it has words of the program in it; its
 * result then means nothing. It must not have done anything by then that shows.
 *
 *   roles beside those of ops.ts   type     index of a type of the chunk (in memory: address of its TYPE)
 *                                  variant  index of a variant of the chunk (in memory: address of its VARIANT)
 */
export type ExtendedEffect =
  /** May collect: references that are needed later must be findable. All that do not have it never allocate. */
  | "allocates"
  /** Changes objects, or reads what others change. Without it the result depends on the arguments alone. */
  | "reads"
  | "writes"
  /** Writes output, reads input: stays in its place. */
  | "io";
export interface ExtendedRow {
  readonly operands: string;
  readonly does: string;
  readonly helper: string;
  readonly effects?: readonly ExtendedEffect[];
  readonly fails?: readonly string[];
  /** The helper's result is the register's 8 bytes as an i64. */
  readonly bits?: true;
}

// biome-ignore format: one row per op
export const EXTENDED = {
  // Objects.
  NEW_RECORD: { operands: "a:def ref, w2:variant", helper: "newRecord", does: "a = a new struct, or enum value, of variant w2; its slots are 0", effects: ["allocates"], fails: ["E0009"] },
  NEW_CLOSURE: { operands: "a:def ref, b:imm, c:imm, w2:fn", helper: "newClosure", does: "a = a new closure of function w2 with b slots, the first c for references; all 0", effects: ["allocates"], fails: ["E0009"] },
  NEW_CELL: { operands: "a:def ref, b:imm", helper: "newCell", does: "a = a new cell; b is 1 if it may hold a reference; its slot is 0", effects: ["allocates"], fails: ["E0009"] },
  CATCH: { operands: "a:def ref", helper: "caughtError", does: "a = the pending error as a value; none is pending afterwards", effects: ["allocates", "reads", "writes"] },

  // Arrays. The index ops are in ops.ts; these two are for arrays that are seen as [any], whatever their elements are.
  NEW_ARRAY: { operands: "a:def ref, b:use i32, w2:type", helper: "newArray", does: "a = a new array of b elements of type w2, all 0", effects: ["allocates"], fails: ["E0009"] },
  FILL_ARRAY: { operands: "a:def ref, b:use raw, c:use i32, w2:type", helper: "fillArray", does: "a = a new array of c elements of type w2, each b", effects: ["allocates"], fails: ["E0009"] },
  COPY_ARRAY: { operands: "a:def ref, b:use ref", helper: "copyArray", does: "a = a new array with the elements of b", effects: ["allocates", "reads"], fails: ["E0009"] },
  GET_ANY: { operands: "a:def any, b:use ref, c:use i32", helper: "getAny", does: "a = b[c] as an any", effects: ["allocates", "reads"], fails: ["E0002.1", "E0002", "E0009"] },
  SET_ANY: { operands: "a:use ref, b:use i32, c:use any", helper: "setAny", does: "a[b] = c; error if c is not of the elements' type", effects: ["reads", "writes"], fails: ["E0002.1", "E0002", "E0019"] },
  PUSH: { operands: "a:use ref, b:use raw", helper: "pushBits", does: "append b to the array a, whose elements have b's representation", effects: ["allocates", "writes"], fails: ["E0009"] },
  PUSH_ANY: { operands: "a:use ref, b:use any", helper: "pushAny", does: "append b to the array a; error if b is not of the elements' type", effects: ["allocates", "writes"], fails: ["E0019", "E0009"] },
  POP_I32: { operands: "a:def i32, b:use ref", helper: "popBits", bits: true, does: "a = the last element of b, taken from it", effects: ["reads", "writes"], fails: ["E0011"] },
  POP_U32: { operands: "a:def u32, b:use ref", helper: "popBits", bits: true, does: "a = the last element of b, taken from it", effects: ["reads", "writes"], fails: ["E0011"] },
  POP_I64: { operands: "a:def i64, b:use ref", helper: "popBits", bits: true, does: "a = the last element of b, taken from it", effects: ["reads", "writes"], fails: ["E0011"] },
  POP_U64: { operands: "a:def u64, b:use ref", helper: "popBits", bits: true, does: "a = the last element of b, taken from it", effects: ["reads", "writes"], fails: ["E0011"] },
  POP_F64: { operands: "a:def f64, b:use ref", helper: "popBits", bits: true, does: "a = the last element of b, taken from it", effects: ["reads", "writes"], fails: ["E0011"] },
  POP_BOOL: { operands: "a:def bool, b:use ref", helper: "popBits", bits: true, does: "a = the last element of b, taken from it", effects: ["reads", "writes"], fails: ["E0011"] },
  POP_REF: { operands: "a:def ref, b:use ref", helper: "popBits", bits: true, does: "a = the last element of b, taken from it", effects: ["reads", "writes"], fails: ["E0011"] },
  POP_ANY: { operands: "a:def any, b:use ref", helper: "popAny", does: "a = the last element of b as an any, taken from it", effects: ["allocates", "reads", "writes"], fails: ["E0011", "E0009"] },
  SLICE: { operands: "a:def ref, b:use ref, c:use i64, d:use i64, e:use i64, w2:imm", helper: "sliceArray", does: "a = b[c..d..e], both bounds included; w2 & 1: without d, w2 & 2: c, & 4: d, & 8: e is a u64", effects: ["allocates", "reads"], fails: ["E0015", "E0015.1", "E0015.2", "E0015.3", "E0015.4", "E0015.5", "E0009"] },
  SORTED: { operands: "a:def ref, b:use ref", helper: "sortedArray", does: "a = a new array with the elements of b in order", effects: ["allocates", "reads"], fails: ["E0016", "E0009"] },
  REPEAT: { operands: "a:def ref, b:use ref, c:use i64, w2:imm", helper: "repeatArray", does: "a = a new array, the elements of b c times; w2 is 1 if c is a u64", effects: ["allocates", "reads"], fails: ["E0017", "E0009"] },
  LEN_VALUE: { operands: "a:def i32, b:use ref", helper: "lengthOfValue", does: "a = the length of an array or string", effects: ["reads"] },
  LEN_ANY: { operands: "a:def i32, b:use any", helper: "lengthOfAny", does: "a = the length of b, which must be an array or string", effects: ["reads"], fails: ["E0019"] },

  // Ranges.
  RANGE: { operands: "a:def ref, b:use i64, c:use i64, d:use i64, w2:imm", helper: "newRange", does: "a = range(b, c, d); w2 & 1, 2, 4: b, c, d is a u64", effects: ["allocates"], fails: ["E0012", "E0030.5", "E0009"] },
  RANGE_MORE: { operands: "a:def bool, b:use ref", helper: "rangeMore", does: "a = whether the range b has a value left", effects: ["reads"] },
  RANGE_TAKE: { operands: "a:def i64, b:use ref", helper: "rangeTake", does: "a = the next value of the range b, which has one", effects: ["reads", "writes"] },

  // To and from any.
  WRAP_I32: { operands: "a:def any, b:use i32", helper: "wrapI32", does: "a = b as an any" },
  WRAP_U32: { operands: "a:def any, b:use u32", helper: "wrapU32", does: "a = b as an any" },
  WRAP_I64: { operands: "a:def any, b:use i64", helper: "wrapI64", does: "a = b as an any", effects: ["allocates"], fails: ["E0009"] },
  WRAP_U64: { operands: "a:def any, b:use u64", helper: "wrapU64", does: "a = b as an any", effects: ["allocates"], fails: ["E0009"] },
  WRAP_F64: { operands: "a:def any, b:use f64", helper: "wrapF64", does: "a = b as an any" },
  WRAP_BOOL: { operands: "a:def any, b:use bool", helper: "wrapBool", does: "a = b as an any" },
  WRAP_REF: { operands: "a:def any, b:use ref", helper: "wrapRef", does: "a = b as an any" },
  UNWRAP_I32: { operands: "a:def i32, b:use any", helper: "unwrapI32", does: "a = b, which must be an i32", fails: ["E0019"] },
  UNWRAP_U32: { operands: "a:def u32, b:use any", helper: "unwrapU32", does: "a = b, which must be a u32", fails: ["E0019"] },
  UNWRAP_I64: { operands: "a:def i64, b:use any", helper: "unwrapI64", does: "a = b, which must be an i64", fails: ["E0019"] },
  UNWRAP_U64: { operands: "a:def u64, b:use any", helper: "unwrapU64", does: "a = b, which must be a u64", fails: ["E0019"] },
  UNWRAP_F64: { operands: "a:def f64, b:use any", helper: "unwrapF64", does: "a = b, which must be an f64", fails: ["E0019"] },
  UNWRAP_BOOL: { operands: "a:def bool, b:use any", helper: "unwrapBool", does: "a = b, which must be a bool", fails: ["E0019"] },
  UNWRAP_REF: { operands: "a:def ref, b:use any, w2:type", helper: "unwrapRef", does: "a = b, which must be of type w2", effects: ["reads"], fails: ["E0019"] },
  ANY_FITS: { operands: "a:def bool, b:use any, w2:type", helper: "anyFits", does: "a = whether b is a reference of type w2", effects: ["reads"], fails: ["E0009"] },

  // Operators on values whose type is known at run time only.
  ANY_ARITH: { operands: "a:def any, b:use any, c:use any, w2:imm", helper: "anyArith", does: "a = b op c; w2: 0 to 4 is + - * / %", effects: ["allocates", "reads"], fails: ["E0019.1", "E0001", "E0004", "E0006", "E0009"] },
  ANY_NEG: { operands: "a:def any, b:use any", helper: "anyNegate", does: "a = -b", effects: ["allocates"], fails: ["E0019.1", "E0004", "E0009"] },
  ANY_ORDER: { operands: "a:def bool, b:use any, c:use any, w2:imm", helper: "anyOrder", does: "a = b op c; w2: 0 to 3 is < <= > >=", effects: ["allocates", "reads"], fails: ["E0019.1", "E0009"] },
  ANY_EQ: { operands: "a:def bool, b:use any, c:use any", helper: "anyEquals", does: "a = b == c", effects: ["allocates", "reads"], fails: ["E0009"] },
  EQ_VALUE: { operands: "a:def bool, b:use ref, c:use ref", helper: "refEquals", does: "a = b == c: strings by bytes, enum values entry by entry, others by identity", effects: ["allocates", "reads"], fails: ["E0009"] },
  TYPEOF_REF: { operands: "a:def ref, b:use ref", helper: "typeofRef", does: "a = typeof(b), a string", effects: ["allocates", "reads"], fails: ["E0009"] },
  TYPEOF_ANY: { operands: "a:def ref, b:use any", helper: "typeofAny", does: "a = typeof(b), a string", effects: ["allocates", "reads"], fails: ["E0009"] },

  // Built-in functions.
  INT_OF: { operands: "a:def i32, b:use any", helper: "intOf", does: "a = int(b)", effects: ["allocates", "reads"], fails: ["E0010", "E0010.1", "E0010.2", "E0010.3", "E0010.4", "E0009"] },
  FLOAT_OF: { operands: "a:def f64, b:use any", helper: "floatOf", does: "a = float(b)", effects: ["allocates", "reads"], fails: ["E0010.5", "E0010.6", "E0009"] },
  INPUT: { operands: "a:def ref", helper: "inputLine", does: "a = the next line of the input, without its end", effects: ["allocates", "io"], fails: ["E0014", "E0009"] },
  TIMESTAMP: { operands: "a:def f64", helper: "timestamp", does: "a = seconds of a clock that only goes forward", effects: ["io"] },
  ASSERT_EQ: { operands: "a:def bool, b:use ref, c:use any, d:use any", helper: "assertEqual", does: "a = true; error if c and d differ, compared deeply; b is the label", effects: ["allocates", "reads"], fails: ["E0013", "E0009"] },
  PRINT_REF: { operands: "a:use ref", helper: "printRef", does: "write a as print shows it", effects: ["allocates", "reads", "io"], fails: ["E0009", "io"] },
  PRINT_ANY: { operands: "a:use any", helper: "printAny", does: "write a as print shows it", effects: ["allocates", "reads", "io"], fails: ["E0009", "io"] },
} as const satisfies Record<string, ExtendedRow>;

export type ExtendedName = keyof typeof EXTENDED;
