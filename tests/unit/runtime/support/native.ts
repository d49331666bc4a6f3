/**
 * Native code by hand: WebAssembly text around the runtime's memory, table and helpers, put into the cells of a machine
 * as the engine would do it.
 */
import wabtFactory from "wabt";
import { HELPERS } from "../../../../compiler/layout/helpers.js";
import { VM, VM_BASE } from "../../../../compiler/layout/vm.js";
import type { Machine } from "./machine.js";

const wabt = await wabtFactory();

const imports = [
  '(import "env" "memory" (memory 0))',
  ...Object.entries(HELPERS).map(([name, { params, result }]) => {
    const list = params.length > 0 ? ` (param ${params.join(" ")})` : "";
    return `(import "rt" "${name}" (func $${name}${list}${result === null ? "" : ` (result ${result})`}))`;
  }),
  // Short forms of what every native function does.
  ...["budget", "depthStop", "resumeBase", "resumePc", "resumeDepth"].flatMap((field) => {
    const at = VM_BASE + VM.at[field as keyof typeof VM.at];
    return [
      `(func $get_${field} (result i32) (i32.load (i32.const ${at})))`,
      `(func $set_${field} (param i32) (i32.store (i32.const ${at}) (local.get 0)))`,
    ];
  }),
  "(func $charge (call $set_budget (i32.sub (call $get_budget) (i32.const 1))))",
  `(func $unwindTo (param $base i32) (param $pc i32) (param $depth i32) (result i32)
     (call $set_resumeBase (local.get $base)) (call $set_resumePc (local.get $pc)) (call $set_resumeDepth (local.get $depth))
     (i32.const 2))`,
  `(func $header (param $base i32) (param $fn i32) (param $pc i32) (param $caller i32)
     (i32.store (i32.sub (local.get $base) (i32.const 16)) (local.get $fn))
     (i32.store (i32.sub (local.get $base) (i32.const 12)) (local.get $pc))
     (i32.store (i32.sub (local.get $base) (i32.const 8)) (local.get $caller))
     (i32.store (i32.sub (local.get $base) (i32.const 4)) (i32.const 0)))`,
];

/** Modules by their text: the property tests make the same ones for many machines. */
const modules = new Map<string, WebAssembly.Module>();
function compiled(wat: string): WebAssembly.Module {
  let module = modules.get(wat);
  if (module === undefined) {
    const parsed = wabt.parseWat("native.wat", `(module ${imports.join("\n")}\n${wat})`);
    module = new WebAssembly.Module(Uint8Array.from(parsed.toBinary({}).buffer));
    parsed.destroy();
    modules.set(wat, module);
  }
  return module;
}

/** Makes `(func $entry (param $base i32) (param $depth i32) (result i32) BODY)` the native code of a loop or function. */
export function install(machine: Machine, unit: string | number, body: string): void {
  const wat = `(func $entry (export "entry") (param $base i32) (param $depth i32) (result i32) ${body})`;
  const { memory, table } = machine.exports;
  const instance = new WebAssembly.Instance(compiled(wat), { env: { memory }, rt: machine.exports });
  const index = table.grow(1);
  table.set(index, instance.exports.entry as Function);
  machine.setCell(unit, "entry", index);
  machine.setCell(unit, "trip", 0);
}
