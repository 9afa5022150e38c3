"""What is said to be tested is tested."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROWS = [line for line in (TESTS.parent / "docs/wants.md").read_text("utf-8").splitlines() if re.match(r"\| \d", line)]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`(\S+\.py)::(test_\w+)`", row)})


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_each_test_that_is_named_exists(file, name):
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text("utf-8"), re.MULTILINE)


def test_every_want_has_a_row_with_a_test_or_the_reason_why_not():
    assert [int(row.split("|")[1]) for row in ROWS] == list(range(1, 29))
    assert all("::test_" in row or "not yet:" in row for row in ROWS)
