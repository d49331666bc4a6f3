/**
 * From a checked tree to a chunk: function 0 is the module-level code, the others follow in source order, nested ones
 * included (they capture nothing in this language subset).
 */
import type { Checked } from "../analysis/index.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { type Rep, repOf } from "../analysis/types.js";
import { parameterRegisters } from "../layout/frame.js";
import type { SourceFile } from "../source/file.js";
import { Assembler } from "./assemble.js";
import type { Chunk, Constant } from "./chunk.js";
import type { ProgramState } from "./lower-expr.js";
import { StmtLowering } from "./lower-stmt.js";

/** Lowers a program without errors. */
export function lower(checked: Checked, files: readonly SourceFile[]): Chunk {
  const assembler = new Assembler((file, offset) => files[file]!.line(offset));
  const globals: { name: string; type: Rep }[] = [];
  const slots = new Map<VarSymbol, { slot: number; flag: number }>();
  const functionIndex = new Map<FnSymbol, number>(checked.functions.map((f, i) => [f, i + 1]));
  for (const m of checked.modules) {
    for (const v of m.variables) {
      if (!v.usedInFunctions) continue;
      const slot = globals.push({ name: v.name, type: repOf(v.type) }) - 1;
      const flag = v.mayBeReadEarly ? globals.push({ name: `${v.name} has a value`, type: "bool" }) - 1 : -1;
      slots.set(v, { slot, flag });
    }
  }
  const known = new Map<VarSymbol, Constant>();
  const program: ProgramState = { pool: assembler.pool, functionIndex, globals: slots, known };

  // The module-level code is lowered first: it finds out which variables have a value that is known beforehand. Its
  // place in the chunk is 0 as well.
  const [main] = checked.modules;
  if (!main || checked.modules.length !== 1) throw new Error("one module is expected");
  const top = new StmtLowering(program, null);
  top.block(main.module.body);
  top.code.emit("RETURN_VOID", []);
  assembler.add({ name: "main", file: main.module.file, offset: 0, params: [], result: null }, top.code);

  for (const fn of checked.functions) {
    const body = new StmtLowering(program, fn);
    body.implicitResults = checked.implicitResults;
    const params = fn.params.map((p) => repOf(p.type));
    parameterRegisters(params).forEach((r, i) => body.variables.set(fn.params[i]!, body.code.newRegister(params[i]!, r)));
    body.code.at(fn.decl.start);
    body.block(fn.node.body);
    body.code.emit("RETURN_VOID", []);
    const result = fn.result.kind === "prim" ? repOf(fn.result) : null;
    assembler.add({ name: fn.name, file: fn.decl.file, offset: fn.decl.start, params, result }, body.code);
  }
  return assembler.finish(files.map((f) => ({ path: f.path, text: f.text })), globals);
}
