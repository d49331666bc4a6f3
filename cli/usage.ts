/** Wrong use of the command line: one line for the person, exit 64. */
export class UsageError extends Error {}

/** `; did you mean …?` when a candidate is near enough to be a slip, else nothing. */
export async function didYouMean(word: string, candidates: readonly string[]): Promise<string> {
  // Loaded only when something was misspelt.
  const { nearest } = await import("../compiler/diagnostics/index.js");
  const near = nearest(word, candidates);
  return near === null ? "" : `; did you mean \`${near}\`?`;
}
