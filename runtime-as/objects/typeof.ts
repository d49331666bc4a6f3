/** `typeof`: names of types, as literals where they are known; errors have category, blank and message. */
import {
  ARRAY_elements, ERROR_category, ERROR_message, FN_type, KIND_ARRAY, KIND_CLOSURE, KIND_ENUM, KIND_ERROR, KIND_STRUCT, NAME_ARRAY, NAME_BLANK, NAME_BOOL, NAME_BRACKET_CLOSE, NAME_BRACKET_OPEN,
  NAME_F64, NAME_FUNCTION, NAME_I32, NAME_I64, NAME_RANGE, NAME_STRING, NAME_U32, NAME_U64, REP_any, REP_bool, REP_f64, REP_i32, REP_i64, REP_ref, REP_u32, SLOTS_link, TYPE_name, TYPE_text, VARIANT_type,
} from "../gen/layout";
import { addressIn, keepLong } from "../heap/roots";
import { lengthOf } from "./bytes";
import { outOfMemory } from "./fail";
import { copyTo, count, nameOf, putName, putString, sinkString } from "./sink";
import { isStringKind, kindOfObject, open, value, variantOf } from "./values";

/** The name of a scalar type by its REP. */
export function scalarName(rep: i32): usize {
  switch (rep) {
    case REP_i32:
      return nameOf(NAME_I32);
    case REP_u32:
      return nameOf(NAME_U32);
    case REP_i64:
      return nameOf(NAME_I64);
    case REP_f64:
      return nameOf(NAME_F64);
    case REP_bool:
      return nameOf(NAME_BOOL);
    default:
      return nameOf(NAME_U64);
  }
}
/** What `typeof` says, a literal; 0: an error, whose text must be made. */
function literalOf(rep: i32, bits: i64): usize {
  if (rep != REP_ref) return scalarName(rep);
  const object = <usize>bits;
  const kind = kindOfObject(object);
  if (isStringKind(kind)) return nameOf(NAME_STRING);
  switch (kind) {
    case KIND_ARRAY:
      return nameOf(NAME_ARRAY);
    case KIND_STRUCT:
    case KIND_ENUM:
      return <usize>load<u32>(load<u32>(variantOf(object), VARIANT_type), TYPE_name);
    case KIND_CLOSURE:
      return nameOf(NAME_FUNCTION);
    case KIND_ERROR:
      return 0;
    default:
      return nameOf(NAME_RANGE);
  }
}

/** Writes the type of an opened value to the sink, for messages: of arrays and functions all that is known. */
export function putType(rep: i32, bits: i64): void {
  const object = <usize>bits;
  if (rep == REP_ref) {
    const kind = kindOfObject(object);
    if (kind == KIND_ERROR) {
      putError(object);
      return;
    }
    if (kind == KIND_ARRAY) {
      const text = <usize>load<u32>(load<u32>(object, ARRAY_elements), TYPE_text);
      if (lengthOf(text) != 0) {
        putName(NAME_BRACKET_OPEN);
        putString(text);
        putName(NAME_BRACKET_CLOSE);
        return;
      }
    }
    if (kind == KIND_CLOSURE) {
      const type = <usize>load<u32>(<usize>load<u32>(object, SLOTS_link), FN_type);
      if (type != 0 && lengthOf(<usize>load<u32>(type, TYPE_text)) != 0) {
        putString(<usize>load<u32>(type, TYPE_text));
        return;
      }
    }
  }
  putString(literalOf(rep, bits));
}
function putError(error: usize): void {
  putString(<usize>load<u32>(error, ERROR_category));
  putName(NAME_BLANK);
  putString(<usize>load<u32>(error, ERROR_message));
}

/** TYPEOF_REF and TYPEOF_ANY. */
export function typeofRef(object: usize): usize {
  return typeofValue(REP_ref, <i64>(<u64>object));
}
export function typeofAny(bits: i64): usize {
  return typeofValue(REP_any, bits);
}
function typeofValue(rep: i32, bits: i64): usize {
  const literal = literalOf(open(rep, bits), value);
  if (literal != 0) return literal;
  keepLong(addressIn(bits), 0, 0);
  const error = <usize>bits;
  count();
  putError(error);
  const s = sinkString();
  if (s == 0) return outOfMemory();
  copyTo(s);
  putError(error);
  return s;
}
