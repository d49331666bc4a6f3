/**
 * From a checked program to a chunk. Function 0 is the code of the main module, then come those of the modules that it
 * imports, which it calls first, in the order in which they run; then the functions: those that have one form only in source
 * order, instances of polymorphic functions and functions as values as they are asked for.
 *
 * Module variables that functions refer to live in the bank; the others are registers of their module's code, up to a number
 * that leaves room for everything else in its window.
 */
import type { Checked, CheckedModule } from "../analysis/checked.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { mayRefer, type Rep } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import { fnOf, isClosed } from "../infer/types.js";
import { parameterRegisters } from "../layout/frame.js";
import type { SourceFile } from "../source/file.js";
import type { Span } from "../source/span.js";
import { TooManyRegisters } from "./allocate.js";
import { Assembler, type FnHead } from "./assemble.js";
import type { Chunk, Constant } from "./chunk.js";
import type { FnCode } from "./code.js";
import { type Instance, Instances } from "./instances.js";
import type { ProgramState } from "./lower-base.js";
import { slotsOf, TooManyCaptures } from "./lower-call.js";
import { MAX_SLOTS } from "./lower-object.js";
import { StmtLowering } from "./lower-stmt.js";
import { NO_ENV, RunTypes, repIn } from "./run-types.js";

/** Parameters need registers that operands can name, and so do a few temporaries beside them. */
const MAX_PARAMETERS = 200;
/** Module variables that are registers of their module's code. */
const MAX_MODULE_REGISTERS = 20_000;

/** Lowers a program without errors. Null: something is larger than instructions can name, which was reported. */
export function lower(checked: Checked, files: readonly SourceFile[], sink: Sink): Chunk | null {
  return new ProgramLowering(checked, files, sink).run();
}

class ProgramLowering {
  private readonly assembler: Assembler;
  private readonly program: ProgramState;
  private readonly globals: Chunk["globals"];
  private readonly types = new RunTypes();

  constructor(
    private readonly checked: Checked,
    private readonly files: readonly SourceFile[],
    private readonly sink: Sink,
  ) {
    this.assembler = new Assembler((file, offset) => files[file]!.line(offset));
    const { globals, slots } = bankOf(checked.modules);
    this.globals = globals;
    const known = new Map<VarSymbol, Constant>();
    const instances = new Instances(checked.modules.length, (v) => known.has(v));
    this.program = { pool: this.assembler.pool, instances, types: this.types, globals: slots, known };
  }

  run(): Chunk | null {
    const { checked, sink, program } = this;
    this.tooLarge();
    for (const fn of checked.functions) if (hasOneForm(fn)) program.instances.of(fn, undefined, NO_ENV);
    const main = checked.modules.at(-1)!;
    const others = checked.modules.slice(0, -1);
    // Modules are lowered in the order in which they run: that finds out which variables have a value that is known
    // beforehand. The main one's place in the chunk is 0, all the same.
    const codes = others.map((m) => this.moduleCode(m, 0));
    this.add(headOf(main, "main"), this.moduleCode(main, others.length).code, main.module.body.span);
    others.forEach((m, i) => {
      this.add(headOf(m, m.module.name), codes[i]!.code, m.module.body.span);
    });
    // Lowering one may ask for more.
    for (let i = 0; i < program.instances.list.length; i++) this.addInstance(program.instances.list[i]!);
    if (sink.hasErrors) return null;
    const { types, variants, signatures } = this.types;
    return this.assembler.finish(this.files, this.globals, { types, variants, signatures });
  }

  /** Module-level code; `imports`: how many modules run before it. */
  private moduleCode(m: CheckedModule, imports: number): StmtLowering {
    const top = new StmtLowering(this.program, null, this.checked);
    for (let i = 0; i < imports; i++) top.code.call(i + 1, 0, null, { start: 0, end: 0, operands: [] });
    top.block(m.module.body);
    top.code.emit("RETURN_VOID", []);
    return top;
  }

  /** Reports what no instruction could name. */
  private tooLarge(): void {
    const report = (span: Span, what: string): void =>
      this.sink.report({ code: "E1099", span, label: `${what} are not supported` });
    for (const fn of this.checked.functions)
      if (fn.params.length > MAX_PARAMETERS)
        report(fn.params[MAX_PARAMETERS]!.decl, `more than ${MAX_PARAMETERS} parameters`);
    for (const m of this.checked.modules) {
      for (const s of m.structs)
        if (s.fields.length > MAX_SLOTS) report(s.fields[MAX_SLOTS]!.decl, `more than ${MAX_SLOTS} fields`);
      for (const e of m.enums)
        for (const v of e.variants)
          if (v.payload.length > MAX_SLOTS) report(v.decl, `more than ${MAX_SLOTS} values of a variant`);
    }
  }

