/**
 * Who builds native code: a worker with Binaryen (worker-client.ts), or this very thread (in-process.ts, for tests and
 * tools that keep Binaryen warm). The engine sees only this interface.
 */
import type { Chunk } from "../compiler/index.js";
import type { MemoryMap, Unit } from "../compiler/native.js";

/** What a program's builder needs to know once. */
export interface Program {
  readonly chunk: Chunk;
  readonly map: MemoryMap;
  /** Sites are built with force bytes (configuration `exits`). */
  readonly forced: boolean;
}
export interface Request {
  readonly id: number;
  readonly unit: Unit;
  /** Functions without native code and without a stub. */
  readonly uncompiled: readonly number[];
}
export interface Site {
  readonly reason: string;
  readonly pc: number;
  readonly key: string;
}
/** A unit that is ready to be installed. */
export interface BuiltModule {
  readonly module: WebAssembly.Module;
  /** Size of the module's binary form. */
  readonly bytes: number;
  readonly stubs: readonly number[];
  readonly frameBytes: number;
  readonly windowBytes: number;
  readonly shadowBytes: number;
  readonly sites: readonly Site[];
  readonly operations: number;
}
export interface FailedBuild {
  readonly failed: "build.too-large" | "build.failed" | "build.no-compile";
  readonly detail: string;
}
/** `ms`: what building took. */
export type Finished = { readonly id: number; readonly ms: number } & (BuiltModule | FailedBuild);

export interface Compiler {
  /** Something is getting warm: load what takes long to load. `likely` will probably be asked for next. */
  warm(program: Program, likely: Request): void;
  request(program: Program, request: Request): void;
  /** Finished units since the last call; never waits. */
  finished(): Finished[];
  /** Waits until at least one requested unit is finished; nothing when there is none to wait for or the compiler is gone. */
  wait(): Finished[];
  /** Ends what it started. */
  close(): void;
}
