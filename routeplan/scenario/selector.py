"""Selectors: which edges a change is about.

    selector   = term ("&" term)*          all must hold
    term       = ["!"] item ("," item)*    one of the items, or with ! none of them
    item       = [prefix ":"] pattern      * and ? stand for any letters; a prefix holds on

Text is compared without regard to capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import translate
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.vocabulary import LINEHAUL, EdgeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from routeplan.network.model import Network
    from routeplan.network.records import Edge

PREFIXES = {
    "edge": "an edge by its id",
    "node": "every edge that begins or ends at a node; a city stands for its terminals too",
    "mode": "what carries between places: rail, road, sea, ferry, barge, air; "
    "rail-sea is the transshipment from rail to ship",
    "country": "edges with both ends in a country",
    "border": "border and gauge change between two countries, either way: az-ge; tr is all of one",
    "corridor": "the column of edges.csv",
    "kind": "move, transship, border, gauge_change, access",
    "operator": "the column of edges.csv",
    "passage": "a strait or canal: bosporus",
    "season": "the season_id of edges.csv",
    "cause": "the column of edges.csv",
    "status": "open, restricted, planned, closed",
    "vehicle": "what rolls onto a ferry: truck, wagon",
    "traction": "electric, diesel",
}
"""Prefix -> which edges it selects."""

_WILD = re.compile(r"[*?\[]")
_HINTS, _FEW = 2, 12
_LONGEST = 200
_REMEMBERED = 4096
_MAX_HINTED = 80


class Item(NamedTuple):
    """A prefix and a pattern, in lower case."""

    prefix: str
    pattern: str


class Term(NamedTuple):
    """One of several items; with `negated`, none of them."""

    items: tuple[Item, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Selector:
    """Terms that must all hold."""

    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return "&".join(_term_text(term) for term in self.terms)


class SelectorError(ValueError):
    """A selector that cannot be read or names nothing; its text is reason and remedy."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}. {remedy}".rstrip())
        self.reason, self.remedy = reason, remedy


def read_selector(text: str) -> Selector:
    """Read a selector such as `mode:rail&country:KZ`.

    Raises
    ------
    SelectorError
        If a term is empty, or has no prefix or an unknown one.
    """
    return _remembered(text) if len(text) <= _LONGEST else _read_selector(text)


def _read_selector(text: str) -> Selector:
    return Selector(tuple(_read_term(term) for term in text.split("&")))


_remembered = lru_cache(maxsize=4096)(_read_selector)


def _read_term(text: str) -> Term:
    text = text.strip()
    negated = text.startswith("!")
    prefix = ""
    items = []
    for part in text.removeprefix("!").split(","):
        name, colon, pattern = part.partition(":")
        if colon:
            prefix = name.strip().lower()
        pattern = " ".join((pattern if colon else part).lower().split())
        if not prefix:
            raise _no_prefix(pattern)
        if prefix not in PREFIXES:
            close = get_close_matches(prefix[:_MAX_HINTED], PREFIXES, 1)
            hint = f"Did you mean {close[0]}:? " if close else ""
            known = ", ".join(PREFIXES)
            raise SelectorError(f'unknown selector "{prefix[:40]}:"', f"{hint}Known are {known}.")
        if not pattern or pattern.startswith("!"):
            raise SelectorError(
                f'nothing stands behind "{prefix}:"' if not pattern else "! stands inside a term",
                "Write edge:ID, mode:rail, or !country:KZ.",
            )
        if len(pattern) > _LONGEST:
            raise SelectorError(
                f"a name has {len(pattern):,} letters", "Look for a missing ; or ,."
            )
        items.append(Item(prefix, pattern))
    return Term(tuple(items), negated)


def _no_prefix(pattern: str) -> SelectorError:
    if not pattern:
        return SelectorError("a selector is missing", "Write edge:ID, node:ID or mode:rail.")
    return SelectorError(
        f'"{pattern[:40]}" has no prefix',
        f"Write edge:{pattern[:40]} or node:{pattern[:40]}."
        if " " not in pattern
        else "Write edge:ID, node:ID or mode:rail.",
    )


def _term_text(term: Term) -> str:
    written, prefix = [], ""
    for item in term.items:
        written.append(item.pattern if item.prefix == prefix else f"{item.prefix}:{item.pattern}")
        prefix = item.prefix
    return ("!" if term.negated else "") + ",".join(written)


