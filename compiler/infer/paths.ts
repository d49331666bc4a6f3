/**
 * The ends of a function body (types-and-modules 3.3): which expression statements are its implicit result, and
 * whether control can reach the end without a value.
 */
import type { Span } from "../source/span.js";
import type { Block, ExprStmt, Loop, Stmt } from "../syntax/ast.js";
import { bare } from "./bare.js";
import { exhaustive } from "./match.js";

/** The expression statements that control leaves the body through, unless it leaves earlier. */
export function lastExpressions(body: Block): ExprStmt[] {
  const found: ExprStmt[] = [];
  const blocks = [body];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    const last = block.statements[block.statements.length - 1];
    if (last?.kind === "expr") found.push(last);
    // Pushed backwards: the first arm comes first.
    if (last?.kind === "if" && last.otherwise) {
      blocks.push(last.otherwise);
      for (let i = last.arms.length - 1; i >= 0; i--) blocks.push(last.arms[i]!.body);
    }
    if (last?.kind === "match") for (let i = last.arms.length - 1; i >= 0; i--) blocks.push(last.arms[i]!.body);
  }
  return found;
}

/** What `fallsThrough` needs to know about single statements. */
export interface Ends {
  /** The statement is an implicit result. */
  readonly gives: (s: ExprStmt) => boolean;
  /** Loops that some `break` leaves. */
  readonly broken: ReadonlySet<Loop>;
}

/** The place where control runs off the end of the block without a value; null if it never does. */
export function fallsThrough(block: Block, ends: Ends): Span | null {
  let place: Span = block.span;
  for (const s of block.statements) {
    const through = passes(s, ends);
    if (!through) return null;
    place = through;
  }
  return place;
}

/** Where control goes on after the statement, as a place to show; null if it does not. */
function passes(s: Stmt, ends: Ends): Span | null {
  switch (s.kind) {
    case "return":
    case "break":
    case "continue":
      return null;
    case "expr":
      return ends.gives(s) ? null : s.span;
    case "while": {
      const cond = bare(s.cond);
      return cond.kind === "bool" && cond.value && !ends.broken.has(s) ? null : s.keyword;
    }
    case "if": {
      // Without `else` the way past all conditions is the one to show.
      if (!s.otherwise) return s.arms[s.arms.length - 1]!.keyword;
      for (const arm of s.arms) {
        const through = fallsThrough(arm.body, ends);
        if (through) return through;
      }
      return fallsThrough(s.otherwise, ends);
    }
    case "match": {
      if (!exhaustive(s)) return s.keyword;
      for (const arm of s.arms) {
        const through = fallsThrough(arm.body, ends);
        if (through) return through;
      }
      return null;
    }
    case "try":
      return fallsThrough(s.body, ends) ?? fallsThrough(s.handler, ends);
    default:
      return s.span;
  }
}
