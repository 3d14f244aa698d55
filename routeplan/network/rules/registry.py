"""What a rule is, and the list of all rules."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.network.findings import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.findings import Finding, Severity
    from routeplan.network.tables import Table


class Fault(NamedTuple):
    """One thing that breaks a rule.

    Parameters
    ----------
    table, line, column
        Where; line 0 means the whole file.
    value
        The offending text, or empty.
    message
        What is wrong, without a full stop.
    remedy
        What to do, as a sentence.
    """

    table: Table[Any]
    line: int
    column: str
    value: str
    message: str
    remedy: str


@dataclass(frozen=True)
class RuleText:
    """A rule as a user sees it.

    Parameters
    ----------
    code
        Stable code; the letter says what the rule is about.
    severity
        Whether a network that breaks it can still be used.
    title
        What holds where the rule is kept, in one line.
    explanation
        What is looked at, why, and what to do.
    """

    code: str
    severity: Severity
    title: str
    explanation: str


@dataclass(frozen=True)
class Rule:
    """A named rule.

    Parameters
    ----------
    text
        Its code, severity, title and explanation.
    faults
        Yields whatever breaks it.
    needs_all_rows
        Whether it says nothing sensible while some rows cannot be read.
    """

    text: RuleText
    faults: Callable[[DataSet], Iterator[Fault]]
    needs_all_rows: bool

    @property
    def code(self) -> str:
        """Its stable code."""
        return self.text.code

    @property
    def severity(self) -> Severity:
        """Whether a network that breaks it can still be used."""
        return self.text.severity

    def run(self, dataset: DataSet) -> list[Finding]:
        """Apply the rule to a data set."""
        return [
            fault.table.finding(self.code, fault.line, Told(*fault[2:]), self.severity)
            for fault in self.faults(dataset)
        ]


RULES: list[Rule] = []
"""Every rule that looks at rows, in the order they are defined."""

_READING: list[RuleText] = []


def rule(
    code: str, severity: Severity, title: str, *, needs_all_rows: bool = False
) -> Callable[[Callable[[DataSet], Iterator[Fault]]], Callable[[DataSet], Iterator[Fault]]]:
    """Register a function as a rule; its docstring is the explanation to the user."""

    def register(
        function: Callable[[DataSet], Iterator[Fault]],
    ) -> Callable[[DataSet], Iterator[Fault]]:
        text = RuleText(code, severity, title, _prose(inspect.getdoc(function) or ""))
        RULES.append(Rule(text, function, needs_all_rows))
        return function

    return register


def explain_reading(code: str, severity: Severity, title: str, explanation: str) -> None:
    """Register the text of a code that is found while a file is read."""
    _READING.append(RuleText(code, severity, title, _prose(explanation)))


def list_rules() -> list[RuleText]:
    """List every rule with its explanation, those of reading included, in order of code."""
    return sorted([*_READING, *(rule.text for rule in RULES)], key=lambda text: text.code)


def _prose(text: str) -> str:
    return " ".join(text.split())
