"""A question on a changed network, beside the same question on the network as it is.

Every command that takes changes goes through here: `change_network` makes the other network, and
`first_way` is what two answers are compared by.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import NoRouteError
from routeplan.itinerary.model import WhatIf
from routeplan.itinerary.notes import unchanged_text
from routeplan.places.question import read_question
from routeplan.planner import find_routes, plan
from routeplan.scenario.apply import Editor
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.request import Alternatives, Criterion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.places.question import Question
    from routeplan.scenario.request import RouteRequest


class Changed(NamedTuple):
    """A network with changes.

    Parameters
    ----------
    network
        With them; the same object as before where there are none.
    changes
        Each change as written, and how many edges it names.
    links
        Every link that differs in its row, before and after.
    """

    network: Network
    changes: tuple[tuple[str, int], ...] = ()
    links: tuple[tuple[Edge, Edge], ...] = ()


def change_network(network: Network, texts: Sequence[str]) -> Changed:
    """Apply changes to a network, which is left as it is.

    Parameters
    ----------
    network
        The facts.
    texts
        Changes, in the language of `scenario.changes`; none leave the facts.

    Raises
    ------
    ChangeError
        If a change cannot be read or applied; it carries all that cannot.
    """
    if not texts:
        return Changed(network)
    changes = parse_changes(";".join(texts))
    edited = Editor(network).edit(changes)
    return Changed(
        edited.network,
        tuple((c.text, count) for c, count in zip(changes, edited.counts, strict=True)),
        tuple((network.edges[edge_id], edited.network.edges[edge_id]) for edge_id in edited.edges),
    )


def first_way(network: Network, request: RouteRequest) -> Itinerary | None:
    """Find the way a request is answered with first, without the others; None if there is none."""
    try:
        return plan(network, for_first_way(request)).itineraries[0]
    except NoRouteError:
        return None


def for_first_way(request: RouteRequest) -> RouteRequest:
    """Return a request for the first way alone.

    The most reliable way, and the one that keeps a shelf life, are chosen from the whole list.
    """
    of_list = (
        request.criterion is Criterion.RELIABILITY
        or request.shipment.cargo.max_transit_days is not None
    )
    alternatives = request.alternatives if of_list else Alternatives(k=1)
    return replace(request, alternatives=alternatives, front=(), duty=False, hs="")


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
        network as it is would give first. Without changes it is the answer on the facts.

    Raises
    ------
    ChangeError
        If a change cannot be read or applied.
    RequestError
        If the question cannot be understood.
    NoRouteError
        If no way is left; it says so where there is one without the changes.
    """
    return answer_changed(network, question, change_network(network, texts))


def answer_changed(network: Network, question: Question, changed: Changed) -> Plan:
    """Answer a question on a network that `change_network` has changed; see `find_changed`."""
    if not changed.changes:
        return find_routes(network, question)
    request = read_question(network, question)
    before = first_way(network, request)
    try:
        answer = plan(changed.network, request)
    except NoRouteError as error:
        raise NoRouteError(f"{error} {unchanged_text(before)}") from None
    return replace(answer, what_if=WhatIf(changed.changes, before, changed.links))
