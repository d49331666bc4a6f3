/**
 * A program in bytecode: what lowering makes, the engine places in memory, the SSA builder and AOT read, and
 * `serialise.ts` writes and reads back. Code addresses ("pc") are word indexes into `code`.
 */
import type { Rep } from "../analysis/types.js";

export type Constant =
  | { readonly type: "i32" | "u32"; readonly value: number }
  | { readonly type: "bool"; readonly value: number }
  | { readonly type: "i64" | "u64"; readonly value: bigint }
  | { readonly type: "f64"; readonly value: number }
  /** A string literal; `text` is decoded UTF-8. */
  | Text
  | { readonly type: "ref"; readonly object: StaticObject };

export interface Text {
  readonly type: "ref";
  readonly text: string;
}

/** An object that is part of the program: nothing ever changes it. */
export type StaticObject =
  /** An enum value without payload: index of its variant. */
  | { readonly kind: "variant"; readonly variant: number }
  /** A function without captures as a value: index of the function, whose first parameter is the closure. */
  | { readonly kind: "function"; readonly fn: number }
  /** An array of numbers or bools, to be copied: index of the elements' type, the elements as 64 bits each. */
  | { readonly kind: "array"; readonly element: number; readonly bits: readonly bigint[] };

/** A type at run time (layout/objects.ts TYPE); other types are named by their index in the chunk, -1: not known. */
export type RunType =
  | { readonly what: "scalar"; readonly rep: Exclude<Rep, "ref" | "any"> }
  | { readonly what: "string" | "range" | "error" | "any" | "unknown" }
  | { readonly what: "array"; readonly element: number; readonly text: string }
  | { readonly what: "function"; readonly text: string }
  /** `variants`: index of the first one. */
  | { readonly what: "struct"; readonly name: string; readonly text: string; readonly variants: number }
  | {
      readonly what: "enum";
      readonly name: string;
      readonly text: string;
      readonly variants: number;
      readonly count: number;
      /** The same for all types of one declaration. */
      readonly declaration: number;
    };

/** A variant of an enum, or the only one of a struct (name: ""). */
export interface VariantRow {
  /** `Shape.Dot`. */
  readonly name: string;
  readonly type: number;
  /** Number in its enum. */
  readonly index: number;
  /** Slots that may hold references; they come first. */
  readonly refs: number;
  /** In source order. */
  readonly fields: readonly { readonly slot: number; readonly type: number }[];
}

/** What a called value takes, without the closure itself, which is always its first parameter, and gives. */
export interface Signature {
  readonly params: readonly Rep[];
  readonly result: Rep | null;
}

/** A `try`: errors at addresses from `start` to before `end` go on at `target`. */
export interface HandlerRow {
  readonly fn: number;
  readonly start: number;
  readonly end: number;
  readonly target: number;
}

export interface Proto {
  readonly name: string;
  /** Index in `Chunk.files`. */
  readonly file: number;
  /** Offset of the function's name in its file (main: 0). */
  readonly offset: number;
  /** Types of the parameters in source order; registers by `parameterRegisters` (layout/frame.ts). */
  readonly params: readonly Rep[];
  readonly result: Rep | null;
  readonly codeStart: number;
  /** Just after the last word. */
  readonly codeEnd: number;
  /**
   * Registers that an activation touches: refParams | scalarParams | otherRefs | otherScalars, and after them, if it calls,
   * the next window's header and the most arguments of its calls. So a window that fits its chunk can call.
   */
  readonly window: number;
  readonly refParams: number;
  readonly otherRefs: number;
  /** Index of its type as a value, or -1. */
  readonly type?: number;
  /** First register of the other references: after the parameters, and in functions that spill after some scalars. */
  readonly otherRefsStart?: number;
}

/** One loop: its LOOP instruction and the innermost loop around it in the same function (-1: none). */
export interface LoopRow {
  readonly fn: number;
  readonly pc: number;
  /** The last word that belongs to the body, exclusive. */
  readonly end: number;
  readonly parent: number;
  /** Offset of the keyword in the source file. */
  readonly offset: number;
}

/** A value that an error message may show. */
export interface SpanOperand {
  readonly start: number;
  readonly end: number;
  readonly type: Rep;
  /** A name to show ("`n` is 0"), or null for a compound expression. */
  readonly name: string | null;
}

/** Where an instruction that can fail, or a call, stands in the source. Sorted by pc; one row per instruction. */
export interface SpanRow {
  readonly pc: number;
  /** Primary span as offsets in the function's file. For a call: the callee's name. */
  readonly start: number;
  readonly end: number;
  /** In the order of the instruction's `use` registers (immediates included). */
  readonly operands: readonly SpanOperand[];
}

/** The tables of a chunk without objects. */
export const NO_OBJECTS = { types: [], variants: [], signatures: [], handlers: [] } as const;

export interface Chunk {
  readonly files: readonly {
    readonly path: string /** Text for excerpts; null in a stripped chunk. */;
    readonly text: string | null;
  }[];
  /** Function 0 is the module-level code of the main file. */
  readonly functions: readonly Proto[];
  readonly code: Uint32Array;
  readonly constants: readonly Constant[];
  /** Variables of the module bank, those that hold references first. */
  readonly globals: readonly { readonly name: string; readonly type: Rep }[];
  readonly types: readonly RunType[];
  readonly variants: readonly VariantRow[];
  readonly signatures: readonly Signature[];
  readonly loops: readonly LoopRow[];
  /** By function, and inside of one inner ones first. */
  readonly handlers: readonly HandlerRow[];
  readonly spans: readonly SpanRow[];
  /** (pc, line) pairs, sorted by pc, a row where the line changes: lines from 1. */
  readonly lines: readonly { readonly pc: number; readonly line: number }[];
}
