/**
 * A compiler in the engine's own thread: for tests, conformance and tools, where Binaryen is loaded already and a
 * request should be finished when it returns.
 */
import type { Binaryen } from "../compiler/native.js";
import { carryOut, type SiteNumbers } from "./build.js";
import type { Compiler, Finished, Program, Request } from "./compiler.js";

export class InProcessCompiler implements Compiler {
  private done: Finished[] = [];

  constructor(
    private readonly binaryen: Binaryen,
    private readonly numbers: SiteNumbers | null = null,
  ) {}

  warm(): void {}
  request(program: Program, request: Request): void {
    const numbers = program.forced ? this.numbers : null;
    const compile = (bytes: Uint8Array): WebAssembly.Module => new WebAssembly.Module(bytes);
    this.done.push(carryOut({ binaryen: this.binaryen, numbers, compile }, program, request));
  }
  finished(): Finished[] {
    const list = this.done;
    this.done = [];
    return list;
  }
  wait(): Finished[] {
    return this.finished();
  }
  close(): void {
    this.done = [];
  }
}
