/**
 * From a checked tree to a chunk: function 0 is the module-level code, the others follow in source order, nested ones
 * included (they capture nothing in this language subset).
 *
 * Module variables that functions refer to live in the bank; the others are registers of function 0, up to a number
 * that leaves room for everything else in its window.
 */
import type { Checked, CheckedModule } from "../analysis/index.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { type Rep, repOf } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import { parameterRegisters } from "../layout/frame.js";
import type { SourceFile } from "../source/file.js";
import type { Span } from "../source/span.js";
import { TooManyRegisters } from "./allocate.js";
import { Assembler, type FnHead } from "./assemble.js";
import { type Chunk, type Constant, NO_OBJECTS } from "./chunk.js";
import type { FnCode } from "./code.js";
import type { ProgramState } from "./lower-base.js";
import { StmtLowering } from "./lower-stmt.js";

/** Parameters need registers that operands can name, and so do a few temporaries beside them. */
const MAX_PARAMETERS = 200;
/** Module variables that are registers of function 0. */
const MAX_MODULE_REGISTERS = 20_000;

/** Lowers a program without errors. Null: a function is larger than registers can name, which was reported. */
export function lower(checked: Checked, files: readonly SourceFile[], sink: Sink): Chunk | null {
  const [main] = checked.modules;
  if (!main || checked.modules.length !== 1) throw new Error("one module is expected");
  const assembler = new Assembler((file, offset) => files[file]!.line(offset));
  const { globals, slots } = bankOf(main);
  const functionIndex = new Map<FnSymbol, number>(checked.functions.map((f, i) => [f, i + 1]));
  const known = new Map<VarSymbol, Constant>();
  const program: ProgramState = { pool: assembler.pool, functionIndex, globals: slots, known };

  // The module-level code is lowered first: it finds out which variables have a value that is known beforehand. Its
  // place in the chunk is 0 as well.
  const top = new StmtLowering(program, null, checked);
  top.block(main.module.body);
  top.code.emit("RETURN_VOID", []);
  const { file } = main.module;
  const head: FnHead = { name: "main", file, offset: 0, params: [], result: null };
  add(assembler, head, top.code, { file, start: 0, end: 0 }, sink);
  for (const fn of checked.functions) {
    if (fn.params.length > MAX_PARAMETERS) {
      const span = fn.params[MAX_PARAMETERS]!.decl;
      sink.report({ code: "E1099", span, label: `more than ${MAX_PARAMETERS} parameters are not supported` });
    } else addFunction(fn, program, checked, assembler, sink);
  }
  return sink.hasErrors ? null : assembler.finish(files, globals, NO_OBJECTS);
}

/** The variables of the bank, and where each one is in it. */
function bankOf(module: CheckedModule): { globals: Chunk["globals"]; slots: ProgramState["globals"] } {
  const globals: { name: string; type: Rep }[] = [];
  const slots = new Map<VarSymbol, { slot: number; flag: number }>();
  let registers = 0;
  const inBank = module.variables.filter((v) => v.usedInFunctions || registers++ >= MAX_MODULE_REGISTERS);
  // References first: a collection looks at one range.
  const isRef = (v: VarSymbol): boolean => repOf(v.type) === "ref";
  for (const v of inBank.sort((x, y) => Number(isRef(y)) - Number(isRef(x)))) {
    const slot = globals.push({ name: v.name, type: repOf(v.type) }) - 1;
    slots.set(v, { slot, flag: -1 });
  }
  for (const v of inBank)
    if (v.mayBeReadEarly || v.mayLackValue)
      slots.set(v, {
        slot: slots.get(v)!.slot,
        flag: globals.push({ name: `${v.name} has a value`, type: "bool" }) - 1,
      });
  return { globals, slots };
}

function addFunction(fn: FnSymbol, program: ProgramState, checked: Checked, assembler: Assembler, sink: Sink): void {
  const body = new StmtLowering(program, fn, checked);
  const params = fn.params.map((p) => repOf(p.type));
  parameterRegisters(params).forEach((r, i) => {
    body.variables.set(fn.params[i]!, body.code.newRegister(params[i]!, r));
  });
  body.code.at(fn.decl.start);
  body.block(fn.node.body);
  body.code.emit("RETURN_VOID", []);
  const result = fn.result.kind === "prim" ? repOf(fn.result) : null;
  const { file, start: offset } = fn.decl;
  add(assembler, { name: fn.name, file, offset, params, result }, body.code, fn.decl, sink);
}

function add(assembler: Assembler, head: FnHead, code: FnCode, place: Span, sink: Sink): void {
  try {
    assembler.add(head, code);
  } catch (e) {
    if (!(e instanceof TooManyRegisters)) throw e;
    sink.report({ code: "E1099", span: place, label: `so many values at once (${e.message}) are not supported` });
  }
}
