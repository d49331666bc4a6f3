/**
 * Heap object layouts: the only place with an offset. Every object starts with `logged` and `kind`.
 */
import { layout } from "./layout.js";

/**
 * Every string, whatever its kind, begins with this. Kinds LITERAL and STRING: the UTF-8 bytes follow it. `hash` is 0 until
 * somebody asks. Literals are laid out by the loader with their final header.
 */
export const STRING = layout({ logged: "u8", kind: "u8", flags: "u16", length: "u32", hash: "u32", link: "ptr" });
/** Kind VIEW: the first `length` bytes of the buffer that `link` refers to. Kind ROPE: `link`, then `right`. */
export const ROPE = layout({ ...STRING.fields, right: "ptr" });
/** Bytes that views share: the first `used` of `capacity` are written and never change. They follow the header. */
export const BUFFER = layout({ logged: "u8", kind: "u8", flags: "u16", capacity: "u32", used: "u32", pad: "u32" });

/**
 * An array: `length` elements at `data`, which is the address of the first element in an object of kind ELEMENTS (0: none so far), that has
 * room for `capacity`. `elements` is the TYPE of the elements; its `rep` says how they are stored (ELEMENT_BYTES).
 */
export const ARRAY = layout({
  logged: "u8",
  kind: "u8",
  flags: "u16",
  length: "u32",
  capacity: "u32",
  data: "ptr",
  elements: "ptr",
  pad: "u32",
});
/** What an array's elements lie in, behind this header. `rep`: how they are stored; what is not used is not cleared. */
export const ELEMENTS = layout({ logged: "u8", kind: "u8", rep: "u16", used: "u32", pad0: "u32", pad1: "u32" });
/**
 * Structs, enum values, closures and cells: 8-byte slots follow the header, those that hold references or `any` first. A
 * reference in a slot (or in a register) is the whole 8 bytes: the address, high half 0.
 *
 *   STRUCT, ENUM   `count` is the number of the variant (structs 0), `link` its VARIANT
 *   CLOSURE        `count` slots that may hold references, `link` the function record; the slots are what it captures
 *   CELL           one slot; `count` is 1 if it may hold a reference
 */
export const SLOTS = layout({ logged: "u8", kind: "u8", count: "u16", link: "ptr" });
/** What `range(...)` makes: the values that are left are `next`, `next + step`, ... before `end`. */
export const RANGE = layout({
  logged: "u8",
  kind: "u8",
  flags: "u16",
  pad: "u32",
  start: "i64",
  end: "i64",
  step: "i64",
  next: "i64",
});
/** A caught error: its number (bytecode/places.ts `errorNumber`), its message as a string, its category as a literal. */
export const ERROR = layout({
  logged: "u8",
  kind: "u8",
  flags: "u16",
  number: "u32",
  message: "ptr",
  category: "ptr",
  place: "u32",
  pad: "u32",
});
/** A 64-bit integer in an `any` that has no room for it; `tag` says i64 or u64. */
export const BOX = layout({ logged: "u8", kind: "u8", tag: "u16", pad: "u32", value: "i64" });

export const KIND = {
  /** A string literal: never swept. */
  LITERAL: 1,
  STRING: 2,
  VIEW: 3,
  ROPE: 4,
  BUFFER: 5,
  ARRAY: 6,
  ELEMENTS: 7,
  STRUCT: 8,
  ENUM: 9,
  CLOSURE: 10,
  CELL: 11,
  RANGE: 12,
  ERROR: 13,
  BOX: 14,
  /** Added to the kind of an object of the program image, which is never swept: enum values without payload, functions. */
  STATIC: 128,
} as const;
/** In `logged` of arrays and structs while they are being shown: who meets one again has met a value that contains itself. */
export const SHOWN = 128;

/**
 * An `any` is 8 bytes. High 16 bits:
 *
 *   0000          a reference (high half 0): the same bits as in a `ref` register
 *   0002 … FFF2   an f64, its bits plus ANY_F64; NaN in one form
 *   the tags      an immediate value in the lower bits: i64 and u64 with 48 bits (longer ones are a BOX), the others with 32
 */
export const ANY_F64 = 0x0002_0000_0000_0000n;
export const ANY_NAN = 0x7ff8_0000_0000_0000n;
export const ANY_TAG = { U64: 0xfffb, I64: 0xfffc, BOOL: 0xfffd, U32: 0xfffe, I32: 0xffff } as const;

/** How values are stored, as numbers: TYPE.rep. */
export const REP = { i32: 0, u32: 1, i64: 2, u64: 3, f64: 4, bool: 5, ref: 6, any: 7 } as const;
/** Bytes of an array's element by REP. */
export const ELEMENT_BYTES = [4, 4, 8, 8, 8, 1, 4, 8] as const;

/** What a type is at run time: TYPE.what. */
export const WHAT = {
  /** A number or bool: see `rep`. */
  SCALAR: 0,
  STRING: 1,
  ARRAY: 2,
  STRUCT: 3,
  ENUM: 4,
  FUNCTION: 5,
  RANGE: 6,
  ERROR: 7,
  ANY: 8,
  /** Some reference: all that is known in a function that is compiled once for all of them. */
  UNKNOWN: 9,
} as const;
/**
 * A type of the program, in its image: what arrays know of their elements, what `as`-like checks of an `any` compare, how
 * structs and enum values are shown.
 */
export const TYPE = layout({
  what: "u8",
  rep: "u8",
  pad: "u16",
  /** The name that `typeof` gives to structs and enums, a literal; else 0. */
  name: "ptr",
  /** As the language writes it, a literal: `[i32]`, `Opt[string]`. */
  text: "ptr",
  /** Arrays: the TYPE of the elements. */
  element: "ptr",
  /** Structs (one) and enums: their VARIANTs, in a row. */
  variants: "ptr",
  variantCount: "u32",
  /** Enums: the same number for all types of one declaration. */
  declaration: "u32",
  pad2: "u32",
});
/** A variant of an enum, or the only one of a struct. `entries`: for each field in source order its ENTRY. */
export const VARIANT = layout({
  /** A literal: `Shape.Dot`; structs: 0. */
  name: "ptr",
  type: "ptr",
  slots: "u32",
  /** Slots that may hold references: the first ones. */
  refs: "u32",
  count: "u32",
  entries: "ptr",
  index: "u32",
  pad: "u32",
});
export const ENTRY = layout({ slot: "u32", type: "ptr" });
/** Category and message of an error by its number, literals; capital words in a message stand for texts. */
export const MESSAGE = layout({ number: "u32", category: "ptr", text: "ptr" });
/** A `try`: errors at addresses from `start` to before `end` go on at `target`, a CATCH. Inner ones come first. */
export const HANDLER = layout({ start: "ptr", end: "ptr", target: "ptr" });
