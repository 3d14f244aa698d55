"""A policy file in TOML -> a profile; all that is wrong with it is said at once, with its line.

name = "no-asco"
title = "Without the Azerbaijani fleet"
base = "sanctions"                     # one of our own profiles to start from; none if left out

[avoid.operators]
ASCO = "The customer's insurer excludes the fleet."

[avoid.countries]
TM = { reason = "Transit permits take weeks.", source = "https://...", as_of = "2026-03" }

[allow.passages]
suez = "The customer accepts the risk of the Red Sea."
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routeplan.errors import DataError, RequestError
from routeplan.network.files import read_file
from routeplan.network.findings import Finding, Severity, Told, shortened
from routeplan.scenario.policy import (
    ALLOW_KINDS,
    AVOID_KINDS,
    BUILT_IN,
    NONE,
    PolicyEntry,
    PolicyProfile,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_TOP = ("name", "title", "base", "reason", "source", "as_of", "avoid", "allow")
_ENTRY = ("reason", "source", "as_of", "optional")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*", re.IGNORECASE)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


def packaged_policies() -> Path:
    """Return the folder of the policy files that come with routeplan."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "policies"
    return inside if inside.is_dir() else package.parent / "policies"


def find_policy(text: str) -> PolicyProfile:
    """Return the profile a user means: one of our own, one that comes with us, or a file.

    Parameters
    ----------
    text
        `sanctions`, `none`, the name of a packaged file such as `eu-strict`, or a path; what
        ends in .toml or holds a slash is a path.

    Raises
    ------
    RequestError
        If there is neither such a profile nor such a file.
    DataError
        If the file is wrong; it lists everything.
    """
    if text.lower() in BUILT_IN:
        return BUILT_IN[text.lower()]
    path = Path(text)
    if path.suffix.lower() != ".toml" and "/" not in text and "\\" not in text:
        named = packaged_policies() / f"{text.lower()}.toml"
        if not _NAME.fullmatch(text) or not named.is_file():
            from difflib import get_close_matches

            names = policy_names()
            close = get_close_matches(text.lower()[:80], names, 1)
            hint = f"Did you mean {close[0]}? " if close else ""
            raise RequestError(
                f'unknown policy "{shortened(text)}". {hint}Choose one of {", ".join(names)}, '
                "or name a file such as ours.toml."
            )
        path = named
    return read_policy(path)


def policy_names() -> list[str]:
    """List the profiles known by name: our own, then the packaged files."""
    return [*BUILT_IN, *sorted(path.stem for path in packaged_policies().glob("*.toml"))]


def read_policy(path: Path) -> PolicyProfile:
    """Read a policy file.

    Raises
    ------
    DataError
        If it cannot be read or something in it is wrong; it lists everything with its line.
    """
    return parse_policy(read_file(path), str(path))


def parse_policy(content: bytes, file: str) -> PolicyProfile:
    """Read a policy from the bytes of its file; see `read_policy`."""
    import tomllib

    try:
        text = content.decode("utf-8-sig")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        told = Told(message="not UTF-8 text", remedy="Save it as UTF-8.")
        raise DataError([told.at(file, line, "P001")]) from None
    except tomllib.TOMLDecodeError as error:
        raise DataError([_unreadable(file, str(error), content)]) from None
    reader = _Reader(file, text)
    profile = reader.profile(document)
    if reader.faults:
        raise DataError(sorted(reader.faults, key=lambda fault: fault.line))
    return profile


