/**
 * W0009: a loop variable is given a value that nothing reads in the rest of the round. The next round has a fresh
 * variable with the next value, so such an assignment changes nothing; most often it was meant to change the course of
 * the loop. "The rest" is what follows in the text, and all of an inner loop around the assignment.
 */
import type { VarSymbol } from "../analysis/symbols.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { Block, Name } from "../syntax/ast.js";
import type { Rule } from "./rule.js";
import { targetsOf, walk } from "./walk.js";

export const loopVariable: Rule = {
  formal: false,
  find: ({ checked }) => {
    const found: Diagnostic[] = [];
    walk(checked.module.body, {
      statement(s) {
        const own =
          s.kind === "for" ? [{ name: s.variable, symbol: s.symbol }] : s.kind === "foreach" ? targetsOf(s) : [];
        for (const { name, symbol } of own) {
          // What functions refer to may be read by any call.
          if (symbol?.assigned && !symbol.usedInFunctions && "body" in s) found.push(...idle(symbol, name, s.body));
        }
        return undefined;
      },
    });
    return found;
  },
};

interface Write {
  readonly name: Name;
  /** The statement. */
  readonly span: Span;
  /** The outermost loop in the body around it. */
  readonly loop: Span | null;
}

function idle(symbol: VarSymbol, declared: Name, body: Block): Diagnostic[] {
  const writes: Write[] = [];
  const reads: number[] = [];
  const loops: Span[] = [];
  let inFunction = 0;
  let escapes = false;
  walk(body, {
    statement(s) {
      const written = s.kind === "compound" && !s.place ? [{ name: s.target, symbol: s.symbol }] : targetsOf(s);
      for (const t of written)
        if (t.symbol === symbol) writes.push({ name: t.name, span: s.span, loop: loops[0] ?? null });
      if (s.kind === "while" || s.kind === "for" || s.kind === "foreach") loops.push(s.span);
      if (s.kind === "fn") inFunction++;
      return undefined;
    },
    left(s) {
      if (s.kind === "while" || s.kind === "for" || s.kind === "foreach") loops.pop();
      if (s.kind === "fn") inFunction--;
    },
    expression(e) {
      if (e.kind === "name" && e.symbol === symbol) {
        reads.push(e.span.start);
        escapes ||= inFunction > 0;
      }
      return undefined;
    },
    enter(_, owner) {
      if (owner.kind === "fn" && !("name" in owner)) inFunction++;
      return true;
    },
    leave(_, owner) {
      if (owner.kind === "fn" && !("name" in owner)) inFunction--;
    },
  });
  if (escapes) return [];
  return writes
    .filter(({ span, loop }) => {
      const own = (at: number): boolean => span.start <= at && at < span.end;
      const again = (at: number): boolean => loop !== null && loop.start <= at && at < loop.end;
      return !reads.some((at) => at >= span.end || (again(at) && !own(at)));
    })
    .map(({ name }) => ({
      code: "W0009",
      span: name.span,
      label: "nothing reads this value",
      labels: [{ span: declared.span, text: "each round has its own, with the next value" }],
      help: ["to skip rounds, use `continue`, a step `a..b..s`, or a `while` loop"],
    }));
}
