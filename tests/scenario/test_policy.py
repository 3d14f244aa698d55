"""Policy profiles: what they keep out, what a file may say, and how its faults are told."""

from __future__ import annotations

import pytest

from routeplan.errors import DataError, RequestError
from routeplan.scenario.policy import (
    AVOID_KINDS,
    NONE,
    SANCTIONS,
    PolicyEntry,
    PolicyProfile,
    check_names,
    require_names,
)
from routeplan.scenario.policy_file import (
    find_policy,
    packaged_policies,
    parse_policy,
    policy_names,
    read_policy,
)


def profile(**avoid: str) -> PolicyProfile:
    entries = tuple(PolicyEntry(kind, name, "why") for kind, name in avoid.items())
    return PolicyProfile("test", avoid=entries)


def faults(text: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        parse_policy(text.encode(), "p.toml")
    return [finding.one_line() for finding in caught.value.findings]


def test_our_default_keeps_three_countries_out_each_with_a_reason_and_a_source():
    assert SANCTIONS.countries == {"RU", "BY", "IR"}
    assert all(entry.reason and entry.source for entry in SANCTIONS.avoid)
    assert NONE.countries == frozenset()


def test_a_file_gives_its_entries_behind_those_of_its_base():
    read = parse_policy(
        b"""
        name = "ours"
        base = "sanctions"
        as_of = 2026-03-01
        [avoid.countries]
        TM = { reason = "Permits  take\tweeks.", source = "https://example.org" }
        [avoid.operators]
        "GR Logistics" = "Not insured."
        [allow.passages]
        suez = "Accepted."
        """,
        "ours.toml",
    )
    assert read.name == "ours"
    assert read.countries == {"RU", "BY", "IR", "TM"}
    assert read.avoided("operators") == {"GR Logistics"}
    assert read.allowed_passages == {"suez"}
    entry = read.entry("countries", "TM")
    assert entry is not None
    assert (entry.reason, entry.as_of, entry.line) == ("Permits take weeks.", "2026-03-01", 6)


def test_a_file_may_give_its_own_reason_for_what_its_base_keeps_out():
    read = parse_policy(b'base = "sanctions"\n[avoid.countries]\nRU = "Ours."', "p.toml")
    assert [e.reason for e in read.avoid if e.name == "RU"] == ["Ours."]
    assert read.countries == SANCTIONS.countries
    assert read.name == "p"


def test_an_array_takes_the_reason_of_the_file():
    read = parse_policy(b'reason = "Too slow."\navoid.countries = ["TM", "UZ"]', "p.toml")
    assert {entry.name: entry.reason for entry in read.avoid} == {
        "TM": "Too slow.",
        "UZ": "Too slow.",
    }


def test_everything_wrong_is_said_at_once_with_its_line():
    told = faults(
        """nmae = "x"
base = "sanction"
[avoid.countrys]
RU = "a"
[avoid.countries]
ru = "a"
Russia = "b"
TM = ""
UZ = 5
[avoid.nodes]
kz-aktau = { raeson = "a" }
[allow]
suez = "a"
"""
    )
    assert told == [
        'p.toml:1 P001 nmae "nmae": no such key. Did you mean name?',
        'p.toml:2 P001 base "sanction": no such profile. Choose one of sanctions, none.',
        'p.toml:3 P001 avoid.countrys "countrys": no such key. Did you mean countries?',
        (
            'p.toml:6 P001 avoid.countries.ru "ru": no ISO 3166-1 code of two capitals. '
            "Did you mean RU?"
        ),
        (
            'p.toml:7 P001 avoid.countries.Russia "Russia": no ISO 3166-1 code of two capitals. '
            "Write RU, not Russia."
        ),
        (
            'p.toml:8 P001 avoid.countries.TM "TM": no reason is given. '
            "Say why, here or once for all with reason at the top of the file."
        ),
        'p.toml:9 P001 avoid.countries.UZ "5": a reason is expected. Write "the reason" in quotes.',
        'p.toml:11 P001 avoid.nodes.kz-aktau.raeson "raeson": no such key. Did you mean reason?',
        (
            'p.toml:11 P001 avoid.nodes.kz-aktau "kz-aktau": no reason is given. '
            "Say why, here or once for all with reason at the top of the file."
        ),
        'p.toml:13 P001 allow.suez "suez": no such key. Known are passages.',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a policy that neither avoids nor allows anything"),
        ("name = 5\navoid.countries = ['RU']\nreason = 'a'", "text in quotes is expected"),
        ("avoid = 5", "a table is expected"),
        ("avoid.countries = 'RU'", "a table or an array is expected"),
        ("reason = 'a'\navoid.nodes = [5]", "a name in quotes is expected"),
        ("[avoid.countries]\nRU = { reason = 'a', optional = 'yes' }", "true or false is expected"),
    ],
)
def test_each_fault_says_what_is_expected(text, told):
    assert any(told in line for line in faults(text))


