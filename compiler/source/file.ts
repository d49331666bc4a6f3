/**
 * The text of one source file: bytes to characters, offsets to lines and columns.
 *
 * Reading checks the encoding (bytes that are no UTF-8, NUL bytes) and drops a leading byte order mark. What is wrong
 * is kept as data: the lexer reports it (E1034), since this folder knows nothing of diagnostics.
 * Line starts are found on first use: a program without diagnostics never needs them before the bytecode's line table.
 */
import { type Span, span } from "./span.js";

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in Unicode characters. */
  readonly column: number;
}

/** The first byte of a file that is no text. */
export interface EncodingError {
  /** Offset in the decoded text. */
  readonly at: number;
  readonly byte: number;
  /** Offset in the file, the byte order mark counted. */
  readonly byteOffset: number;
}

export class SourceFile {
  private starts: number[] | null = null;
  private pairs: number[] | null = null;

  constructor(
    /** Index in `Program.files`: what `Span.file` refers to. */
    readonly index: number,
    /** As given on the command line, or relative to the current directory; for messages. */
    readonly path: string,
    readonly text: string,
    readonly encodingError: EncodingError | null = null,
  ) {}

  /**
   * Decodes a file. A leading byte order mark is skipped. With a wrong byte the readable rest is still decoded, so that
   * the place can be shown, and `encodingError` is set: such a file has no tokens.
   */
  static fromBytes(index: number, path: string, bytes: Uint8Array): SourceFile {
    const skip = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const body = skip > 0 ? bytes.subarray(skip) : bytes;
    const bad = firstBadByte(body);
    if (bad < 0) return new SourceFile(index, path, decode(body));
    // Everything before the bad byte is valid, so its length gives the place in the text.
    const at = decode(body.subarray(0, bad)).length;
    return new SourceFile(index, path, decode(body), { at, byte: body[bad]!, byteOffset: bad + skip });
  }

  /** Whole-file span. */
  get span(): Span {
    return span(this.index, 0, this.text.length);
  }

  /** Name for messages about modules: the last part of the path without `.orus`. */
  get moduleName(): string {
    const last = this.path.slice(Math.max(this.path.lastIndexOf("/"), this.path.lastIndexOf("\\")) + 1);
    return last.endsWith(".orus") ? last.slice(0, -5) : last;
  }

  get lineCount(): number {
    return this.lineStarts().length;
  }

  /** Line of an offset, from 1. */
  line(offset: number): number {
    return below(this.lineStarts(), offset + 1);
  }

  position(offset: number): Position {
    const line = this.line(offset);
    const start = this.lineStart(line);
    // A pair of surrogates is one character. By a list of them, since a line may be as long as a program.
    const pairs = this.surrogatePairs();
    return { line, column: offset - start - (below(pairs, offset - 1) - below(pairs, start)) + 1 };
  }

  /** Offset of the first character of a line. */
  lineStart(line: number): number {
    return this.lineStarts()[line - 1] ?? this.text.length;
  }

  /** Offset just after the last character of a line, without its LF or CR LF. */
  lineEnd(line: number): number {
    const starts = this.lineStarts();
    let end = line < starts.length ? starts[line]! - 1 : this.text.length;
    if (end > this.lineStart(line) && this.text.charCodeAt(end - 1) === 13) end--;
    return end;
  }

  /** A line's text without its line end. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }

  private lineStarts(): number[] {
    if (this.starts !== null) return this.starts;
    const starts = [0];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.starts = starts;
    return starts;
  }

  /** Offsets of the characters that are two units of text. */
  private surrogatePairs(): number[] {
    this.pairs ??= Array.from(this.text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g), (m) => m.index);
    return this.pairs;
  }
}

/** How many of the ascending numbers are below `limit`. */
function below(list: readonly number[], limit: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

const decode = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** Offset of the first byte that is NUL or starts no valid UTF-8 sequence; -1 if there is none. */
function firstBadByte(bytes: Uint8Array): number {
  const n = bytes.length;
  let i = 0;
  while (i < n) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      if (lead === 0) return i;
      i++;
      continue;
    }
    const size =
      lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (size === 0 || i + size > n) return i;
    for (let k = 1; k < size; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return i;
    const second = bytes[i + 1]!;
    // Overlong forms, surrogates, and values above U+10FFFF.
    if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return i;
    if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return i;
    i += size;
  }
  return -1;
}
