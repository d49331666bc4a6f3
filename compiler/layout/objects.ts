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

export const KIND = {
  /** A string literal: never swept. */
  LITERAL: 1,
  STRING: 2,
  VIEW: 3,
  ROPE: 4,
  BUFFER: 5,
} as const;
