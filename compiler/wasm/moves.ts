/**
 * Parallel moves, one after the other: all sources are read as they were before the first move.
 *
 *   $0 ← $1 + 1, $1 ← $0        ─►        $9 ← $1 + 1; $1 ← $0; $0 ← $9
 *
 * A move whose target no other pending move reads goes first. When there is none, the moves form cycles: one source goes
 * to a temporary, which is moved last.
 */
export interface Move {
  readonly to: number;
  /** Locals that the source expression reads. */
  readonly reads: readonly number[];
}
export type Step<M extends Move> =
  | { readonly kind: "move"; readonly move: M }
  /** Evaluate the source of the move into a temporary; a `restore` of it comes last. */
  | { readonly kind: "save"; readonly move: M }
  | { readonly kind: "restore"; readonly move: M };

/** The moves in an order that is safe. Targets are distinct. */
export function sequentialise<M extends Move>(moves: readonly M[]): Step<M>[] {
  const steps: Step<M>[] = [];
  const saved: M[] = [];
  /** How many pending moves other than its own read a local. */
  const readers = new Map<number, number>();
  const count = (m: M, by: number): void => {
    for (const l of m.reads) if (l !== m.to) readers.set(l, (readers.get(l) ?? 0) + by);
  };
  for (const m of moves) count(m, 1);
  let pending = [...moves];
  const ready = (m: M): boolean => (readers.get(m.to) ?? 0) === 0;
  while (pending.length > 0) {
    const rest: M[] = [];
    let moved = false;
    for (const m of pending) {
      if (!ready(m)) {
        rest.push(m);
        continue;
      }
      steps.push({ kind: "move", move: m });
      count(m, -1);
      moved = true;
    }
    pending = rest;
    if (moved || pending.length === 0) continue;
    const m = pending.shift()!;
    steps.push({ kind: "save", move: m });
    count(m, -1);
    saved.push(m);
  }
  for (const m of saved) steps.push({ kind: "restore", move: m });
  return steps;
}
