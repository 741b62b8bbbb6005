#!/usr/bin/env python3
"""Statutory retirement by the text of the Measure, apart from the product's code and data.

Prints "category birth age_in_months retirement_month delay" for every birth month of 1955-1995. The Measure is told
on the calendar of those who would have retired: whoever reaches the old age in January 2025 or later waits one month,
and one month more for every four (two) further months, up to three (five) years.
"""
from datetime import date

CATEGORIES = {"M60": (60, 4, 3), "F55": (55, 4, 3), "F50": (50, 2, 5)}


def later(day: date, months: int) -> date:
    while months:
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        months -= 1
    return day


def delays(step: int, most_years: int) -> dict[date, int]:
    """Delay by the month in which the old age is reached, counted off month by month from January 2025."""
    table, month, delay, used = {}, date(2025, 1, 1), 1, 0
    while month.year < 2060:
        table[month] = delay
        used += 1
        if used == step and delay < most_years * 12:
            delay, used = delay + 1, 0
        month = later(month, 1)
    return table


for category, (age, step, most_years) in CATEGORIES.items():
    table = delays(step, most_years)
    for year in range(1955, 1996):
        for month in range(1, 13):
            old = date(year + age, month, 1)
            delay = table.get(old, 0)
            retire = later(old, delay)
            print(category, f"{year}-{month:02}", age * 12 + delay, f"{retire.year}-{retire.month:02}", delay)
