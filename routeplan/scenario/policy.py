"""What a policy keeps out or lets in, and why: profiles of our own and of the user's files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.errors import DataError
from routeplan.network.vocabulary import Mode
from routeplan.scenario.touching import operator_names

if TYPE_CHECKING:
    from collections.abc import Collection

    from routeplan.network.findings import Finding
    from routeplan.network.model import Network

AVOID_KINDS = ("countries", "nodes", "edges", "corridors", "operators", "passages", "modes")
"""What a policy may keep out, as a policy file names it."""

ALLOW_KINDS = ("passages",)
"""What a policy may let in that is closed unless named."""

_SINGULAR = {
    "countries": "country",
    "nodes": "node",
    "edges": "edge",
    "corridors": "corridor",
    "operators": "operator",
    "passages": "passage",
    "modes": "mode",
}


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """One thing a policy keeps out or lets in.

    Parameters
    ----------
    kind
        One of AVOID_KINDS.
    name
        ISO code, node id, edge id, corridor, operator, passage or mode of line haul.
    reason
        Why, in a sentence a user can pass on.
    source
        Where the reason is from: an address or the source_id of sources.csv.
    as_of
        Date the reason speaks of.
    optional
        Whether a network may lack the name; else a name that is not known is an error.
    line
        Line of the policy file, or 0.
    """

    kind: str
    name: str
    reason: str
    source: str = ""
    as_of: str = ""
    optional: bool = False
    line: int = 0

    @property
    def text(self) -> str:
        """What is meant, such as `country RU`."""
        return f"{_SINGULAR[self.kind]} {self.name}"


@dataclass(frozen=True, slots=True)
class PolicyProfile:
    """What is kept out of every way, and what is let in, with the reason of each.

    Parameters
    ----------
    name
        As asked for with --policy.
    title
        One line for the user.
    avoid
        What is kept out, in the order of the file.
    allow
        Passages let in although they are closed unless named.
    file
        The file it was read from; empty for our own profiles.
    """

    name: str
    title: str = ""
    avoid: tuple[PolicyEntry, ...] = ()
    allow: tuple[PolicyEntry, ...] = ()
    file: str = ""

    def __str__(self) -> str:
        """Return the name it is asked for by."""
        return self.name

    def avoided(self, kind: str) -> frozenset[str]:
        """Return the names of one of AVOID_KINDS that are kept out."""
        return frozenset(entry.name for entry in self.avoid if entry.kind == kind)

    @property
    def countries(self) -> frozenset[str]:
        """Countries kept out, by land, water and air."""
        return self.avoided("countries")

    @property
    def allowed_passages(self) -> frozenset[str]:
        """Passages let in although they are closed unless named."""
        return frozenset(entry.name for entry in self.allow)

    def entry(self, kind: str, name: str) -> PolicyEntry | None:
        """Return the entry that keeps a name out, if there is one."""
        return next((e for e in self.avoid if e.kind == kind and e.name == name), None)


_EU_RUSSIA = "https://finance.ec.europa.eu/eu-and-world/sanctions-restrictive-measures/sanctions-adopted-following-russias-military-aggression-against-ukraine_en"
_EU_IRAN = "https://www.winston.com/en/blogs-and-podcasts/global-trade-and-foreign-policy-insights/un-and-eu-reimpose-sanctions-on-iran-following-snapback-mechanism"

NONE = PolicyProfile("none", "Nothing is kept out.")
"""Nothing is kept out; passages that are closed unless named stay closed."""

SANCTIONS = PolicyProfile(
    "sanctions",
    "Countries under broad sanctions of the EU and the USA are kept out.",
    avoid=(
        PolicyEntry(
            "countries",
            "RU",
            "Broad EU and US sanctions since 2022; transit of listed goods is prohibited.",
            _EU_RUSSIA,
            "2026",
        ),
        PolicyEntry(
            "countries",
            "BY",
            "EU sanctions on trade, finance and transport for its part in the war on Ukraine.",
            _EU_RUSSIA,
            "2026",
        ),
        PolicyEntry(
            "countries",
            "IR",
            "UN and EU sanctions returned in September 2025; US sanctions stand beside them.",
            _EU_IRAN,
            "2025-09",
        ),
    ),
)
"""The default: Russia, Belarus and Iran are kept out."""

BUILT_IN = {profile.name: profile for profile in (SANCTIONS, NONE)}
"""Our own profiles, by name; the first is the default."""


def check_names(profile: PolicyProfile, network: Network, closed: Collection[str]) -> list[Finding]:
    """Say which names of a profile a network does not know, with near misses.

    Countries are not looked up: a company may well keep out countries this network lacks.

    Parameters
    ----------
    profile
        The profile.
    network
        Says which nodes, edges, corridors, operators and passages there are.
    closed
        Passages that are closed unless named; only these can be allowed.

    Returns
    -------
    list
        Empty if all is known.
    """
    from routeplan.network.findings import Finding, Severity, shortened
    from routeplan.network.rules.common import Suggester

    edges = network.edges.values()
    known: dict[str, Collection[str]] = {
        "nodes": network.nodes.keys(),
        "edges": network.edges.keys(),
        "corridors": {edge.corridor for edge in edges if edge.corridor},
        "operators": {n for e in edges for n in (e.operator, *operator_names(e.operator)) if n},
        "passages": {name for edge in edges for name in edge.passages},
        "modes": tuple(Mode),
    }
    told = []
    for table, entries in (("avoid", profile.avoid), ("allow", profile.allow)):
        for entry in entries:
            names = closed if table == "allow" else known.get(entry.kind)
            if entry.optional or names is None or _is_known(entry, names):
                continue
            otherwise = f"Known are {', '.join(sorted(names)[:8])}."
            if len(names) > 20:
                otherwise = "Correct it, or say optional = true."
            remedy = Suggester(sorted(names)).remedy(entry.name, otherwise)
            what = "passage that is closed" if table == "allow" else _SINGULAR[entry.kind]
            told.append(
                Finding(
                    "P002", Severity.ERROR, profile.file or profile.name, entry.line, 0,
                    f"{table}.{entry.kind}", shortened(entry.name), f"no such {what}", remedy,
                )
            )  # fmt: skip
    return told


def require_names(profile: PolicyProfile, network: Network, closed: Collection[str]) -> None:
    """Refuse a profile that names what a network does not know; see `check_names`.

    Raises
    ------
    DataError
        If a name is not known; it lists all of them.
    """
    if told := check_names(profile, network, closed):
        raise DataError(told)


def _is_known(entry: PolicyEntry, names: Collection[str]) -> bool:
    if entry.kind == "operators":
        return entry.name.casefold() in {name.casefold() for name in names}
    return entry.name in names
