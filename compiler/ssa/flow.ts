/**
 * Control and data flow of the function that units are built of, kept until a unit of another function is built: a
 * function with a thousand loops has a thousand units, and each would go through all of its code.
 *
 * Bytecode does not change while a chunk lives, so nothing here is ever out of date.
 */
import type { Chunk } from "../bytecode/chunk.js";
import {
  type Blocks,
  blocksOf,
  type Liveness,
  type Loops,
  livenessOf,
  loopsOf,
  type Types,
  typesOf,
} from "../bytecode/flow.js";

/** What is known of a function's bytecode; each part is computed when it is first asked for. */
export interface Flow {
  readonly blocks: Blocks;
  readonly loops: () => Loops;
  readonly live: () => Liveness;
  readonly types: () => readonly (Types | null)[];
}

/** The last function of each chunk. */
const last = new WeakMap<Chunk, Flow>();

/** Flow of a function. The bytecode must be verified. */
export function flowOf(chunk: Chunk, fn: number): Flow {
  const kept = last.get(chunk);
  if (kept?.blocks.fn === fn) return kept;
  const blocks = blocksOf(chunk, fn);
  const flow: Flow = {
    blocks,
    loops: once(() => loopsOf(blocks)),
    live: once(() => livenessOf(chunk, blocks)),
    types: once(() => typesOf(chunk, blocks)),
  };
  last.set(chunk, flow);
  return flow;
}

function once<T>(compute: () => T): () => T {
  let value: { readonly of: T } | null = null;
  return () => (value ??= { of: compute() }).of;
}
