/**
 * Whether a reference is of a type: what UNWRAP_REF and stores into seen-as-[any] arrays ask.
 *
 *   string, range, error   by kind
 *   struct                 the same TYPE
 *   function               the function's TYPE
 *   enum                   the same TYPE, or the same declaration and every entry fits the entry of the wanted variant
 *   array                  the same TYPE of elements, or scalars of one representation
 *
 * An array that a polymorphic function made has elements of type UNKNOWN. It becomes one of the wanted element type when it
 * is not empty and all elements fit. It takes that type at once, and takes it back should something else not fit: so an
 * array that contains itself is no endless walk.
 *
 * Iterative: on the stack of heap/stack.ts are triples of an object that is looked into, the number of its next element, and what
 * its elements must be (an array: their TYPE; an enum value: the VARIANT).
 */
import {
  ARRAY_data, ARRAY_elements, ARRAY_length, ARRAY_pad, ENTRY_slot, ENTRY_type, FN_type, KIND_ARRAY, KIND_CLOSURE, KIND_ENUM, KIND_ERROR, KIND_RANGE, KIND_STRUCT, REP_any, REP_ref, SLOTS_SIZE, SLOTS_count, SLOTS_link,
  TYPE_declaration, TYPE_element, TYPE_rep, TYPE_variantCount, TYPE_variants, TYPE_what, VARIANT_SIZE, VARIANT_count, VARIANT_type, WHAT_ANY, WHAT_ARRAY, WHAT_ENUM, WHAT_ERROR, WHAT_FUNCTION, WHAT_RANGE, WHAT_SCALAR,
  WHAT_STRING, WHAT_STRUCT, WHAT_UNKNOWN,
} from "../gen/layout";
import { forget, FULL, KNOWN, met } from "../heap/pairs";
import { cut, height, peek, poke, pop, push3 } from "../heap/stack";
import { entryOf, isStringKind, kindOfObject, variantOf } from "./values";

export const DIFFERS: i32 = 0;
export const FITS: i32 = 1;
export const NO_ROOM: i32 = 2;
/** Answer of `look`: the object is on the stack now. */
const ENTERED: i32 = 3;

// @ts-ignore: decorator
@inline
function whatOf(type: usize): i32 {
  return <i32>load<u8>(type, TYPE_what);
}

export function fits(object: usize, type: usize): i32 {
  const quick = look(object, type, false);
  if (quick != ENTERED) return quick;
  forget();
  adopted = 0;
  const floor = height();
  let answer = look(object, type, true);
  while (height() > floor && (answer == FITS || answer == ENTERED)) answer = step();
  cut(floor);
  const fine = answer == FITS;
  for (let array = adopted; array != 0; ) {
    const next = <usize>load<u32>(array, ARRAY_pad);
    store<u32>(array, 0, ARRAY_pad);
    if (!fine) store<u32>(array, <u32>unknown, ARRAY_elements);
    array = next;
  }
  return answer;
}

/** The arrays that took a type in this walk, linked by a word that is 0 otherwise; the TYPE that they had. */
let adopted: usize = 0;
let unknown: usize = 0;

/** Looks at the next element of the innermost object. */
function step(): i32 {
  const object = peek(2);
  const index = <u32>peek(1);
  const wanted = peek(0);
  const array = kindOfObject(object) == KIND_ARRAY;
  const count = array ? load<u32>(object, ARRAY_length) : load<u32>(wanted, VARIANT_count);
  if (index >= count) {
    pop();
    pop();
    pop();
    return FITS;
  }
  poke(1, index + 1);
  if (array) return look(<usize>load<u32>(<usize>load<u32>(object, ARRAY_data) + (<usize>index << 2)), wanted, true);
  const entry = entryOf(variantOf(object), index);
  const other = entryOf(wanted, index);
  const has = <usize>load<u32>(entry, ENTRY_type);
  const type = <usize>load<u32>(other, ENTRY_type);
  const rep = <i32>load<u8>(has, TYPE_rep);
  // The same bits in the same slot must mean the same.
  if (rep != <i32>load<u8>(type, TYPE_rep) || load<u32>(entry, ENTRY_slot) != load<u32>(other, ENTRY_slot)) return DIFFERS;
  if (rep != REP_ref || has == type) return FITS;
  return look(<usize>load<u32>(object + (<usize>load<u32>(entry, ENTRY_slot) << 3), SLOTS_SIZE), type, true);
}

