/**
 * Makes an input smaller as long as it still shows what it is kept for: first lines go, then words, then characters, in
 * halves and smaller and smaller pieces.
 */

/** Trials; each runs the front end. */
const MAX_TRIALS = 3_000;
/** Milliseconds after which what is reached is small enough. */
const MAX_MS = 5_000;

/** The smallest input found for which `shows` is still true. */
export function shrink(bytes: Uint8Array, shows: (bytes: Uint8Array) => boolean): Uint8Array {
  let left = MAX_TRIALS;
  const end = performance.now() + MAX_MS;
  const more = (): boolean => left-- > 0 && performance.now() < end;
  const still = (pieces: readonly string[]): boolean => more() && shows(Buffer.from(pieces.join(""), "latin1"));
  // As Latin-1 each character is one byte, so that broken encodings stay what they are.
  let text = Buffer.from(bytes).toString("latin1");
  for (let before = ""; before !== text && more(); ) {
    before = text;
    for (const unit of [/[^\n]*\n|[^\n]+/g, /\w+|\s+|[^\w\s]/g, /./gs])
      text = without(text.match(unit) ?? [], still).join("");
  }
  return Buffer.from(text, "latin1");
}

/** Leaves out runs of pieces, long ones first. */
function without(pieces: readonly string[], still: (pieces: readonly string[]) => boolean): readonly string[] {
  let kept = pieces;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (still(fewer)) kept = fewer;
      else at += size;
    }
  }
  return kept;
}
