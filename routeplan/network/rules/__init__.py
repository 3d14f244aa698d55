"""The rules of `routeplan check`: one function each, with a stable code.

registry    what a rule is, and the list of them
common      what several rules need: rows, states, did-you-mean
form        T-rules, the form of a file; most of them are found while reading, in `tables`
nodes       N-rules            edges     E-rules on how a row is put together
cards       C-rules            measures  E-rules on its numbers and dates
calendars   C-rules on hours, driving, duties and the cost of waiting
sources     S-rules            whole     G-rules, the network as a whole
"""

from __future__ import annotations

from routeplan.network.rules import (
    calendars,
    cards,
    edges,
    form,
    measures,
    nodes,
    sources,
    whole,
)
from routeplan.network.rules.registry import RULES, Rule, RuleText, list_rules

__all__ = [
    "RULES",
    "Rule",
    "RuleText",
    "calendars",
    "cards",
    "edges",
    "form",
    "list_rules",
    "measures",
    "nodes",
    "sources",
    "whole",
]
