/**
 * Recursion without the native stack: a function that needs the result of a nested one is a generator that yields the
 * nested one and gets its result back. What is open is kept in an array, so depth costs memory of the heap only and the
 * deepest expression that the language allows can be read on any host, wherever in the program it stands.
 */
import type { Expr } from "./ast.js";

/** A reading of `T` that asks for expressions. */
export interface Steps<T> extends Generator<Steps<Expr>, T, Expr> {}

/** Runs to the end. */
export function run<T>(first: Steps<T>): T {
  const waiting: Steps<T | Expr>[] = [];
  let current: Steps<T | Expr> = first;
  let step = current.next();
  for (;;) {
    if (step.done !== true) {
      waiting.push(current);
      current = step.value;
      step = current.next();
    } else {
      const outer = waiting.pop();
      if (outer === undefined) return step.value as T;
      current = outer;
      // Only `first` gives a `T`, and nothing waits for it.
      step = current.next(step.value as Expr);
    }
  }
}
