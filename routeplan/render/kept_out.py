"""What was kept out of the ways, and why: in sentences, and as the JSON contract has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from routeplan.language import say
from routeplan.render.cells import plain
from routeplan.render.words import tells_kept_out
from routeplan.scenario.request import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.itinerary.model import Plan
    from routeplan.scenario.kept_out import KeptOut
    from routeplan.scenario.policy import PolicyEntry
    from routeplan.scenario.request import RouteRequest

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s]+)\S*")
_SINGULAR = {
    "countries": "country",
    "nodes": "place",
    "edges": "link",
    "corridors": "corridor",
    "operators": "operator",
    "passages": "passage",
    "modes": "mode",
    "flags": "cargo",
    "load": "load",
}


def kept_out_dicts(plan: Plan) -> list[dict[str, Any]]:
    """Return what keeps links out as the JSON contract has it."""
    return [found._asdict() for found in plan.kept_out]


def policy_dict(request: RouteRequest) -> dict[str, Any]:
    """Return what a request's policy is, beside its name and its countries."""
    profile = request.profile
    return {
        "policy_title": profile.title,
        "policy_file": profile.file,
        "policy_allows": [
            {"name": e.name, "reason": e.reason, "source": e.source, "as_of": e.as_of}
            for e in profile.allow
        ],
    }


def kept_out_sentences(
    plan: Plan, *, verbose: bool = False, addresses: bool = False
) -> Iterator[str]:
    """Say what was kept out, how many links that touches, why, and where the reason is from.

    Parameters
    ----------
    plan
        The answer.
    verbose
        Also say what everybody knows: the reasons of our own policies, what --avoid named, passages
        that are closed, loads too heavy for a link, and entries of a policy file that keep no link
        out. Else an entry of a policy file shows if it
        keeps a link out, and so does what is refused for the cargo.
    addresses
        Write the source of a reason in full; else the site it is on, which fits a line.
    """
    if not verbose and not tells_kept_out(plan.request):
        return
    is_own = isinstance(plan.request.policy, Policy)
    for entry in plan.request.profile.allow:
        yield say("Let in by the policy: {what}.", what=_reasoned(entry, addresses))
    for found in plan.kept_out:
        wanted = verbose or found.by == "cargo" or (found.by == "policy" and not is_own)
        if wanted and (found.links or (verbose and not is_own)):
            yield _sentence(found, addresses)


def _sentence(found: KeptOut, addresses: bool) -> str:
    if found.by == "cargo":
        return say("Kept out for the cargo. {why}", why=found.reason)
    what = f"{_SINGULAR[found.kind]} {plain(found.name)}"
    if found.by == "avoid":
        return say("Kept out as asked: {what} (links: {links}).", what=what, links=found.links)
    text = {
        "policy": say(
            "Kept out by the policy: {what} (links: {links}).", what=what, links=found.links
        ),
        "closed": say(
            "Closed unless allowed: {what} (links: {links}).", what=what, links=found.links
        ),
        "load": say(
            "Kept out for the load: {what} (links: {links}).", what=what, links=found.links
        ),
    }[found.by]
    return f"{text} {_why(found, addresses)}"


def _reasoned(entry: PolicyEntry, addresses: bool) -> str:
    return f"{_SINGULAR[entry.kind]} {plain(entry.name)}. {_why(entry, addresses).rstrip('.')}"


def _why(told: KeptOut | PolicyEntry, addresses: bool) -> str:
    """Write the reason, and in brackets where and when it is from."""
    source = plain(told.source)
    if not addresses:
        source = _ADDRESS.sub(r"\1", source)
    origin = ", ".join(part for part in (source, told.as_of) if part)
    return f"{plain(told.reason)} ({origin})" if origin else plain(told.reason)
