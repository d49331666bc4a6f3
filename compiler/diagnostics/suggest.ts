/**
 * "Did you mean" (diagnostics.md 4): the candidate with the smallest edit distance, where two exchanged letters count
 * one. A candidate counts if its distance is at most a third of the name's length; 1 is always allowed. Written here
 * because Levenshtein's distance, which the npm packages have, counts an exchange as two.
 */

/** Three rows of the table of distances, reused: a table of their own for each pair of names costs more than the work. */
let rows: [Int32Array, Int32Array, Int32Array] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];

/** Longer names are not compared: the work grows with the square of their length. */
const LONGEST = 100;

/** Optimal string alignment distance; anything above `limit`, and of long names, is given as `limit + 1`. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || Math.max(a.length, b.length) > LONGEST) return limit + 1;
  if (b.length >= rows[0].length)
    rows = [new Int32Array(b.length * 2), new Int32Array(b.length * 2), new Int32Array(b.length * 2)];
  let [before, last, row] = rows;
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let d = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      row[j] = d;
      if (d < best) best = d;
    }
    if (best > limit) return limit + 1;
    [before, last, row] = [last, row, before];
  }
  return Math.min(last[b.length]!, limit + 1);
}

/** How far a suggestion for `name` may be away from it. */
export const reach = (name: string): number => Math.max(1, Math.floor(name.length / 3));

/** The nearest of the candidates, the earliest on a tie; null when none is near enough. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  // Every name of one letter is one change away from every other: that says nothing.
  if (name.length === 1) return null;
  let found: string | null = null;
  let bound = reach(name) + 1;
  for (const candidate of candidates) {
    const d = distance(name, candidate, bound - 1);
    if (d < bound) {
      found = candidate;
      bound = d;
    }
  }
  return found;
}
