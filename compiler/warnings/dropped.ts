/**
 * W0003: an expression as a statement that computes a value and does nothing else. The implicit result of a function is
 * no such statement. An expression that may fail is left alone inside `try`: there the failure may be what it is for;
 * one that is sure to fail is W0006.
 */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { bare } from "../infer/bare.js";
import type { Expr } from "../syntax/ast.js";
import { failures } from "./failing.js";
import type { Rule } from "./rule.js";
import { operandsOf, walk } from "./walk.js";

/** Built-in functions without an effect. */
const PURE_CALLS: ReadonlySet<string> = new Set(["typeof", "len", "istype", "sorted", "min", "max"]);

export const dropped: Rule = {
  formal: false,
  find: (subject) => {
    const found: Diagnostic[] = [];
    const failing = new Set(failures(subject).flatMap(({ expr }) => (expr ? [expr] : [])));
    let guarded = 0;
    const look = (e: Expr): void => {
      const nature = natureOf(e, failing);
      if (nature === "pure" || (nature === "may fail" && guarded === 0)) found.push(drop(e));
    };
    walk(subject.checked.module.body, {
      statement(s) {
        if (s.kind === "expr" && !subject.implicitResults.has(s)) look(s.expr);
        else if (s.kind === "guarded") look(s.expr);
        return undefined;
      },
      expression(e) {
        // The last expression of these blocks may be a value: what is dropped there is not known by its form.
        return e.kind !== "match" && e.kind !== "block" && e.kind !== "fn";
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

type Nature = "pure" | "may fail" | "acts";

/** What evaluating the expression can do besides giving a value. Kinds that are not listed may do anything. */
function natureOf(top: Expr, failing: ReadonlySet<Expr>): Nature {
  let nature: Nature = "pure";
  const stack: Expr[] = [top];
  for (let e = stack.pop(); e; e = stack.pop()) {
    // Sure to fail: that is reported on its own.
    if (failing.has(e)) return "acts";
    switch (e.kind) {
      case "fn":
        // Making a function does not run it.
        continue;
      case "unary":
      case "binary":
        // Operators of other types may be functions of the program.
        for (const operand of e.kind === "unary" ? [e.operand] : [e.left, e.right])
          if (operand.type?.kind !== "prim") return "acts";
        nature = "may fail";
        break;
      case "index":
        if (e.object.type?.kind !== "prim") return "acts";
        nature = "may fail";
        break;
      case "cast":
        if (e.operand.type?.kind !== "prim") return "acts";
        nature = "may fail";
        break;
      case "call":
        if (e.builtin === undefined || !PURE_CALLS.has(e.builtin)) return "acts";
        stack.push(...e.args);
        continue;
      case "int":
      case "float":
      case "string":
      case "bool":
      case "name":
      case "paren":
      case "logic":
      case "cond":
      case "array":
      case "struct":
        break;
      default:
        return "acts";
    }
    stack.push(...(operandsOf(e) as readonly Expr[]));
  }
  return nature;
}

function drop(e: Expr): Diagnostic {
  const inner = bare(e);
  const assign = inner.kind === "binary" && inner.op === "==" && inner.left.kind === "name" ? inner : null;
  const fn = inner.kind === "name" && inner.symbol?.kind === "fn" ? inner.name : null;
  return {
    code: "W0003",
    span: e.span,
    label: "nothing uses this value",
    ...(assign
      ? {
          help: ["`==` compares; to assign, write `=`"],
          fixes: [{ title: "write `=`", edits: [{ span: assign.opSpan, text: "=" }] }],
        }
      : fn !== null
        ? { help: [`to call the function, write \`${fn}()\``] }
        : { help: ["print it, give it a name, or remove the line"] }),
  };
}
