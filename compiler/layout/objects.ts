/**
 * Heap object layouts: the only place with an offset. Every object starts with `logged` and `kind`.
 */
import { layout } from "./layout.js";

/** UTF-8 bytes follow the header. Literals are laid out by the loader with their final header. */
export const STRING = layout({ logged: "u8", kind: "u8", flags: "u16", length: "u32", hash: "u32", pad: "u32" });

export const KIND = {
  /** A string literal: never swept. */
  LITERAL: 1,
  STRING: 2,
} as const;
