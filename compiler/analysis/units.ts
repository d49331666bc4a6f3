/**
 * The order in which units have to be checked when results are inferred: a unit after everything it needs to know.
 *
 * Strongly connected components (Tarjan's algorithm, with a stack of its own: chains of calls may be long). Only units
 * that still have something to find out take part: functions without a declared result, and module-level statements
 * that give variables without an annotation their types.
 */
import type { Resolution, Unit } from "./resolve.js";
import type { FnSymbol, VarSymbol } from "./symbols.js";
import { PENDING } from "./types.js";

export interface Component {
  readonly units: readonly Unit[];
  readonly recursive: boolean;
}

/** Whether a type that the unit gives is not known yet. */
export const isOpen = (unit: Unit): boolean =>
  unit.node.kind === "fn" ? unit.node.symbol!.result === PENDING : unit.defines.some((v) => v.type === PENDING);

interface Node {
  readonly unit: Unit;
  readonly next: readonly Unit[];
  at: number;
  low: number;
  index: number;
  onStack: boolean;
}

/** Components of the open units, what is needed first. */
export function components(res: Resolution): Component[] {
  const giver = new Map<FnSymbol | VarSymbol, Unit>();
  const open = res.units.filter(isOpen);
  for (const unit of open) {
    if (unit.node.kind === "fn") giver.set(unit.node.symbol!, unit);
    for (const v of unit.defines) giver.set(v, unit);
  }
  const needs = (unit: Unit): Unit[] => {
    const found = new Set<Unit>();
    for (const needed of [...unit.calls, ...unit.uses]) {
      const by = giver.get(needed);
      if (by) found.add(by);
    }
    return [...found];
  };
  const out: Component[] = [];
  const nodes = new Map<Unit, Node>();
  const stack: Node[] = [];
  const visit = (unit: Unit): Node => {
    const node: Node = { unit, next: needs(unit), at: 0, low: nodes.size, index: nodes.size, onStack: true };
    nodes.set(unit, node);
    stack.push(node);
    return node;
  };
  for (const root of open) {
    if (nodes.has(root)) continue;
    const path = [visit(root)];
    for (let node = path[path.length - 1]; node; node = path[path.length - 1]) {
      const next = node.next[node.at++];
      if (next) {
        const known = nodes.get(next);
        if (!known) path.push(visit(next));
        else if (known.onStack) node.low = Math.min(node.low, known.index);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent) parent.low = Math.min(parent.low, node.low);
      if (node.low === node.index) out.push(component(stack, node));
    }
  }
  return out;
}

function component(stack: Node[], root: Node): Component {
  const units: Unit[] = [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    node.onStack = false;
    units.push(node.unit);
    if (node === root) break;
  }
  return { units, recursive: units.length > 1 || root.next.includes(root.unit) };
}
