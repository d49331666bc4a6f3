/**
 * What operations read and write of memory: module variables, lengths of arrays and where their elements are, elements, slots. One
 * answer for all who forward loads or move them.
 *
 * Elements of unlike representations never share memory, nor do slots of unlike numbers: they are told apart. Whether two references
 * are one object is not known.
 */
import { helperRow, isCall, type Value } from "./ir.js";

/** A part of memory, as text: two loads with equal places load the same if nothing writes there in between. */
export type Place = string;

/** How elements are stored: those of `i32` and `u32` alike. */
const stored = (rep: string): string => (rep === "u32" ? "i32" : rep === "u64" ? "i64" : rep);

/** What a load reads; null: it is no load. */
export function placeOf(v: Value): Place | null {
  const [a, , index] = v.args;
  switch (v.op) {
    case "global.get":
    case "global.set":
      return `global ${v.aux}`;
    case "array.length":
    case "array.data":
      return `${v.op} ${a!.id}`;
    case "array.load":
    case "array.store":
      return `element ${stored(v.aux as string)} ${index!.op === "const.i32" ? `${index!.aux}` : "?"} ${a!.id} ${index!.id}`;
    case "slot.load":
    case "slot.store":
      return `slot ${v.aux} ${a!.id}`;
    default:
      return null;
  }
}

/** Whether `v`, which is not a load, may change what a place holds. */
export function changes(v: Value, place: Place): boolean {
  if (isCall(v)) return true;
  if (v.op === "helper") return writes(v) && !place.startsWith("global");
  if (v.row?.effect !== "writes" || v.op === "print") return false;
  const own = placeOf(v);
  if (own === null) return false;
  const [kind, what, index] = own.split(" ");
  const [kind2, what2, index2] = place.split(" ");
  if (kind !== kind2 || what !== what2) return false;
  // Two known indexes that differ are no one element.
  return kind !== "element" || index === index2 || index === "?" || index2 === "?";
}
/** Whether it changes any memory that `changes` knows. */
export const changesMemory = (v: Value): boolean =>
  isCall(v) || (v.op === "helper" ? writes(v) : v.row?.effect === "writes" && v.op !== "print");
const writes = (v: Value): boolean => helperRow(v).effects?.includes("writes") ?? false;

/** Loads that harm nobody wherever they are done: references are objects, or 0, where zeros can be read. */
export const isHarmless = (v: Value): boolean => v.op === "array.length" || v.op === "array.data";
