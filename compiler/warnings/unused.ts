/**
 * W0001: variables and parameters that nothing reads, functions that nothing calls.
 *
 * What is only given values is unused: `n = 1`, `n += 1` keep nothing alive. A function is used if module-level code or
 * another used function refers to it. Of functions that only unused ones call, the first in the chain is reported: it is
 * the one mistake. Exempt are names that start with `_`, what is `pub`, and the functions `test_...` that `orus test` runs.
 */
import type { FnSymbol } from "../analysis/symbols.js";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.js";
import type { Declared, Facts, Func } from "./facts.js";
import { isExempt, type Rule } from "./rule.js";

export const unused: Rule = {
  formal: false,
  find: ({ facts }) => {
    const taken = new Set([...facts.variables.map((v) => v.name.text), ...facts.functions.map((f) => f.symbol.name)]);
    return [
      ...facts.variables.flatMap((v) => variable(v, facts, taken)),
      ...uncalled(facts).map((fn) => unusedFunction(fn, facts, taken)),
    ];
  },
};

const ROLES = { local: "variable", constant: "constant", param: "parameter", loop: "loop variable" } as const;

function variable(v: Declared, facts: Facts, taken: ReadonlySet<string>): Diagnostic[] {
  const { symbol, name, bind } = v;
  if (isExempt(name.text) || bind?.pub || name.text === "self" || facts.read.has(symbol)) return [];
  const writes = facts.writes.get(symbol) ?? [];
  // Then the assignment is the mistake (W0009).
  if (symbol.role === "loop" && writes.length > 0) return [];
  // A constant of module level is upper case: `_LIMIT` would be no name for it.
  const upper = symbol.role === "constant" && symbol.owner === null;
  const role = ROLES[symbol.role];
  return [
    {
      code: "W0001",
      span: name.span,
      label: writes.length > 0 ? `\`${name.text}\` is given values that nothing reads` : `nothing reads this ${role}`,
      help: upper ? ["remove it, or make it `pub`"] : [`if that is meant, name it \`_${name.text}\``],
      ...(upper ? {} : renamed(name.text, [name.span, ...writes], taken)),
    },
  ];
}

function unusedFunction({ symbol }: Func, facts: Facts, taken: ReadonlySet<string>): Diagnostic {
  const recursive = [...facts.refers.values()].some((set) => set.has(symbol));
  return {
    code: "W0001",
    span: symbol.decl,
    label: recursive ? "only functions that nothing calls call this one" : "nothing calls this function",
    help: [`remove it, or name it \`_${symbol.name}\``],
    // Its calls would have to be renamed too.
    ...(recursive ? {} : renamed(symbol.name, [symbol.decl], taken)),
  };
}

function renamed(
  name: string,
  spans: readonly Declared["name"]["span"][],
  taken: ReadonlySet<string>,
): { fixes?: Fix[] } {
  const text = `_${name}`;
  if (taken.has(text)) return {};
  return { fixes: [{ title: `rename to \`${text}\``, edits: spans.map((span) => ({ span, text })) }] };
}

/** Functions that no used code refers to; of several that refer to each other, or to further ones, the first. */
function uncalled(facts: Facts): Func[] {
  const used = new Set<FnSymbol>();
  reach(null, facts, used);
  for (const fn of facts.functions) if (isRoot(fn)) reach(fn.symbol, facts, used);
  const rest = facts.functions.filter((fn) => !used.has(fn.symbol));
  const called = new Set(
    rest.flatMap((fn) => [...facts.refers.get(fn.symbol)!].filter((callee) => callee !== fn.symbol)),
  );
  // Those that nothing calls come first; circles that nobody enters are what is left.
  const found = [...rest.filter((fn) => !called.has(fn.symbol)), ...rest.filter((fn) => called.has(fn.symbol))].filter(
    (fn) => {
      const first = !used.has(fn.symbol);
      reach(fn.symbol, facts, used);
      return first;
    },
  );
  return found;
}

const isRoot = ({ symbol, node, top }: Func): boolean =>
  isExempt(symbol.name) || node.pub || (top && symbol.name.startsWith("test_") && node.params.length === 0);

function reach(from: FnSymbol | null, facts: Facts, used: Set<FnSymbol>): void {
  const stack = [from];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next) {
      if (used.has(next)) continue;
      used.add(next);
    }
    for (const callee of facts.refers.get(next) ?? []) stack.push(callee);
  }
}
