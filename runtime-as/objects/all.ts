/** Every runtime function of an extended op (compiler/bytecode/extended.ts): what the interpreter dispatches to and native code calls. */
export { inputLine, timestamp } from "../io/input";
export {
  anyFits, lengthOfAny, unwrapBool, unwrapF64, unwrapI32, unwrapI64, unwrapRef, unwrapU32, unwrapU64, wrapBool, wrapF64, wrapI32, wrapI64, wrapRef, wrapU32, wrapU64,
} from "./any";
export { copyArray, fillArray, getAny, lengthOfValue, newArray, popAny, popBits, pushAny, pushBits, setAny } from "./array";
export { assertEqual, floatOf, intOf } from "./builtins";
export { anyEquals, refEquals } from "./equal";
export { caughtError } from "./error";
export { anyArith, anyNegate, anyOrder } from "./operators";
export { newRange, rangeMore, rangeTake } from "./range";
export { newCell, newClosure, newRecord } from "./record";
export { printAny, printRef } from "./show";
export { repeatArray, sliceArray } from "./slice";
export { sortedArray } from "./sort";
export { typeofAny, typeofRef } from "./typeof";