class _Reader:
    """Turns a TOML document into a profile and gathers what is wrong on the way."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.faults: list[Finding] = []
        self._lines = text.splitlines()

    def profile(self, document: Mapping[str, Any]) -> PolicyProfile:
        """Read the whole document."""
        self._refuse_unknown(document, _TOP, ())
        texts = {key: self._text(document, key, ()) for key in _TOP[:6]}
        base = BUILT_IN.get(texts["base"] or NONE.name)
        if base is None:
            known = f"Choose one of {', '.join(BUILT_IN)}."
            self._fault(("base",), texts["base"], "no such profile", known)
            base = NONE
        if not document.get("avoid") and not document.get("allow"):
            remedy = 'Give a table such as [avoid.countries] with RU = "the reason".'
            self._fault((), "", "a policy that neither avoids nor allows anything", remedy)
        own = tuple(self._entries(document, "avoid", AVOID_KINDS, texts))
        named = {(entry.kind, entry.name) for entry in own}
        return PolicyProfile(
            name=texts["name"] or Path(self.file).stem,
            title=texts["title"],
            avoid=(*(e for e in base.avoid if (e.kind, e.name) not in named), *own),
            allow=tuple(self._entries(document, "allow", ALLOW_KINDS, texts)),
            file=self.file,
        )

    def _entries(
        self,
        document: Mapping[str, Any],
        table: str,
        kinds: Collection[str],
        common: Mapping[str, str],
    ) -> Iterator[PolicyEntry]:
        """Yield the entries of [avoid] or [allow]; `common` holds what the file says of all."""
        tables = document.get(table, {})
        if not isinstance(tables, dict):
            self._fault(
                (table,), "", "a table is expected", f"Write [{table}.{next(iter(kinds))}]."
            )
            return
        self._refuse_unknown(tables, kinds, (table,))
        for kind in (kind for kind in tables if kind in kinds):
            named = tables[kind]
            if isinstance(named, list):
                named = {name: {} for name in named if self._is_name(name, (table, kind))}
            if not isinstance(named, dict):
                remedy = 'Write NAME = "the reason" below the header, or an array of names.'
                self._fault((table, kind), "", "a table or an array is expected", remedy)
                continue
            for name, value in named.items():
                yield self._entry((table, kind, name), value, common)

    def _entry(
        self, keys: tuple[str, str, str], value: object, common: Mapping[str, str]
    ) -> PolicyEntry:
        """Read one entry: a reason, or a table with reason, source, as_of and optional."""
        kind, name = keys[1:]
        parts: Mapping[str, Any] = {"reason": value} if isinstance(value, str) else {}
        if isinstance(value, dict):
            self._refuse_unknown(value, _ENTRY, keys)
            parts = value
        elif not isinstance(value, str):
            self._fault(keys, str(value), "a reason is expected", 'Write "the reason" in quotes.')
        texts = {key: self._text(parts, key, keys) or common[key] for key in _ENTRY[:3]}
        optional = parts.get("optional", False)
        if not isinstance(optional, bool):
            self._fault((*keys, "optional"), str(optional), "true or false is expected", "")
        if not texts["reason"] and isinstance(value, str | dict):
            remedy = "Say why, here or once for all with reason at the top of the file."
            self._fault(keys, name, "no reason is given", remedy)
        if kind == "countries" and not _COUNTRY.fullmatch(name):
            upper = name.upper()
            near = (
                f"Did you mean {upper}?" if _COUNTRY.fullmatch(upper) else "Write RU, not Russia."
            )
            self._fault(keys, name, "no ISO 3166-1 code of two capitals", near)
        return PolicyEntry(
            kind, name, **texts, optional=optional is True, line=self._line(keys) or 0
        )

    def _text(self, table: Mapping[str, Any], key: str, above: tuple[str, ...]) -> str:
        value = table.get(key, "")
        if isinstance(value, str):
            return " ".join(value.split())
        if key == "as_of" and hasattr(value, "isoformat"):
            return str(value.isoformat())
        self._fault((*above, key), str(value), "text in quotes is expected", "")
        return ""

    def _is_name(self, name: object, keys: tuple[str, ...]) -> bool:
        if isinstance(name, str) and name:
            return True
        self._fault(keys, str(name), "a name in quotes is expected", "")
        return False

    def _refuse_unknown(
        self, table: Mapping[str, Any], known: Collection[str], above: tuple[str, ...]
    ) -> None:
        from difflib import get_close_matches

        for key in table:
            if key not in known:
                close = get_close_matches(key, list(known), 1)
                remedy = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(known)}."
                self._fault((*above, key), key, "no such key", remedy)

    def _fault(self, keys: tuple[str, ...], value: str, message: str, remedy: str) -> None:
        line = self._line(keys) or 0
        told = Told(".".join(keys), value, message, remedy)
        self.faults.append(told.at(self.file, line, "P001"))

    def _line(self, keys: tuple[str, ...]) -> int | None:
        """Find the line of a key: its table's keys are sought one behind the other.

        TOML's own reader keeps no lines. The three ways to write a key (below a header, dotted,
        in an array) all name the tables first and in order, so this finds each of them.
        """
        line, start = 0, 0
        for key in keys:
            pattern = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
            for index in range(line, len(self._lines)):
                found = pattern.search(self._lines[index], start if index == line else 0)
                if found:
                    line, start = index, found.end()
                    break
            else:
                return None
        return line + 1 if keys else None


def _unreadable(file: str, message: str, content: bytes) -> Finding:
    """Say what TOML's reader stumbled over, and where."""
    place = _PLACE.search(message)
    line, column = content.count(b"\n") + 1, 0
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    reason = _PLACE.sub("", message).strip()
    reason = reason[:1].lower() + reason[1:]
    remedy = "Names with a space or a dot stand in quotes; so do all texts."
    return Finding("P001", Severity.ERROR, file, line, column, "", "", reason, remedy)
