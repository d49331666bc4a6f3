/** Which blocks of a function a unit has: all of them, or those of the loop that is entered at a LOOP. */
import type { Chunk } from "../bytecode/chunk.js";
import { opAt } from "../bytecode/encode.js";
import { type Blocks, type FlowBlock, type Loops, reversePostOrder } from "../bytecode/flow.js";

/** Part of a function: its blocks (indexes) and the one it is entered at. */
export interface Region {
  readonly entry: number;
  readonly body: ReadonlySet<number>;
}

/** Addresses of the instructions of a block. */
export function* instructions(chunk: Chunk, b: FlowBlock): Iterable<number> {
  for (let pc = b.start; pc < b.end; pc += opAt(chunk.code, pc)!.size) yield pc;
}

/** The whole function, or the loop around a LOOP: the innermost that every round of passes it; null: there is no such LOOP. */
export function regionOf(f: Blocks, loops: () => Loops, loopPc: number): Region | null {
  if (loopPc < 0) return { entry: 0, body: new Set(f.order) };
  const entry = f.at.get(loopPc);
  if (entry === undefined || f.position[entry]! < 0) return null;
  // The innermost loop around the LOOP is the last one listed, since outer loops come first.
  const loop = loops().loops.findLast((l) => l.body.has(entry));
  if (!loop || !repeats(f, loop.header, loop.body, entry)) return { entry, body: new Set([entry]) };
  return { entry, body: loop.body };
}
/** Whether every round of the loop passes `entry`; if not, the loop is an outer one and `entry` starts a body that never repeats. */
function repeats(f: Blocks, header: number, body: ReadonlySet<number>, entry: number): boolean {
  if (header === entry) return true;
  const around = reversePostOrder(header, (b) =>
    f.blocks[b]!.succs.filter((s) => body.has(s) && s !== entry && s !== header),
  );
  return !around.some((b) => f.blocks[b]!.succs.includes(header));
}
