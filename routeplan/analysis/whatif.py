"""A question on a changed network, beside the same question on the network as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routeplan.errors import NoRouteError
from routeplan.itinerary.model import WhatIf
from routeplan.itinerary.notes import unchanged_text
from routeplan.planner import find_routes
from routeplan.scenario.apply import Editor
from routeplan.scenario.changes import parse_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.itinerary.model import Plan
    from routeplan.network.model import Network
    from routeplan.places.question import Question


def find_changed(network: Network, question: Question, texts: Sequence[str]) -> Plan:
    """Answer a question on a network with changes, and say what they make of it.

    Parameters
    ----------
    network
        The facts, left as they are.
    question
        The question.
    texts
        Changes, in the language of `scenario.changes`.

    Returns
    -------
    Plan
        The answer on the changed network; its `what_if` says what was changed and which way the
        network as it is would give first.

    Raises
    ------
    ChangeError
        If a change cannot be read or applied.
    RequestError
        If the question cannot be understood.
    NoRouteError
        If no way is left; it says so where there is one without the changes.
    """
    changes = parse_changes(";".join(texts))
    edited = Editor(network).edit(changes)
    try:
        before = find_routes(network, question).itineraries[0]
    except NoRouteError:
        before = None
    try:
        plan = find_routes(edited.network, question)
    except NoRouteError as error:
        raise NoRouteError(f"{error} {unchanged_text(before)}") from None
    named = tuple((c.text, count) for c, count in zip(changes, edited.counts, strict=True))
    links = tuple(
        (network.edges[edge_id], edited.network.edges[edge_id]) for edge_id in edited.edges
    )
    return replace(plan, what_if=WhatIf(named, before, links))
