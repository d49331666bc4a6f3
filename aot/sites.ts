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
/** What a site may have to say (SITE of the layout). */
export interface SiteRow {
  readonly texts: readonly SiteText[];
  /** Row of the inlined call around it; -1: none. */
  readonly around: number;
  readonly calls: number;
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

  /** The rows of the sites, and after them those of inlined calls around sites. */
  rows(sites: readonly Site[]): SiteRow[] {
    const rows: SiteRow[] = [];
    const around = new Map<string, number>();
    let next = sites.length;
    const rowOf = (inlined: readonly number[]): number => {
      if (inlined.length === 0) return -1;
      const key = inlined.join();
      let row = around.get(key);
      if (row === undefined) {
        around.set(key, (row = next++));
        const pc = inlined[inlined.length - 1]!;
        rows[row] = { texts: [this.call(pc)], around: rowOf(inlined.slice(0, -1)), calls: inlined.length };
      }
      return row;
    };
    sites.forEach((site, i) => {
      const { inlined, code } = site;
      const calls = inlined.length + (code === null ? 1 : 0);
      rows[i] = { texts: this.texts(site), around: rowOf(inlined), calls };
    });
    return rows;
  }

  /** A call has one text, an error one for each way to fail. */
  private texts({ pc, code }: Site): SiteText[] {
    if (code === null) return [this.call(pc)];
    // A runtime function says itself how it failed.
    const { extended, fails = [] } = opAt(this.chunk.code, pc)!;
    return (extended ? fails.filter((c) => c !== "io") : [code]).map((c) => this.error(pc, c));
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

  private call(pc: number): SiteText {
    const { file, offset } = this.where(pc);
    const { line, column } = file.position(offset);
    const text = `called from ${functionAt(this.chunk, pc).name}  ${file.path}:${line}:${column}\n`;
    return { number: 0, text, start: 0, end: 0 };
  }

  private where(pc: number): { file: SourceFile; offset: number } {
    const fn = functionAt(this.chunk, pc);
    const file = this.files[fn.file]!;
    return { file, offset: spanRowAt(this.chunk, pc)?.start ?? lineStartAt(this.chunk, file, pc) };
  }
}
