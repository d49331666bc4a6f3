/** Wrong use of the command line: one line for the person, exit 64. */
export class UsageError extends Error {}

/** `; did you mean …?` when a candidate is near enough to be a slip, else nothing. */
export async function didYouMean(word: string, candidates: readonly string[]): Promise<string> {
  const near = (await import("./nearest.js")).nearest(word, candidates);
  return near === null ? "" : `; did you mean \`${near}\`?`;
}
