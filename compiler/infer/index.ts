/**
 * The door of inference: names, types and control flow of the complete language, over all modules of a program. Reports
 * into the sink and fills the fields marked "analysis" in the trees; `Program` holds what a walk over them cannot see.
 * When the sink has errors afterwards, the trees are not fit for lowering.
 *
 * What the lowering finds in a tree without errors:
 *
 * - `type` of every expression but names of functions and types before a call or a dot. In a generalised function a type
 *   may contain the type parameters of its group (`scheme.params`), and those of the functions around it.
 * - `typeArgs` at every use of a generalised function (on the name, or the member): one for each of `scheme.params`, in
 *   terms of the parameters of the functions around the use. They may be `void` where a parameter is not `valued`. What
 *   nothing decides is `any`.
 * - `convert` on an expression whose value becomes an `any`, comes out of one (checked), or is an array seen as `[any]`;
 *   `type` is the one before. Operators with an `any` on a side have `any` or `bool` as their type and both sides wrapped.
 * - `symbol`, `fn`, `builtin`, `resolved`: what names and members mean. A method's first parameter is `self`.
 * - `declares`, `unset` on targets and reads; `captures`, `cell`, `perRound`, `early` on symbols (analysis/symbols.ts).
 * - `fill` of array literals, `variant` and `bindings` of the arms of a match, `rangeType` and `target` of loops and jumps.
 *   On the right of `matches` a `_` that stands for any entry is a name without a symbol.
 */
export { checkProgram, type Found, type Library, type Program } from "./modules.js";
export { show } from "./types.js";