def test_what_is_no_toml_is_said_with_line_and_column():
    assert faults("[avoid.countries]\nRU = Sanctions") == [
        (
            "p.toml:2:6 P001: invalid value. "
            "Names with a space or a dot stand in quotes; so do all texts."
        )
    ]
    with pytest.raises(DataError, match=r"p\.toml:2 P001: not UTF-8 text"):
        parse_policy(b'name = "a"\ntitle = "\xff"', "p.toml")


def test_a_policy_is_found_by_name_or_by_path(tmp_path):
    assert find_policy("sanctions") is SANCTIONS
    assert find_policy("None") is NONE
    assert find_policy("eu-strict").name == "eu-strict"
    own = tmp_path / "ours.toml"
    own.write_text('[avoid.countries]\nTM = "a"', "utf-8")
    assert find_policy(str(own)).countries == {"TM"}
    with pytest.raises(DataError, match="cannot be read, no such file"):
        find_policy(str(tmp_path / "gone.toml"))


@pytest.mark.parametrize("text", ["sanktions", "", "..", "a b"])
def test_an_unknown_policy_is_refused_and_the_known_ones_are_named(text):
    with pytest.raises(RequestError, match="sanctions, none, eu-strict, suez-return"):
        find_policy(text)


@pytest.mark.parametrize("name", policy_names()[2:])
def test_the_files_that_come_with_us_fit_our_network_and_name_their_sources(name, real):
    read = read_policy(packaged_policies() / f"{name}.toml")
    assert read.name == name
    require_names(read, real, ("suez", "volga-don"))
    assert all(entry.source.startswith("https://") for entry in (*read.avoid, *read.allow))


def test_names_a_network_does_not_know_are_told_with_near_misses(real):
    content = b"""reason = "a"
    [avoid]
    nodes = ["kz-aktau-prt"]
    operators = ["asco", "ASKO"]
    passages = ["bosphorus"]
    [avoid.corridors]
    midle = { optional = true }
    [allow]
    passages = ["cape"]"""
    told = check_names(parse_policy(content, "p.toml"), real, ("suez", "volga-don"))
    assert [finding.one_line() for finding in told] == [
        'p.toml:3 P002 avoid.nodes "kz-aktau-prt": no such node. Did you mean kz-aktau-port?',
        'p.toml:4 P002 avoid.operators "ASKO": no such operator. Did you mean ASCO?',
        'p.toml:5 P002 avoid.passages "bosphorus": no such passage. Did you mean bosporus?',
        (
            'p.toml:9 P002 allow.passages "cape": no such passage that is closed. '
            "Known are suez, volga-don."
        ),
    ]
    with pytest.raises(DataError, match="bosphorus"):
        require_names(parse_policy(content, "p.toml"), real, ("suez",))


def test_a_profile_knows_every_kind_it_may_bar():
    for kind in AVOID_KINDS:
        assert PolicyEntry(kind, "x", "why").text.endswith(" x")