class EdgeIndex:
    """Finds the edges of a network by selector; what was found is remembered.

    Parameters
    ----------
    network
        Whose edges are indexed.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._places = {edge_id: number for number, edge_id in enumerate(network.edges)}
        self._by_prefix: dict[str, dict[str, list[str]]] = {}
        self._found: dict[Selector, tuple[str, ...]] = {}

    def find(self, selector: Selector) -> tuple[str, ...]:
        """List the ids of the edges a selector names, in the network's order; never empty.

        Raises
        ------
        SelectorError
            If a pattern names nothing, or no edge fulfils all terms.
        """
        found = self._found.get(selector)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[selector] = self._find(selector)
        return found

    def _find(self, selector: Selector) -> tuple[str, ...]:
        kept: set[str] | None = None
        for term in selector.terms:
            named = {edge_id for item in term.items for edge_id in self._named(item)}
            if term.negated:
                named = self._places.keys() - named
            kept = named if kept is None else kept & named
        if not kept:
            raise SelectorError(
                "no edge fulfils all of it", "Each part names edges, but no edge is in all parts."
            )
        return tuple(sorted(kept, key=self._places.__getitem__))

    def _named(self, item: Item) -> Iterable[str]:
        groups = self._groups(item.prefix)
        found = groups.get(item.pattern)
        if found is not None:
            return found
        if _WILD.search(item.pattern):
            matches = re.compile(translate(item.pattern)).match
            fitting = [edge_id for key, ids in groups.items() if matches(key) for edge_id in ids]
            if fitting:
                return fitting
            raise SelectorError(
                f'no {item.prefix} of this network fits "{item.pattern[:60]}"',
                "* stands for any text.",
            )
        raise SelectorError(
            f'this network has no {item.prefix} "{item.pattern[:60]}"', self._hint(item)
        )

    def _hint(self, item: Item) -> str:
        """Name what is near a pattern that names nothing."""
        groups = self._groups(item.prefix)
        if item.prefix == "node":
            by_name = {
                node.name.lower(): node.node_id
                for node in self._network.nodes.values()
                if node.node_id.lower() in groups
            }
            if item.pattern in by_name:
                return f"Write its id: node:{by_name[item.pattern]}."
        close = get_close_matches(item.pattern[:_MAX_HINTED], list(groups), _HINTS)
        if close:
            return f"Did you mean {' or '.join(close)}?"
        return f"Known are {', '.join(sorted(groups))}." if 0 < len(groups) <= _FEW else ""

    def _groups(self, prefix: str) -> dict[str, list[str]]:
        """Return key -> ids of edges, for one prefix; made when first needed."""
        groups = self._by_prefix.get(prefix)
        if groups is None:
            groups = self._by_prefix[prefix] = {}
            for edge in self._network.edges.values():
                for key in dict.fromkeys(self._keys(prefix, edge)):
                    groups.setdefault(key.lower(), []).append(edge.edge_id)
        return groups

    def _keys(self, prefix: str, edge: Edge) -> Iterator[str]:
        if prefix in ("node", "country", "border"):
            yield from self._place_keys(prefix, edge)
        elif prefix == "mode":
            yield from _mode_keys(edge)
        elif prefix == "passage":
            yield from edge.passages
        else:
            column = {"edge": "edge_id", "season": "season_id"}.get(prefix, prefix)
            if value := getattr(edge, column):
                yield str(value)

    def _place_keys(self, prefix: str, edge: Edge) -> Iterator[str]:
        start, end = (self._network.nodes[n] for n in (edge.from_node, edge.to_node))
        if prefix == "node":
            for node in (start, end):
                yield node.node_id
                if node.city_id:
                    yield node.city_id
        elif prefix == "country":
            if start.country and start.country == end.country:
                yield start.country
        elif edge.kind in (EdgeKind.BORDER, EdgeKind.GAUGE_CHANGE) and start.country != end.country:
            yield f"{start.country}-{end.country}"
            yield f"{end.country}-{start.country}"
            yield start.country
            yield end.country


def _mode_keys(edge: Edge) -> Iterator[str]:
    """Yield the mode of a line-haul edge, `from-to` of a transshipment in each way it is walked."""
    if edge.kind in LINEHAUL:
        yield str(edge.mode)
    elif edge.kind is EdgeKind.TRANSSHIP:
        yield f"{edge.mode}-{edge.to_mode}"
        if not edge.directed:
            yield f"{edge.to_mode}-{edge.mode}"
