/**
 * Every diagnostic of Orus: one row per code. What a reporter adds is the place and the words about one program
 * (`Diagnostic`); title, category and the stable messages of run-time errors are written here and nowhere else. Read by
 * the renderer, by `orus explain`, by the runtime (messages and kinds) and by the documentation generator.
 *
 * `when` says in a line what is meant; `help` what kind of advice belongs to it (the advice itself names the program's
 * own words, so reporters write it; for run-time errors `help` is the very text). `messages` are what a program sees:
 * [text, category, kind], where words in capitals stand for a text; the first two make `typeof(e)`, the third `e.kind`.
 * Codes are stable: a retired one is never used again.
 */

/** Category: the heading of the pretty layout; the key is what the JSON layout shows. */
export const CATEGORIES = {
  syntax: "SYNTAX ERROR",
  name: "NAME ERROR",
  mutability: "MUTABILITY",
  control: "CONTROL FLOW",
  match: "MATCH",
  type: "TYPE MISMATCH",
  module: "MODULE ERROR",
  runtime: "RUNTIME ERROR",
  warning: "WARNING",
} as const;
export type Category = keyof typeof CATEGORIES;

/** Text, category and kind of a run-time error; both null where it cannot be caught. */
export type Message = readonly [text: string, category: string | null, kind: string | null];

export interface Row {
  readonly category: Category;
  readonly title: string;
  readonly when: string;
  /** Belongs to a part of the language that this version does not have yet: the whole row, or what of it. */
  readonly planned?: true | string;
  readonly help?: string;
  /** Run-time errors only. */
  readonly messages?: readonly Message[];
}

