/**
 * Long programs for the benchmark of the front end: what people write, over and over with other names. Functions with
 * comments, branches, loops and texts, calls between them, module variables, and module-level code that uses them.
 */

/** One part of a program: two functions, a module variable and what uses them. `#` stands for its number. */
const PART = `
// Part #: prices of an order, with a discount for large ones.
RATE_# := 19
mut orders_# = 0

fn total_#(count: i32, price: i32, discount: bool) -> i32:
    // What is free needs no sum.
    if count <= 0 or price == 0:
        return 0
    mut sum = 0
    for item in 0..count:
        step = price + item % 3
        if discount and item >= 10:
            sum += step - step / 10
        elif item == 0:
            sum += step + 5
        else:
            sum += step
    orders_# += 1
    return sum + sum * RATE_# / 100

/* The first power of two
   that is not below the limit. */
fn power_#(limit: i64) -> i64:
    mut value: i64 = 1
    mut rounds = 0
    while value < limit and rounds < 62:
        value *= 2
        rounds += 1
        if rounds % 16 == 0: print("still at", value)
    return value

fn name_#(kind: i32, loud: bool) -> string:
    if kind == 1: return "small" + ("!" if loud else "")
    if kind == 2:
        text = "medium"
    else:
        text = "large, number #"
    return text + " order"

share_# = total_#(12, 40 + RATE_#, true) as f64 / 3.5
if share_# > 100.0 and not (orders_# == 0):
    level_# = power_#(1000 + total_#(3, 7, false) as i64)
else:
    level_# = power_#(64)
print(name_#(orders_#, share_# > 1.0e3), share_#, level_# - 1)
`;

/** A program of about `lines` lines that the compiler accepts without a warning. */
export function longProgram(lines: number): string {
  const perPart = PART.split("\n").length - 1;
  return Array.from({ length: Math.ceil(lines / perPart) }, (_, i) => PART.replaceAll("#", String(i))).join("");
}
