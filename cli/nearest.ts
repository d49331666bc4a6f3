/** The nearest of some words. A file of its own because it is needed only when something was misspelt. */
import { closest, distance } from "fastest-levenshtein";

/** The candidate that a slip of the hand may have meant, or null. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (candidates.length === 0) return null;
  const near = closest(word, candidates);
  return distance(word, near) <= Math.max(2, word.length / 3) ? near : null;
}