/** Compares an object with a type; what it has inside is put on the stack, if `enter`, and looked at later. */
function look(object: usize, type: usize, enter: bool): i32 {
  const kind = kindOfObject(object);
  switch (whatOf(type)) {
    case WHAT_ANY:
    case WHAT_UNKNOWN:
      return FITS;
    case WHAT_STRING:
      return <i32>isStringKind(kind);
    case WHAT_RANGE:
      return <i32>(kind == KIND_RANGE);
    case WHAT_ERROR:
      return <i32>(kind == KIND_ERROR);
    case WHAT_STRUCT:
      return <i32>(kind == KIND_STRUCT && <usize>load<u32>(variantOf(object), VARIANT_type) == type);
    case WHAT_FUNCTION:
      return <i32>(kind == KIND_CLOSURE && <usize>load<u32>(<usize>load<u32>(object, SLOTS_link), FN_type) == type);
    case WHAT_ENUM:
      return kind == KIND_ENUM ? lookEnum(object, type, enter) : DIFFERS;
    case WHAT_ARRAY:
      return kind == KIND_ARRAY ? lookArray(object, <usize>load<u32>(type, TYPE_element), enter) : DIFFERS;
    default:
      return DIFFERS;
  }
}
function lookEnum(object: usize, type: usize, enter: bool): i32 {
  const variant = variantOf(object);
  const has = <usize>load<u32>(variant, VARIANT_type);
  if (has == type) return FITS;
  if (load<u32>(has, TYPE_declaration) != load<u32>(type, TYPE_declaration)) return DIFFERS;
  if (load<u32>(variant, VARIANT_count) == 0) return FITS;
  const index = <u32>load<u16>(object, SLOTS_count);
  if (index >= load<u32>(type, TYPE_variantCount)) return DIFFERS;
  return down(object, <usize>load<u32>(type, TYPE_variants) + <usize>index * VARIANT_SIZE, enter);
}
function lookArray(object: usize, wanted: usize, enter: bool): i32 {
  const has = <usize>load<u32>(object, ARRAY_elements);
  if (has == wanted) return FITS;
  const rep = <i32>load<u8>(has, TYPE_rep);
  // No matter which references: elements of a type that the program never names, or of one that its code does not know.
  if (wanted == 0 || whatOf(wanted) == WHAT_UNKNOWN) return <i32>(rep == REP_ref);
  if (rep != <i32>load<u8>(wanted, TYPE_rep)) return DIFFERS;
  if (whatOf(wanted) == WHAT_SCALAR && whatOf(has) == WHAT_SCALAR) return FITS;
  // Two TYPEs for `any` cannot be, but would mean the same.
  if (rep == REP_any) return FITS;
  if (whatOf(has) != WHAT_UNKNOWN || load<u32>(object, ARRAY_length) == 0) return DIFFERS;
  if (enter) {
    store<u32>(object, <u32>wanted, ARRAY_elements);
    store<u32>(object, <u32>adopted, ARRAY_pad);
    adopted = object;
    unknown = has;
  }
  return down(object, wanted, enter);
}
function down(object: usize, wanted: usize, enter: bool): i32 {
  if (!enter) return ENTERED;
  const seen = met(object, wanted);
  if (seen == KNOWN) return FITS;
  return seen != FULL && push3(object, 0, wanted) ? ENTERED : NO_ROOM;
}