// biome-ignore format: one row per code
export const TABLE = {
  // Syntax
  E1001: { category: "syntax", title: "Unexpected text here", when: "the token cannot continue what came before; names what was expected", help: "the most likely token to write" },
  E1002: { category: "syntax", title: "A colon is missing", when: "header of `if elif else while for fn struct enum impl match try catch finally select trait extern module test` without `:`", planned: "`finally`, `select`, `trait`, `extern`, `module`, `test`", help: "add `:` here" },
  E1003: { category: "syntax", title: "Unclosed parenthesis", when: "`(` has no `)` before the statement or file ends", help: "add `)` after the last argument" },
  E1004: { category: "syntax", title: "Unclosed brace", when: "`{` has no `}` before the statement or file ends", help: "add `}`" },
  E1005: { category: "syntax", title: "The file ends too early", when: "end of file where more is required and no opener is to blame", help: "what is still needed" },
  E1008: { category: "syntax", title: "Unexpected indentation", when: "deeper line without a block, or a return to a depth that no block has", help: "the depth that would fit; or add `:` above" },
  E1009: { category: "syntax", title: "Nesting too deep", when: "more than 1000 nested expressions or 200 nested blocks", help: "name an intermediate value; extract a function" },
  E1013: { category: "syntax", title: "Not a valid name", when: "a statement starts with digits and letters before `=`; a module constant is not UPPER_CASE", help: "a valid spelling" },
  E1015: { category: "syntax", title: "Contradictory declaration", when: "`mut` with `:=`; `mut x += 1`", help: "the one form to keep" },
  E1019: { category: "syntax", title: "A comma is missing", when: "two values side by side in arguments or elements", help: "insert `,`" },
  E1020: { category: "syntax", title: "Unclosed bracket", when: "`[` has no `]`, or is closed by another character", help: "add `]`" },
  E1021: { category: "syntax", title: "Unfinished text", when: "`\"` or `$\"` without a partner on the same line", planned: "`$\"`", help: "add `\"`; use `\\n` for a line break" },
  E1022: { category: "syntax", title: "Unknown escape", when: "`\\` followed by an unlisted character", help: "the list of escapes; write `\\\\` for a backslash" },
  E1023: { category: "syntax", title: "Unknown character", when: "a character that starts no token", help: "a replacement if there is an obvious one (`“` to `\"`)" },
  E1024: { category: "syntax", title: "Unfinished comment", when: "`/*` without `*/`", help: "close it; `//` for one line" },
  E1025: { category: "syntax", title: "Not a valid number", when: "unknown suffix, digit outside the base, misplaced `_`, two dots, no digit before or after the point or in the exponent, fraction with an integer suffix, does not fit any integer type", help: "allowed suffixes; a float form" },
  E1026: { category: "syntax", title: "A value is missing", when: "nothing after `=`, an operator, `,`, `in`, `if` and so on; a declaration without a value; unary `+`" },
  E1027: { category: "syntax", title: "This word is reserved", when: "keyword, `true` or `false` used as variable, parameter, field, type or module name", help: "`NAME_` or another word" },
  E1028: { category: "syntax", title: "Cannot assign to this", when: "left side of `=` is not a variable, field or element of something changeable (strings and tuples are not)", planned: "tuples" },
  E1029: { category: "syntax", title: "Not allowed at this level", when: "`use`, `pub`, `struct`, `enum`, `impl`, `trait`, `type`, `extern`, `test`, `module` inside a block", planned: "`trait`, `type`, `extern`, `test`, `module`", help: "move it to the top of the file" },
  E1030: { category: "syntax", title: "Nothing to attach to", when: "`else`, `elif`, `catch`, `finally` without their partner, `elif` after `else`; a label without a loop", planned: "`finally`" },
  E1031: { category: "syntax", title: "`try` without `catch`", when: "neither `catch` nor `finally` at the same depth", planned: "`finally`", help: "the skeleton to add" },
  E1032: { category: "syntax", title: "An arrow is missing", when: "match arm with `:` or nothing instead of `->`", help: "write `->`" },
  E1033: { category: "syntax", title: "Not the Orus spelling", when: "`var const def func import else if && || ++ === null ? : '…'`, `--` after a value that ends the line, `!` on a bool, `{` as block, `=` in a condition, `if` as a guard of an arm", help: "the Orus form" },
  E1034: { category: "syntax", title: "Not UTF-8", when: "invalid bytes; shows byte offset and line", help: "save as UTF-8 (a leading BOM is accepted and ignored)" },
  E1035: { category: "syntax", title: "Not a valid format", when: "after the `:` of `$\"{...}\"`: unknown kind, kind or digits that do not fit the type", planned: true, help: "the allowed forms" },
  E1407: { category: "syntax", title: "Empty block", when: "no indented line after a header", help: "write `pass`" },
  E1409: { category: "syntax", title: "Not a loop variable", when: "missing or invalid name after `for`", help: "`for i in ...`" },
  // Stands for everything of the language that no phase knows yet; goes away with the last such construct.
  E1099: { category: "syntax", title: "Not supported yet", when: "a form of the planned language; a tuple or a comprehension is E1001, `throw` E1010, built-ins and methods that are planned are unknown names" },

  // Names
  E1010: { category: "name", title: "Unknown name", when: "no such variable, constant, function or module alias; a name in its own first initialiser; a field without `self.`", help: "nearest name; the `use` line" },
  E1011: { category: "name", title: "Name already taken", when: "second declaration in one scope: variable, parameter, function, type, trait, field, variant, method, import, field given twice in a literal", planned: "traits", help: "rename; or drop the annotation/`mut` to assign" },
  E1012: { category: "name", title: "Name not visible here", when: "it exists, but in an inner block, another function, or later in the file", help: "declare it before the block / pass it as an argument" },
  E1018: { category: "name", title: "No value yet", when: "a variable declared only in branches is read where none of them can have run, as in the other branch; where one may have run it is E0018", help: "give it a value where it is declared" },

  // Mutability
  E1014: { category: "mutability", title: "This cannot be reassigned", when: "assignment to an immutable variable, parameter, constant, function, import", help: "`mut NAME` at the declaration (edit offered)" },
  E1017: { category: "mutability", title: "This cannot be updated", when: "`+=` and the like on an immutable name", help: "`mut NAME` at the declaration (edit offered)" },

  // Control flow and matching
  E1401: { category: "control", title: "`break` outside a loop", when: "also inside a function whose definition is in a loop", help: "`return` in a function" },
  E1402: { category: "control", title: "`continue` outside a loop", when: "also inside a function whose definition is in a loop", help: "`return` in a function" },
  E1403: { category: "control", title: "Condition is not a bool", when: "`if elif while`, inline `if`, with any other type", help: "`!= 0`, `len(x) > 0`, as fits the type" },
  E1404: { category: "control", title: "Not a valid range", when: "bound or step is not an integer; literal step 0", help: "a valid form" },
  E1410: { category: "match", title: "Match is not complete", when: "enum, or tuple of enums and bools, with unhandled cases (all listed; guarded arms do not count); a `match` used as a value: a bool with an unhandled case, any other type without `_` or an arm that always fits", planned: "tuples, guards", help: "the missing arms, ready to paste; or `_ ->`" },
  E1411: { category: "match", title: "Case handled twice", when: "same variant (without differing payload patterns) or literal again, the first without a guard", planned: "guards", help: "remove one" },
  E1412: { category: "control", title: "Unknown label", when: "`break 'x` or `continue 'x` with no enclosing loop of that label", help: "nearest label" },
  E1415: { category: "match", title: "This arm can never run", when: "an arm after an unguarded `_`; a `catch` after one without type", planned: "guards, `catch` with a type", help: "move it to the end" },
  E1416: { category: "control", title: "Cannot leave `finally`", when: "`return`, `break`, `continue` out of a `finally` suite", planned: true, help: "put it after the statement" },
  E1417: { category: "match", title: "Alternatives differ", when: "the alternatives of a pattern bind different names or types", planned: true },
  E1418: { category: "control", title: "`yield` outside a function", when: "`yield e` at module level or in a `spawn:` suite", planned: true },
  E1414: { category: "control", title: "Not every path returns", when: "a path of a function with a result type ends without a value", help: "`return` at the place that falls through" },

  // Types
  E2001: { category: "type", title: "This value has the wrong type", when: "annotation, reassignment, argument, field, returned value, pattern, built-in argument", help: "the cast or conversion that applies" },
  E2002: { category: "type", title: "These types differ", when: "array, map and set elements, match arms, branches of an inline `if`, returns of a function without declared result, a variable declared in several branches", planned: "maps and sets" },
  E2003: { category: "type", title: "Unknown type", when: "annotation, parameter, field, cast, struct literal, `impl`, `catch ... as`, bound, trait", planned: "`catch ... as`, bounds, traits", help: "nearest type name" },
  E2004: { category: "type", title: "Numbers of different types", when: "arithmetic of two different numeric types (comparing them is allowed)", help: "`x as T` on the narrower side" },
  E2005: { category: "type", title: "This cast does not exist", when: "`as` between unrelated types", help: "`int(...)`, `float(...)`, a field" },
  E2006: { category: "type", title: "A type is needed here", when: "`[]`, `{}`, `set()`, `channel()`, `None` with nothing to infer from; a type parameter left undetermined", planned: "`{}`, `set()`, `channel()`, `None`, type parameters", help: "an annotation" },
  E2007: { category: "type", title: "Operator not defined", when: "operands of an operator are not supported, including `==` between unrelated types, ordering of bools, `and`/`or`/`not` on non-bools, an operator on a type parameter without the bound for it", planned: "bounds", help: "convert to `string` for `+`; the bound" },
  E2009: { category: "type", title: "Wrong number of arguments", when: "function, method, built-in, variant", help: "the signature" },
  E2010: { category: "type", title: "Unknown field", when: "access, assignment, literal", help: "nearest field; list of fields" },
  E2011: { category: "type", title: "Unknown method", when: "call on a struct, an enum or another value; on a type parameter without the bound for it", planned: "bounds", help: "nearest method; the bound" },
  E2012: { category: "type", title: "Fields are missing", when: "struct literal without fields that have no default (all listed)", help: "the literal completed" },
  E2013: { category: "type", title: "This is not a function", when: "call of another value; right side of `|>`", planned: "`|>`" },
  E2014: { category: "type", title: "Cannot be indexed", when: "value has no elements, or index is not an integer" },
  E2015: { category: "type", title: "Cannot be iterated", when: "`for`, comprehension or `in` over another type", planned: "comprehensions, `in`", help: "`0..n` for a count" },
  E2016: { category: "type", title: "Unknown variant", when: "construction or pattern", help: "nearest variant" },
  E2017: { category: "type", title: "Payload does not fit", when: "pattern names more or fewer values than the variant carries", help: "the right pattern" },
  E2019: { category: "type", title: "There is no value", when: "result of a function without result type used as a value, thrown, printed", planned: "`throw`" },
  E2020: { category: "type", title: "Number out of range", when: "literal (with its sign) does not fit the type", help: "the range; a wider type" },
  E2021: { category: "type", title: "Array length differs", when: "a literal or fill where another length is declared; length is not a constant" },
  E2022: { category: "type", title: "Method needs a value", when: "instance method called on the type, or static method on a value", help: "the other form" },
  E2023: { category: "type", title: "Type contains itself", when: "struct field of its own type without an array or enum in between; alias of itself", planned: "aliases" },
  E2024: { category: "type", title: "Generic types too deep", when: "a type nested more than 1000 deep; a chain of more than 64 instances", planned: "chains of instances" },
  E2025: { category: "type", title: "Cannot be a key", when: "map key or set element of a type that is not hashable", planned: true, help: "the types that are" },
  E2026: { category: "type", title: "Bound not met", when: "type argument does not implement what the parameter asks for", planned: true, help: "the `impl` to write" },
  E2027: { category: "type", title: "Trait not fulfilled", when: "`impl` lacks a required method, has one that the trait does not know, or with another signature", planned: true, help: "the missing methods" },
  E2028: { category: "type", title: "Implementation not allowed", when: "second one of a trait for a type; neither the trait nor the type is declared in this module", planned: true },
  E2029: { category: "type", title: "Trait cannot be a type", when: "a method without `self`, with `Self` elsewhere or with type parameters", planned: true, help: "a bound" },
  E2030: { category: "type", title: "Wrong number of type arguments", when: "generic type or function", help: "the parameters" },
  E2031: { category: "type", title: "Tuple size differs", when: "targets or pattern and tuple; constant index beyond the end", planned: true },
  E2032: { category: "type", title: "No zero value", when: "`mut name[N]: T` with another `T` than numbers, bool, string", planned: true, help: "a fill `[v, N]`" },
  E2033: { category: "type", title: "Cannot pass to the host", when: "parameter or result type of an `extern` function", planned: true, help: "the allowed types" },

  // Modules
  E3001: { category: "module", title: "Cannot read this file", when: "missing, directory, permission (names the reason)", help: "nearest file name" },
  E3002: { category: "module", title: "Modules import each other", when: "cycle, printed in full: `a -> b -> a`", help: "move the shared part to a third module" },
  E3003: { category: "module", title: "Unknown module", when: "no file for it in any search directory (all listed in a note)", help: "nearest module; `--path`" },
  E3004: { category: "module", title: "Not exported", when: "the module has no such name", help: "nearest export; the list if short" },
  E3007: { category: "module", title: "Not an Orus file", when: "a `.wasm` file for `orus run` that is not of `orus build`, is of another version, or is damaged", help: "build it again" },
  E3005: { category: "module", title: "Private", when: "the name exists there without `pub`", help: "add `pub` there" },
  E3006: { category: "module", title: "Host function missing", when: "`Host function not provided: module.name`", planned: true, help: "nearest name" },

  // Run time
  E0001: { category: "runtime", title: "Division by zero", when: "`/`, integer or float", help: "test the divisor before dividing, or wrap the call in `try`", messages: [["Division by zero", "runtime error", "arithmetic"]] },
  E0006: { category: "runtime", title: "Remainder by zero", when: "`%`, integer or float", help: "test the divisor before dividing, or wrap the call in `try`", messages: [["Division by zero", "runtime error", "arithmetic"]] },
  E0004: { category: "runtime", title: "Number too large", when: "signed `+ - * / **` or negation, including the smallest value divided by -1, `abs`; unsigned arithmetic wraps", planned: "`**`, `abs`", help: "use a wider type, such as `i64`", messages: [["Integer overflow", "value error", "arithmetic"]] },
  E0007: { category: "runtime", title: "Conversion failed", when: "a checked `as` without a result: `f64 value out of i32 range`, also for NaN", help: "test the range before the cast, or use a wider type", messages: [
    ["f64 value out of i32 range", "value error", "value"],
    ["f64 value out of i64 range", "value error", "value"],
    ["f64 value out of u32 range", "value error", "value"],
    ["f64 value out of u64 range", "value error", "value"],
    ["i32 value out of u64 range", "value error", "value"],
    ["i64 value out of u32 range", "value error", "value"],
    ["i64 value out of u64 range", "value error", "value"],
    ["u64 value out of i32 range", "value error", "value"],
    ["u64 value out of i64 range", "value error", "value"],
    ["u64 value out of u32 range", "value error", "value"],
  ] },
  E0002: { category: "runtime", title: "Index out of range", when: "an index that is negative or `>= len`; `insert`, `remove`, `swap`, `at`, `code`; too few elements to destructure", planned: "`insert`, `remove`, `swap`, `at`, `code`, tuples", help: "test the index against `len` first", messages: [
    ["Array index out of bounds", "index error", "index"],
    ["Array index must be a non-negative integer", "type error", "index"],
    ["String index out of bounds", "index error", "index"],
    ["String index must be a non-negative integer", "type error", "index"],
    ["Tuple index out of bounds", "index error", "index"],
  ] },
  E0015: { category: "runtime", title: "Slice out of range", when: "a bound that is negative or beyond the end; end before start; step `<= 0`", planned: "slices of strings", help: "test the bounds against `len` first", messages: [
    ["Array slice start out of bounds", "index error", "index"],
    ["Array slice end out of bounds", "index error", "index"],
    ["Array slice end before start", "index error", "index"],
    ["Array slice start must be a non-negative integer", "type error", "index"],
    ["Array slice end must be a non-negative integer", "type error", "index"],
    ["Slice step must be positive", "argument error", "value"],
    ["String slice out of bounds", "index error", "index"],
  ] },
  E0010: { category: "runtime", title: "Not a number", when: "`int` or `float` of a text or number that has no such value", messages: [
    ["int() argument must be an integer string, got \"TEXT\"", "conversion error", "value"],
    ["int() argument must be an integer string (decimals are not allowed). Use float() to parse decimal values, got \"TEXT\"", "conversion error", "value"],
    ["int() overflow: V is out of range for i32", "conversion error", "value"],
    ["int() argument must be a whole number, got f64 V", "conversion error", "value"],
    ["int() argument must be a string or number, got TYPE", "conversion error", "value"],
    ["float() argument must be a number, got \"TEXT\"", "conversion error", "value"],
    ["float() overflow: \"TEXT\" is out of range for f64", "conversion error", "value"],
  ] },
  E0011: { category: "runtime", title: "Nothing to take", when: "`pop`", messages: [["Cannot pop from an empty array", "value error", "value"]] },
  E0012: { category: "runtime", title: "Step is zero", when: "dynamic step in `..`, any in `range`", help: "test the step before the loop", messages: [["Range step cannot be zero", "argument error", "value"]] },
  E0013: { category: "runtime", title: "Assertion failed", when: "`assert`, `assert_eq`", planned: "`assert`", messages: [
    ["assert_eq failed (LABEL)\n  expected: V\n  actual:   V", "runtime error", "assert"],
    ["Assertion failed", "runtime error", "assert"],
    ["Assertion failed: TEXT", "runtime error", "assert"],
  ] },
  E0014: { category: "runtime", title: "End of input", when: "`input()` with nothing left", messages: [["input() reached end of file", "eof error", "io"]] },
  E0016: { category: "runtime", title: "Values have no order", when: "`sorted` of structs, arrays, mixed", messages: [["sorted() requires an array of comparable elements", "runtime error", "type"]] },
  E0017: { category: "runtime", title: "Bad repeat count", when: "`array * n` or `s.repeat(n)` with n negative or too large", planned: "`s.repeat(n)`", messages: [
    ["Array repetition requires a non-negative integer count and reasonable size", "runtime error", "value"],
    ["Negative repeat count", "value error", "value"],
  ] },
  E0018: { category: "runtime", title: "No value yet", when: "a variable declared only in branches is read when none of them ran; a variable of the module is read by a function that is called above its declaration", help: "give the variable a value before the branches", messages: [["Variable has no value", "value error", "value"]] },
  E0019: { category: "runtime", title: "Wrong dynamic type", when: "an `any` where a `T` is needed; an operator on `any` values", messages: [
    ["Expected T, got U", "type error", "type"],
    ["Cannot apply OP to T and U", "type error", "type"],
  ] },
  E0008: { category: "runtime", title: "Calls nested too deeply", when: "more than `--max-recursion` calls (default 10 000) nested below one from module level", help: "check the base case; `--max-recursion` allows deeper calls", messages: [["Stack overflow", "recursion error", "stack"]] },
  E0009: { category: "runtime", title: "Out of memory", when: "allocation refused or above `--max-heap`", messages: [["Out of memory", "memory error", "memory"]] },
  E0020: { category: "runtime", title: "Key not found", when: "`m[k]`, `m[k] += v`", planned: true, help: "test with `in`, or use `get`", messages: [["Key not found: K", "key error", "key"]] },
  E0021: { category: "runtime", title: "Changed while iterating", when: "the next step of a `for` after keys were added or removed", planned: true, messages: [
    ["Map changed during iteration", "runtime error", "value"],
    ["Set changed during iteration", "runtime error", "value"],
  ] },
  E0022: { category: "runtime", title: "Shift out of range", when: "amount negative or not below the width", planned: true, messages: [["Shift out of range", "value error", "arithmetic"]] },
  E0023: { category: "runtime", title: "Negative exponent", when: "integer `**`", planned: true, messages: [["Negative exponent", "value error", "arithmetic"]] },
  E0024: { category: "runtime", title: "Wrong variant", when: "`unwrap` and the like on the other variant", planned: true, help: "`match` on the value, or use `unwrap_or`", messages: [
    ["Called unwrap on None", "value error", "value"],
    ["Called unwrap on Err: E", "value error", "value"],
    ["Called unwrap_err on Ok: V", "value error", "value"],
  ] },
  E0025: { category: "runtime", title: "Thrown", when: "`throw` not caught, or caught without type", planned: true, messages: [["TEXT", "user error", "user"]] },
  E0026: { category: "runtime", title: "Generator misused", when: "`next` from inside; `resume` before `start`", planned: true, messages: [
    ["Generator already running", "runtime error", "value"],
    ["Generator not started", "runtime error", "value"],
  ] },
  E0027: { category: "runtime", title: "Channel is closed", when: "`send` or `close` on a closed channel", planned: true, messages: [
    ["Send on closed channel", "channel error", "channel"],
    ["Channel already closed", "channel error", "channel"],
  ] },
  E0028: { category: "runtime", title: "Deadlock", when: "the main program waits and nothing can become ready", planned: true, messages: [["Deadlock: all oroutines are blocked", "deadlock error", "deadlock"]] },
  E0029: { category: "runtime", title: "Cancelled", when: "raised in a cancelled oroutine, by `join` on it, at the `yield` of a closed generator", planned: true, messages: [["Cancelled", "cancelled error", "cancelled"]] },
  E0030: { category: "runtime", title: "Bad argument", when: "an argument of a built-in outside its range", planned: "all but `range`", messages: [
    ["Negative sleep", "value error", "value"],
    ["Negative channel capacity", "value error", "value"],
    ["Chunk size must be positive", "value error", "value"],
    ["Padding must be one character", "value error", "value"],
    ["Character code out of range", "value error", "value"],
    ["Invalid arguments provided to range()", "argument error", "value"],
  ] },
  E0031: { category: "runtime", title: "Host error", when: "a host function failed", planned: true, messages: [["TEXT", "host error", "host"]] },
  E0032: { category: "runtime", title: "Index is read-only", when: "`set_index` that `Index` does not define", planned: true, messages: [["Index assignment is not supported", "type error", "type"]] },
  E0040: { category: "runtime", title: "Time is up", when: "`--max-time` or `--fuel`; not catchable", messages: [["Time limit reached", null, null]] },
  E9001: { category: "runtime", title: "Compiler or runtime fault", when: "not catchable: a bug in Orus; asks for a report, prints version and the failing phase; exit 70", messages: [] },

  // Warnings
  W0001: { category: "warning", title: "Never used", when: "variable, parameter, function or import never used (names starting with `_` are exempt)" },
  W0002: { category: "warning", title: "Never reached", when: "statement after `return`, `break`, `continue`" },
  W0003: { category: "warning", title: "Result is dropped", when: "result of a pure expression is dropped" },
  W0004: { category: "warning", title: "Hides another name", when: "declaration hides a name of an outer scope; loop label repeated inside itself" },
  W0005: { category: "warning", title: "Never reassigned", when: "`mut` variable never reassigned" },
  W0006: { category: "warning", title: "This always fails", when: "constant operation that must fail: `10 / 0`, literal index outside a literal array" },
  W0007: { category: "warning", title: "Loop never ends", when: "`while true` without `break`, `return` or anything that can stop it" },
  W0008: { category: "warning", title: "Floats compared for equality", when: "`==` between floats of computed values" },
  W0009: { category: "warning", title: "Assignment has no effect", when: "assignment to a loop variable that nothing reads afterwards" },
} as const satisfies Record<string, Row>;

export type Code = keyof typeof TABLE;

/** The row of a code, with the optional fields visible to the type checker. */
export const rowOf = (code: Code): Row => TABLE[code];

export type Severity = "error" | "warning";
export const severityOf = (code: Code): Severity => (code.startsWith("W") ? "warning" : "error");
