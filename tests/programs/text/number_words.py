"""Roman numerals and English number words, with tables and regular expressions."""

import re

ONES = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
TENTHS = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
HUNDREDS = ["", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"]
SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
GROUPS = ["thousand", "million", "billion"]
VALUES = dict(zip("MDCLXVI", (1000, 500, 100, 50, 10, 5, 1)))


def roman(n):
    return "M" * (n // 1000) + HUNDREDS[n // 100 % 10] + TENTHS[n // 10 % 10] + ONES[n % 10]


def from_roman(text):
    if not text:
        raise ValueError("nothing to read")
    for at, letter in enumerate(text):
        if letter not in VALUES:
            raise ValueError(f"'{letter}' at {at} is no numeral")
    values = [VALUES[letter] for letter in text] + [0]
    n = sum(-a if a < b else a for a, b in zip(values, values[1:]))
    if roman(n) != text:
        raise ValueError(f"{text} should be {roman(n)}")
    return n


def words(n):
    if n < 0:
        return "minus " + words(-n)
    if n < 20:
        return SMALL[n]
    if n < 100:
        return TENS[n // 10 - 2] + ("-" + SMALL[n % 10] if n % 10 else "")
    for power in (3, 2, 1):
        if n >= 1000**power:
            head, rest = divmod(n, 1000**power)
            return words(head) + " " + GROUPS[power - 1] + (" " + words(rest) if rest else "")
    return SMALL[n // 100] + " hundred" + (" " + words(n % 100) if n % 100 else "")


def from_words(text):
    parts = re.findall("[^ -]+", text)
    if not parts:
        raise ValueError("nothing to read")
    sign = -1 if parts[0] == "minus" else 1
    total = group = 0
    for part in parts[sign == -1:]:
        if part in SMALL:
            group += SMALL.index(part)
        elif part in TENS:
            group += 10 * (TENS.index(part) + 2)
        elif part == "hundred":
            group *= 100
        elif part in GROUPS:
            total += group * 1000 ** (GROUPS.index(part) + 1)
            group = 0
        else:
            raise ValueError(f"what is '{part}'?")
    return sign * (total + group)


def show(question, reader):
    try:
        print(question, "=", reader(question))
    except ValueError as mistake:
        print(question, "-", mistake)


for year in [1, 4, 9, 14, 40, 90, 400, 1066, 1492, 1789, 1999, 2024, 3888, 3999]:
    print(year, roman(year), words(year))
for text in ["MCMXCIV", "MMXXVI", "IIII", "IC", "VX", "MCMZ", "", "mm"]:
    show(text, from_roman)
for number in [0, 13, 20, 21, 100, 101, 115, 999, 1000, 1001, 12345, 1000000, 2147483647]:
    print(number, words(number))
print(words(-40), "/", words(987654321012))
for text in ["forty-two", "one hundred seven", "minus two thousand five", "three million one", "eleventy", " "]:
    show(text, from_words)

record = max(range(1, 4000), key=lambda n: len(roman(n)))
wrong = sum(from_roman(roman(n)) != n for n in range(1, 4000))
print("longest numeral:", roman(record), "for", record, "wrong:", wrong)
n, letters, rounds = 7, 0, 0
while n < 10**9:
    assert from_words(words(n)) == n
    letters += len(words(n))
    n += n // 9 + 11
    rounds += 1
print("words of", rounds, "numbers have", letters, "letters")
