/**
 * Positions in source text. A span is a half-open range of UTF-16 offsets into one file's text, so slicing the text
 * needs no decoding; lines and columns (1-based, columns in Unicode characters) are computed by `SourceFile` on demand.
 */
export interface Span {
  /** Index of the file in `Program.files`. */
  readonly file: number;
  /** First UTF-16 offset. */
  readonly start: number;
  /** Offset just after the last character; `start === end` marks a place between characters. */
  readonly end: number;
}

export const span = (file: number, start: number, end: number): Span => ({ file, start, end });

/** The smallest span that holds both. */
export const join = (a: Span, b: Span): Span => ({
  file: a.file,
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
});
