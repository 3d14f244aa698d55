"""What a sweep is to be: from a TOML file, from options, or from both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from routeplan.errors import RequestError
from routeplan.scenario.changes import VERBS
from routeplan.scenario.columns import COLUMNS
from routeplan.scenario.sweep import (
    Factor,
    full_rows,
    latin_rows,
    make_factor,
    read_factor,
    sweep_columns,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_KEYS = ("fixed", "vary", "latin", "seed")


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweep to be written.

    Parameters
    ----------
    fixed
        Texts by column, the same in every row.
    factors
        What varies.
    latin
        Rows of a Latin hypercube sample; None for every combination.
    seed
        Of the sample.
    """

    fixed: Mapping[str, str]
    factors: tuple[Factor, ...]
    latin: int | None = None
    seed: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, in order.

        Raises
        ------
        RequestError
            As `sweep_columns`.
        """
        return sweep_columns(self.fixed, self.factors)

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield its rows by column."""
        if self.latin is None:
            return full_rows(self.fixed, self.factors)
        return latin_rows(self.fixed, self.factors, self.latin, self.seed)


def read_sweep(
    path: Path | None,
    vary: Sequence[str] = (),
    fix: Sequence[str] = (),
    latin: int | None = None,
    seed: int | None = None,
) -> Sweep:
    """Read a sweep from a file and options; an option counts before the file.

    Parameters
    ----------
    path
        TOML with the tables `fixed` and `vary`, and perhaps `latin` and `seed`; or None.
    vary, fix
        Factors and fixed texts as options have them, `NAME=VALUES` and `COLUMN=TEXT`.
    latin, seed
        As for Sweep; None where not given.

    Raises
    ------
    RequestError
        If the file cannot be read, or holds what no sweep can use.
    """
    spec = _read_toml(path) if path else {}
    factors = {name: make_factor(_named(name), v) for name, v in spec.get("vary", {}).items()}
    fixed = {name: _fixed_text(name, value) for name, value in spec.get("fixed", {}).items()}
    for text in vary:
        factor = read_factor(text)
        factors[factor.name] = factor
    for text in fix:
        name, equals, value = text.partition("=")
        if not equals:
            raise RequestError(f'--set "{text[:60]}" has no =. Write COLUMN=TEXT.')
        fixed[name.strip()] = value.strip()
    return Sweep(
        fixed=fixed,
        factors=tuple(factors.values()),
        latin=spec.get("latin") if latin is None else latin,
        seed=spec.get("seed", 0) if seed is None else seed,
    )


def _named(name: str) -> str:
    """Complete the name of a change: `mode:rail cost*` may stand without its =."""
    return name if name in COLUMNS or name in VERBS or name.endswith("=") else f"{name}="


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        spec = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RequestError(f"cannot read {path}: {reason}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RequestError(f"{path} is no TOML: {error}.") from None
    for key, value in spec.items():
        if key not in _KEYS:
            raise RequestError(f'{path}: "{key[:40]}" is unknown. Known are {", ".join(_KEYS)}.')
        expected = dict if key in ("fixed", "vary") else int
        if not isinstance(value, expected) or isinstance(value, bool):
            what = "a table" if expected is dict else "a whole number"
            raise RequestError(f"{path}: {key} is to be {what}.")
    return spec


def _fixed_text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return ",".join(_fixed_text(name, part) for part in value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise RequestError(f"{name} cannot be fixed to {value!r}. Give a text or a number.")
