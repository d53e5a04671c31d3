"""Argdown written and read again is the same debate."""

from hypothesis import HealthCheck, given, settings

from graph.formats.argdown import parse_argdown, write_argdown
from graph.model import Debate
from tests.strategies import debates


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(debates())
def test_every_debate_reads_back(debate: Debate) -> None:
    assert parse_argdown(write_argdown(debate)) == debate
