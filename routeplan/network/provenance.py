"""Where the numbers of a row come from, number by number."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from routeplan.network.vocabulary import Confidence

if TYPE_CHECKING:
    from routeplan.network.vocabulary import Metric


class Sourced(Protocol):
    """Any record that says where its numbers come from."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Source ids, each with a `metric:` prefix where it backs one number only."""

    @property
    def as_of(self) -> str:
        """The date the row speaks of."""

    @property
    def note(self) -> str:
        """What a reader should know: derivation, doubts, judgement."""

    @property
    def confidence(self) -> tuple[str, ...]:
        """The row's class, then exceptions as `metric:class`."""


def sources_for(record: Sourced, metric: Metric) -> tuple[str, ...]:
    """List the ids of the sources behind one number of a row."""
    return _sources(record.source_ids, metric)


def confidence_for(record: Sourced, metric: Metric) -> Confidence:
    """Return how one number of a row is known; `assumed` where the row does not say."""
    return _confidence(record.confidence, metric)


@cache
def _sources(tokens: tuple[str, ...], metric: Metric) -> tuple[str, ...]:
    own = tuple(s.removeprefix(f"{metric}:") for s in tokens if s.startswith(f"{metric}:"))
    return own or tuple(s for s in tokens if ":" not in s)


@cache
def _confidence(tokens: tuple[str, ...], metric: Metric) -> Confidence:
    general = Confidence.ASSUMED
    for token in tokens:
        name, _, value = token.rpartition(":")
        if name == metric:
            return Confidence(value)
        if not name:
            general = Confidence(value)
    return general
