"""The same hashes with the operators on bits, and with zlib as the judge."""

import zlib

M = 2**32 - 1
M64 = 2**64 - 1


def fold(start, step):
    def run(data):
        h = start
        for c in data:
            h = step(h, c) & M
        return h

    return run


ALGORITHMS = {
    "Algorithm.Djb2": fold(5381, lambda h, c: h * 33 + c),
    "Algorithm.Sdbm": fold(0, lambda h, c: h * 65599 + c),
    "Algorithm.Fnv(2166136261)": fold(2166136261, lambda h, c: (h ^ c) * 16777619),
    "Algorithm.Crc(3988292384)": zlib.crc32,
    "Algorithm.Adler(65521)": zlib.adler32,
}


def xorshift(x):
    while True:
        x ^= x << 13 & M
        x ^= x >> 17
        x ^= x << 5 & M
        yield x


def splitmix(state):
    while True:
        state = state + 0x9E3779B97F4A7C15 & M64
        z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & M64
        z = (z ^ z >> 27) * 0x94D049BB133111EB & M64
        yield z ^ z >> 31


def finish(h):
    h = (h ^ h >> 16) * 0x85EBCA6B & M
    h = (h ^ h >> 13) * 0xC2B2AE35 & M
    return h ^ h >> 16


def spread(counts, mean):
    return sum((count - mean) ** 2 for count in counts) / mean


texts = ["", "a", "abc", "123456789", "The quick brown fox jumps over the lazy dog", '{"key": [1, 2]}\n']
for name, run in ALGORITHMS.items():
    print(name)
    for text in texts:
        print(f"  {run(text.encode()):x} {len(text)}")
print(f"check: {zlib.crc32(b'123456789'):X} CBF43926")
print("xor:", 12 ^ 10, M ^ 1, M64 ^ 255, 0)
shift = xorshift(2463534242)
print("xorshift:", next(shift), next(shift), next(shift))
mix = splitmix(0)
print(f"splitmix: {next(mix):x} {next(mix):x}")
print(f"finaliser: {finish(1):x} {finish(2):x} {finish(3) % 1024:b}")

drawers, lcg = [0] * 10, 42
for _ in range(50000):
    lcg = lcg * 6364136223846793005 + 1442695040888963407 & M64
    drawers[(lcg >> 32) % 10] += 1
print("lcg:", ", ".join(map(str, drawers)), lcg)
print(f"chi square {spread(drawers, 5000.0):.4f}")
shifted = [0] * 10
for _ in range(2000):
    shifted[next(shift) % 10] += 1
print("xorshift:", ", ".join(map(str, shifted)))
print(f"chi square {spread(shifted, 200.0):.4f}")

data = bytes((i * i + 7) % 256 for i in range(1500))
for name, run in ALGORITHMS.items():
    print(f"{name}: {run(data):x}, {run(data).bit_count()} bits set")
words = [bytes([a, b]) for a in range(97, 123) for b in range(97, 123)]
print("collisions:", len(words) - len({ALGORITHMS["Algorithm.Djb2"](word) % 997 for word in words}))
