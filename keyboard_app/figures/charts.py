"""What the statistics show: single figures and charts over days, with a sentence about each. Drawn elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from keyboard_app.figures.day import Figures
from keyboard_app.figures.tally import FiguresByDay

N_DAYS = 30
"""So many days stand in a chart."""

Value = float | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure in large letters."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Line:
    """One value for each day of a chart; None where there is nothing to tell."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Values over days: bars that stand on one another, or lines."""

    name: str
    meaning: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    wording: Callable[[float], str]
    bars: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether no day has anything to show."""
        return not any(value for line in self.lines for value in line.values)

    @property
    def top(self) -> float:
        """Return the highest value that is drawn."""
        columns = zip(*(line.values for line in self.lines), strict=True)
        heights = [[value or 0.0 for value in column] for column in columns]
        return max(0.0, *(sum(column) if self.bars else max(column) for column in heights))

    def told(self, index: int) -> str:
        """Return the values of one day in words."""
        parts = [
            f"{line.name} {self.wording(value)}" if line.name else self.wording(value)
            for line in self.lines
            if (value := line.values[index]) is not None
        ]
        return f"{day_name(self.days[index])}: {', '.join(parts) or 'nothing counted'}"

    def told_whole(self) -> str:
        """Return every day that has a value, in words, for those who cannot see the chart."""
        told = (self.told(n) for n in range(len(self.days)) if any(line.values[n] for line in self.lines))
        return "; ".join(told) or "Nothing counted yet."


def facts_of(history: FiguresByDay, today: date) -> tuple[Fact, ...]:
    """Return the figures of today and of all days."""
    whole, of_today = sum(history.values(), Figures()), history.get(today, Figures())
    since = f" Counted since {day_name(min(history), with_year=True)}." if history else ""
    speed_today = f" Today: {speed(of_today.words_a_minute)}." if of_today.words_a_minute is not None else ""
    if whole.words_a_minute is None:
        speed_today = " A figure comes after a minute of typing."
    by_way = ""
    if whole.share_taken is not None:
        by_way = f": {share(whole.share_from_ghost)} as ghost text, {share(whole.share_from_strip)} from the strip"
    return (
        Fact(
            "Keys saved today",
            count(max(0, of_today.keys_saved)),
            "Letters and spaces that suggestions put in for you today, less the key that took each of them.",
        ),
        Fact(
            "Keys saved in all",
            count(max(0, whole.keys_saved)),
            f"The same over all days. A word that you took and deleted again counts for nothing.{since}",
        ),
        Fact(
            "Suggestions taken",
            share(whole.share_taken),
            f"Of the words for which something was on offer, so many you took instead of typing them{by_way}.",
        ),
        Fact(
            "Words a minute",
            speed(whole.words_a_minute),
            f"Five characters are a word; only time between keys less than five seconds apart counts.{speed_today}",
        ),
    )


def charts_of(history: FiguresByDay, today: date) -> tuple[Chart, ...]:
    """Return the charts of the last days."""
    days = tuple(today - timedelta(days=N_DAYS - 1 - n) for n in range(N_DAYS))
    shown = [history.get(day, Figures()) for day in days]

    def line(name: str, value: Callable[[Figures], Value]) -> Line:
        return Line(name, tuple(value(figures) for figures in shown))

    return (
        Chart(
            "Keys saved a day",
            "Letters and spaces that suggestions put in for you, less the key that took each of them.",
            days,
            (line("", lambda figures: float(max(0, figures.keys_saved)) if figures.n_words else None),),
            count,
            bars=True,
        ),
        Chart(
            "Suggestions taken",
            "The share of words that you took, of the words for which something was on offer.",
            days,
            (
                line("ghost text", lambda figures: figures.share_from_ghost),
                line("strip", lambda figures: figures.share_from_strip),
            ),
            share,
            bars=True,
        ),
        Chart(
            "Words offered in time",
            "The share of words that were on offer before you had typed them out, whether you took them or not.",
            days,
            (line("", lambda figures: figures.share_in_time),),
            share,
        ),
        Chart(
            "Words a minute",
            "Your speed while keys follow one another, suggestions that you take included.",
            days,
            (line("", lambda figures: figures.words_a_minute),),
            speed,
        ),
        Chart(
            "What a missed word teaches",
            "How unexpected the words were that you typed against what was on offer, before and after Foretype "
            "learned from them (cross entropy in nats: one less makes a word 2.7 times likelier).",
            days,
            (
                line("before", lambda figures: figures.mean_loss_before),
                line("after", lambda figures: figures.mean_loss_after),
            ),
            lambda value: f"{value:.1f}",
        ),
    )


def count(value: float) -> str:
    """Return a whole number with its thousands apart."""
    return f"{value:,.0f}"


def share(value: Value) -> str:
    """Return a share in per cent; a dash where there is none."""
    return "–" if value is None else f"{100 * value:.0f} %"


def speed(value: Value) -> str:
    """Return a speed; a dash where too little was typed."""
    return "–" if value is None else f"{value:.0f}"


def day_name(day: date, *, with_year: bool = False) -> str:
    """Return a day in words: 3 May, or 3 May 2026."""
    name = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{name} {day.year}" if with_year else name


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