  private addInstance(instance: Instance): void {
    const { fn, params, units } = instance;
    if (params.length + units.length > MAX_PARAMETERS) {
      if (!this.sink.hasErrors)
        this.sink.report({
          code: "E1099",
          span: fn.decl,
          label: `more than ${MAX_PARAMETERS} captured variables are not supported`,
        });
      return;
    }
    const body = new FunctionLowering(this.program, instance, this.checked);
    try {
      body.lower();
    } catch (e) {
      if (!(e instanceof TooManyCaptures)) throw e;
      this.sink.report({
        code: "E1099",
        span: fn.decl,
        label: `so many captured variables (${e.message}) are not supported`,
      });
      return;
    }
    const { file, start: offset } = fn.decl;
    const type = fnOf(
      fn.params.map((p) => p.type),
      fn.result,
    );
    const row = instance.isValue && isClosed(type) ? this.types.type(type, instance.env) : -1;
    const head: FnHead = { name: fn.name, file, offset, params: body.registers, result: instance.result, type: row };
    this.add(head, body.code, fn.decl);
  }

  private add(head: FnHead, code: FnCode, place: Span): void {
    try {
      this.assembler.add(head, code);
    } catch (e) {
      if (!(e instanceof TooManyRegisters)) throw e;
      this.sink.report({
        code: "E1099",
        span: place,
        label: `so many values at once (${e.message}) are not supported`,
      });
    }
  }
}

const headOf = (m: CheckedModule, name: string): FnHead => ({
  name,
  file: m.module.file,
  offset: 0,
  params: [],
  result: null,
});

/** A declared function without type parameters, its own or of functions around it. */
function hasOneForm(fn: FnSymbol): boolean {
  if (fn.name === "") return false;
  for (let f: FnSymbol | null = fn; f; f = f.owner)
    if (f.name === "" || (f.scheme?.params.length ?? 0) > 0) return false;
  return true;
}

/** A function's body, with its parameters in their registers. */
class FunctionLowering extends StmtLowering {
  /** Representations of everything that is passed, in order. */
  readonly registers: readonly Rep[];

  constructor(
    program: ProgramState,
    private readonly own: Instance,
    checked: Checked,
  ) {
    super(program, own, checked);
    const before: readonly Rep[] = own.isValue ? ["ref"] : own.units.map((u) => u.rep);
    this.registers = [...before, ...own.params];
  }

  lower(): void {
    const { own, registers } = this;
    const { fn, units } = own;
    const at = parameterRegisters(registers);
    const passed = registers.map((rep, i) => this.code.newRegister(rep, at[i]!));
    this.code.at(fn.decl.start);
    const first = registers.length - own.params.length;
    fn.params.forEach((p, i) => {
      this.variables.set(p, passed[first + i]!);
    });
    const { slots } = slotsOf(units);
    units.forEach((u, i) => {
      const register = own.isValue ? this.temp(u.rep) : passed[i]!;
      if (own.isValue) this.loadSlot(passed[0]!, slots[i]!, u.rep, register);
      const map = u.is === "cell" ? this.cells : u.is === "flag" ? this.flags : this.variables;
      map.set(u.symbol, register);
    });
    if (own.isValue && isDeclared(fn)) return this.forward();
    this.block(fn.node.body);
    this.code.emit("RETURN_VOID", []);
  }

  /** A declared function as a value: calls the function itself in its place. */
  private forward(): void {
    const { own } = this;
    const direct = this.program.instances.like(own);
    const args = [...own.units.map((u) => this.unitRegister(u)), ...own.fn.params.map((p) => this.variables.get(p)!)];
    const reps = [...own.units.map((u) => u.rep), ...own.params];
    parameterRegisters(reps).forEach((out, i) => {
      this.code.emit("MOVE", [{ out, rep: reps[i]! }, args[i]!]);
    });
    const { start, end } = own.fn.decl;
    this.code.tailCall(direct.index, reps.length, { start, end, operands: [] });
  }
}

/** Whether a function has a name and may be called by it; others are function expressions. */
const isDeclared = (fn: FnSymbol): boolean => fn.name !== "";

/** The variables of the bank, and where each one is in it. */
function bankOf(modules: readonly CheckedModule[]): { globals: Chunk["globals"]; slots: ProgramState["globals"] } {
  const globals: { name: string; type: Rep }[] = [];
  const slots = new Map<VarSymbol, { slot: number; flag: number }>();
  const inBank = modules.flatMap(({ variables }) => {
    let registers = 0;
    // Those of a round belong to it.
    return variables.filter((v) => v.usedInFunctions || (!v.perRound && registers++ >= MAX_MODULE_REGISTERS));
  });
  const repOf = (v: VarSymbol): Rep => repIn(v.type, NO_ENV)!;
  // References first: a collection looks at one range.
  for (const v of inBank.sort((x, y) => Number(mayRefer(repOf(y))) - Number(mayRefer(repOf(x))))) {
    const slot = globals.push({ name: v.name, type: repOf(v) }) - 1;
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
