/**
 * W0007: `while true` that nothing can end. What can: `break` out of it, a jump to a loop around it, `return`, any call
 * (the function may fail, or end the program), and inside `try` any error at all. Kinds of statements and expressions
 * that are not listed as harmless count as an end.
 */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { bare } from "../infer/bare.js";
import type { Block, Expr, Loop, Stmt, WhileStmt } from "../syntax/ast.js";
import type { Rule } from "./rule.js";
import { walk } from "./walk.js";

/** Built-in functions that always come back. */
const HARMLESS_CALLS: ReadonlySet<string> = new Set(["typeof", "len", "istype", "timestamp"]);
const HARMLESS_STATEMENTS: ReadonlySet<Stmt["kind"]> = new Set<Stmt["kind"]>([
  ...(["bind", "store", "destructure", "compound", "expr", "print", "guarded", "if"] as const),
  ...(["while", "for", "foreach", "match", "try", "pass"] as const),
]);
const HARMLESS_EXPRESSIONS: ReadonlySet<Expr["kind"]> = new Set<Expr["kind"]>([
  ...(["int", "float", "string", "bool", "name", "paren", "unary", "binary", "logic", "cast", "cond"] as const),
  ...(["array", "index", "slice", "member", "struct", "match", "block"] as const),
]);

export const endless: Rule = {
  formal: true,
  find: ({ checked }) => {
    const found: Diagnostic[] = [];
    /** Blocks of `try` around the walk; a function starts anew. */
    let guarded = 0;
    const outer: number[] = [];
    walk(checked.module.body, {
      statement(s) {
        if (s.kind === "fn") outer.push(guarded);
        if (s.kind === "fn") guarded = 0;
        if (s.kind === "while" && guarded === 0 && isTrue(s.cond) && !canEnd(s)) found.push(endlessLoop(s));
        return undefined;
      },
      left(s) {
        if (s.kind === "fn") guarded = outer.pop()!;
      },
      enter(block, owner) {
        if (owner.kind === "try" && block === owner.body) guarded++;
        return true;
      },
      leave(block, owner) {
        if (owner.kind === "try" && block === owner.body) guarded--;
      },
    });
    return found;
  },
};

function isTrue(cond: Expr): boolean {
  const inner = bare(cond);
  return inner.kind === "bool" && inner.value;
}

function canEnd(loop: WhileStmt): boolean {
  const inside = new Set<Loop>();
  let ends = false;
  const look = (body: Block): void =>
    walk(body, {
      statement(s) {
        // What a function inside does matters where it is called, and a call is an end anyway.
        if (s.kind === "fn") return false;
        if (s.kind === "break" || s.kind === "continue") {
          ends ||= s.target === undefined || (s.target === loop ? s.kind === "break" : !inside.has(s.target));
        } else if (!HARMLESS_STATEMENTS.has(s.kind)) ends = true;
        if (s.kind === "while" || s.kind === "for" || s.kind === "foreach") inside.add(s);
        return !ends;
      },
      expression(e) {
        if (e.kind === "fn") return false;
        const call = e.kind === "call" && e.builtin !== undefined && HARMLESS_CALLS.has(e.builtin);
        if (!call && !HARMLESS_EXPRESSIONS.has(e.kind)) ends = true;
        return !ends;
      },
    });
  look(loop.body);
  return ends;
}

const endlessLoop = (s: WhileStmt): Diagnostic => ({
  code: "W0007",
  span: s.cond.span,
  label: "nothing in this loop ends it",
  labels: [{ span: s.keyword, text: "this loop" }],
  help: ["leave it with `break` or `return`, or write the condition here"],
});
