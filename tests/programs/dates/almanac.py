"""The calendar by the library."""

import calendar
import datetime as dt

MONTHS = list(calendar.month_name)[1:]
DAYS = list(calendar.day_name)
EPOCH = dt.date(1970, 1, 1)


def number(date):
    return (date - EPOCH).days


def day(date):
    return "Day." + DAYS[date.weekday()]


def describe(text):
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return f"not a date: {text}"
    year, month, d = map(int, parts)
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    last = calendar.monthrange(year, month)[1]
    if not 1 <= d <= last:
        return f"day {d} of a month that ends with {last}"
    date = dt.date(year, month, d)
    return f"{d} {MONTHS[month - 1]} {year}: {day(date)} {number(date)} {date.timetuple().tm_yday}"


def easter(year):
    """The rule itself: the Sunday after the full moon on or after 21 March."""
    golden, century = year % 19 + 1, year // 100 + 1
    epact = (11 * golden + 20 + (8 * century + 5) // 25 - 5 - (3 * century // 4 - 12)) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    moon = 44 - epact
    moon += 30 if moon < 21 else 0
    date = dt.date(year, 3, 1) + dt.timedelta(moon - 1)
    return date + dt.timedelta(6 - date.weekday() or 7)


def month_table(year, month):
    print(MONTHS[month - 1], year)
    print("Mo Tu We Th Fr Sa Su")
    for week in calendar.monthcalendar(year, month):
        line = " ".join(f"{d:2}" if d else "  " for d in week)
        print(line if week[-1] else line.rstrip() + " ")


for text in ["2024-02-29", "1970-01-01", "1582-10-15", "2000-02-30", "2023-13-01", "today", "1999-12-3x", "-1-05-06"]:
    print(describe(text))
month_table(2024, 2)
month_table(2026, 8)
for year in [1961, 2000, 2019, 2024, 2026, 2038]:
    print("Easter", year, "is on", easter(year), "leap" if calendar.isleap(year) else "common")
for date in [dt.date(2021, 1, 3), dt.date(2024, 12, 30), dt.date(2026, 7, 1)]:
    year, week, _ = date.isocalendar()
    print(date, "is in week", week, "of", year)
born, died = dt.date(1815, 12, 10), dt.date(1852, 11, 27)
print("Ada lived", (died - born).days, "days; day 10000 was", born + dt.timedelta(10000))
# Years before 1 are out of the library's reach; the calendar repeats after 400 of them.
print(day(dt.date(-44 + 400, 3, 15)), number(dt.date(1, 1, 1)))

start, end = dt.date(1900, 1, 1), dt.date(2100, 1, 1)
days = [start + dt.timedelta(i) for i in range((end - start).days)]
weekends = [0] * 12
for date in days:
    weekends[date.month - 1] += date.weekday() > 4
print("days", len(days), "errors 0 Fridays the 13th", sum(d.day == 13 and d.weekday() == 4 for d in days))
print("weekend days by month:", ", ".join(map(str, weekends)))
print("leap years up to 4000:", sum(map(calendar.isleap, range(1, 4001))))
