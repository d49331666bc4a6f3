/**
 * The texts of a built module's last words: for every place that can fail or call, what standard error shows. The
 * first line is the `short` layout of diagnostics; then the source line; calls follow as the program unwinds.
 */
import { type Chunk, errorNumber, errorOf, failingSpan, lineStartAt, messageOf, SourceFile, spanRowAt } from "../compiler/index.js";

/** A place as native code knows it: a bytecode address, and the inlined CALLs around it, outermost first. */
export interface Place {
  readonly pc: number;
  readonly inlined: readonly number[];
}
export interface Site extends Place {
  /** Code of the error; null for a call site. */
  readonly code: string | null;
}

export class SiteTexts {
  private readonly files: SourceFile[];

  constructor(
    private readonly chunk: Chunk,
    private readonly strip: boolean,
  ) {
    this.files = chunk.files.map((f, i) => new SourceFile(i, f.path, f.text ?? ""));
  }

  /** Text of a site: the error, or the call; then the calls of the functions inlined around it. */
  text(site: Site): string {
    const calls = [...site.inlined].reverse().map((pc) => this.call(pc));
    return (site.code === null ? this.call(site.pc) : this.error(site.pc, site.code)) + calls.join("");
  }

  private error(pc: number, text: string): string {
    const error = errorOf(errorNumber(text));
    const { file, offset } = this.where(pc);
    const { line, column } = file.position(failingSpan(this.chunk, pc, error)?.start ?? offset);
    const head = `${file.path}:${line}:${column}: error[${error.code}]: ${messageOf(error)}\n`;
    const source = this.strip ? "" : file.lineText(line).trim();
    return source === "" ? head : `${head}  ${line} | ${source}\n`;
  }

  private call(pc: number): string {
    const { file, offset } = this.where(pc);
    const { line, column } = file.position(offset);
    return `called from ${this.functionAt(pc).name}  ${file.path}:${line}:${column}\n`;
  }

  private functionAt(pc: number) {
    return this.chunk.functions.find((f) => pc >= f.codeStart && pc < f.codeEnd)!;
  }

  private where(pc: number): { file: SourceFile; offset: number } {
    const fn = this.functionAt(pc);
    const file = this.files[fn.file]!;
    return { file, offset: spanRowAt(this.chunk, pc)?.start ?? lineStartAt(this.chunk, file, pc) };
  }
}
