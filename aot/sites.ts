/**
 * The texts of a built module's last words: for every place that can fail or call, what standard error shows. The
 * first line is the `short` layout of diagnostics; then the source line; calls follow as the program unwinds.
 */
import { opAt } from "../compiler/bytecode/ops.js";
import {
  type Chunk,
  errorNumber,
  errorOf,
  failingSpan,
  functionAt,
  lineAround,
  lineStartAt,
  messageOf,
  SourceFile,
  spanRowAt,
} from "../compiler/index.js";

/** A place as native code knows it: a bytecode address, and the inlined CALLs around it, outermost first. */
export interface Place {
  readonly pc: number;
  readonly inlined: readonly number[];
}
export interface Site extends Place {
  /** Code of the error; null for a call site. */
  readonly code: string | null;
}

/** One thing that a site may say. */
export interface SiteText {
  /** Of the error; 0: a call. */
  readonly number: number;
  readonly text: string;
  /** Bytes of the message in the text: where the runtime has words of the program in it, its own takes this place. */
  readonly start: number;
  readonly end: number;
}
const utf8 = (text: string): number => new TextEncoder().encode(text).length;

export class SiteTexts {
  private readonly files: SourceFile[];

  constructor(
    private readonly chunk: Chunk,
    private readonly strip: boolean,
  ) {
    this.files = chunk.files.map((f, i) => new SourceFile(i, f.path, f.text ?? ""));
  }

  /** What a site may have to say: a call one text, an error one for each way to fail. */
  texts(site: Site): SiteText[] {
    const calls = [...site.inlined].reverse().map((pc) => this.call(pc));
    const around = (t: SiteText): SiteText => ({ ...t, text: t.text + calls.join("") });
    if (site.code === null) return [around({ number: 0, text: this.call(site.pc), start: 0, end: 0 })];
    // A runtime function says itself how it failed.
    const { extended, fails = [] } = opAt(this.chunk.code, site.pc)!;
    const codes = extended ? fails.filter((code) => code !== "io") : [site.code];
    return codes.map((code) => around(this.error(site.pc, code)));
  }

  private error(pc: number, text: string): SiteText {
    const number = errorNumber(text);
    const error = errorOf(number);
    const { file, offset } = this.where(pc);
    const at = failingSpan(this.chunk, pc, error)?.start ?? offset;
    const { line, column } = file.position(at);
    const place = `${file.path}:${line}:${column}: error[${error.code}]: `;
    const message = messageOf(error);
    const source = this.strip ? "" : lineAround(file, at);
    const rest = source === "" ? "\n" : `\n  ${line} | ${source}\n`;
    const start = utf8(place);
    return { number, text: place + message + rest, start, end: start + utf8(message) };
  }

  private call(pc: number): string {
    const { file, offset } = this.where(pc);
    const { line, column } = file.position(offset);
    return `called from ${functionAt(this.chunk, pc).name}  ${file.path}:${line}:${column}\n`;
  }

  private where(pc: number): { file: SourceFile; offset: number } {
    const fn = functionAt(this.chunk, pc);
    const file = this.files[fn.file]!;
    return { file, offset: spanRowAt(this.chunk, pc)?.start ?? lineStartAt(this.chunk, file, pc) };
  }
}
