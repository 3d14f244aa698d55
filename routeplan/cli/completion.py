"""What the shell offers for Tab; a fault in the data offers nothing and says nothing."""

import os
from collections.abc import Iterable
from pathlib import Path

import typer

from routeplan.errors import RouteplanError
from routeplan.network.model import Network


def complete_place(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer places by name or id; by other names, in any script, where none begins so."""
    network = _network(ctx)
    return _matching(_names(network), incomplete) or _matching(_aliases(network), incomplete)


def complete_place_or_edge(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer places as `complete_place` does, and links by id."""
    network = _network(ctx)
    own = [*_names(network), *(network.edges if network else ())]
    return _matching(own, incomplete) or _matching(_aliases(network), incomplete)


def complete_cargo(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer cargo types."""
    network = _network(ctx)
    return _matching(network.cargoes if network else (), incomplete)


def complete_policy(incomplete: str) -> list[str]:
    """Offer policies by name; a file is the shell's to complete."""
    from routeplan.scenario.policy_file import policy_names

    return _matching(policy_names(), incomplete)


def _network(ctx: typer.Context) -> Network | None:
    """Load the network the command line so far is about; None if that fails."""
    from routeplan.network.read import load_network

    folder = ctx.params.get("data")
    try:
        return load_network(Path(folder) if folder else None)
    except RouteplanError:
        return None


def _names(network: Network | None) -> list[str]:
    nodes = network.nodes.values() if network else ()
    return [name for node in nodes for name in (node.name, node.node_id) if name]


def _aliases(network: Network | None) -> list[str]:
    nodes = network.nodes.values() if network else ()
    return [name for node in nodes for name in (node.unlocode, node.iata, *node.aliases) if name]


def _matching(texts: Iterable[str], incomplete: str) -> list[str]:
    """List the texts that begin so in any case, each with the beginning as it was typed.

    Shells drop an offer that begins otherwise; bash ends a word at a blank unless it is escaped.
    """
    size, begun = len(incomplete), incomplete.casefold()
    found = sorted({incomplete + t[size:] for t in texts if t[:size].casefold() == begun})
    if "bash" in os.environ.get("_ROUTEPLAN_COMPLETE", ""):
        return [text.replace(" ", "\\ ") for text in found]
    return found
