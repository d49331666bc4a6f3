/**
 * The predeclared functions. A declaration of the program hides them. `supported` ones are compiled; the others are
 * known so that a call says "not supported yet" instead of "unknown name".
 */
export const BUILTINS: ReadonlyMap<string, { readonly supported: boolean }> = new Map<
  string,
  { readonly supported: boolean }
>([
  ["typeof", { supported: true }],
  ["len", { supported: true }],
  ...[
    "push",
    "pop",
    "sorted",
    "range",
    "input",
    "int",
    "float",
    "istype",
    "timestamp",
    "assert_eq",
    "Some",
    "Ok",
    "Err",
    "set",
    "channel",
    "sleep",
    "assert",
    "abs",
    "min",
    "max",
    "char",
    "exit",
  ].map((name) => [name, { supported: false }] as const),
]);
