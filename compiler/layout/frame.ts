/**
 * Frame windows on the register stack.
 *
 *   base - 16   base - 12    base - 8      base - 4   base                                     base + windowBytes
 *   ┌──────────┬────────────┬─────────────┬──────────┬────────────┬───────────────┬────────────┬───────────────┐
 *   │ fn record│ return pc  │ caller base │ flags    │ ref params │ scalar params │ other refs │ other scalars │
 *   └──────────┴────────────┴─────────────┴──────────┴────────────┴───────────────┴────────────┴───────────────┘
 *
 * Outgoing arguments are written where the callee's register 0 will lie: the caller's register that its CALLs name, after
 * its own values and room for a header. A window's size includes both, so a window that fits its chunk can call.
 * Return pc is the address after the CALL (its destination register is read from the instruction before it).
 */

import { mayRefer, type Rep } from "../analysis/types.js";
import { layout } from "./layout.js";

/** Offsets from `base - FRAME.size`. */
export const FRAME = layout({ fn: "ptr", returnPc: "ptr", callerBase: "ptr", flags: "u32" });
export const HEADER_REGS = FRAME.size / 8;

/** FRAME.flags: a non-zero word takes RETURN's slow path. */
export const FRAME_FLAGS = {
  /** Returning from this frame ends the interpreter run that made it (host or native caller). */
  BOUNDARY: 1,
  /** The window starts a register chunk: give the chunk back, copy slot 0 to the caller's outgoing slot. */
  NEW_CHUNK: 2,
  /**
   * The window does not lie where its caller put the arguments: our caller base is that place, and the header there says the rest
   * (whether it is a boundary, return pc, caller base). Windows in new chunks that native code called are such ones, and
   * those that a tail call put elsewhere. So a native caller finds result and header where it expects them.
   */
  MOVED: 4,
} as const;

/** A register chunk: header, then windows. */
export const CHUNK = layout({ previous: "ptr", end: "ptr", spare: "ptr", pad: "u32" });

/** Window register of each parameter: references first, then scalars, each in source order. */
export function parameterRegisters(types: readonly Rep[]): number[] {
  let ref = 0;
  let scalar = types.filter(mayRefer).length;
  return types.map((t) => (mayRefer(t) ? ref++ : scalar++));
}
