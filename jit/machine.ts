/** What the parts of the JIT need of the running program. The engine makes it. */
import type { Chunk } from "../compiler/index.js";
import type { ExitCounters } from "./exits.js";
import type { Layout } from "./load.js";

export interface Machine {
  readonly chunk: Chunk;
  readonly map: Layout;
  readonly table: WebAssembly.Table;
  /** Imports of native modules: `env` and `rt`. */
  readonly imports: WebAssembly.Imports;
  readonly exits: ExitCounters;
  /** Memory as it is now: growing it detaches older views. */
  view(): DataView;
  /** Zeroed memory that is never given back; throws RangeError when there is none. */
  alloc(bytes: number): number;
}
