/** What lowering writes into `imm` operands of extended ops, and the runtime reads: as `SLICE_OPEN_END`, `RANGE_FLAG_U64_END`, `ANY_ARITH_ADD`. */

/** SLICE: the end is missing; start, end, step is a u64. */
export const SLICE = { OPEN_END: 1, U64_START: 2, U64_END: 4, U64_STEP: 8 } as const;
/** RANGE: start, end, step is a u64. */
export const RANGE = { U64_START: 1, U64_END: 2, U64_STEP: 4 } as const;
/** Operators of ANY_ARITH and ANY_ORDER. */
export const ANY_ARITH = { ADD: 0, SUB: 1, MUL: 2, DIV: 3, REM: 4 } as const;
export const ANY_ORDER = { LT: 0, LE: 1, GT: 2, GE: 3 } as const;
