"""The curated names of the packaged network: in every script they should be, and unmistakable."""

from __future__ import annotations

import unicodedata

import pytest

from routeplan.places.keys import name_key

LOCAL_SCRIPT = {"AM": "ARMENIAN", "CN": "CJK", "GE": "GEORGIAN", "GR": "GREEK", "IR": "ARABIC"}
SHARED = {
    "chernyaevka": {"kz-saryagash-road", "uz-gishtkuprik"},
    "dimitrovgrad": {"bg-dimitrovgrad", "rs-dimitrovgrad"},
    "fernetici": {"it-fernetti-road", "si-fernetici-road"},
    "horgos": {"cn-horgos", "rs-horgos-road"},
    "khorgos": {"cn-horgos", "kz-altynkol"},
    "alat": {"az-alat-port", "uz-alat-road"},
    "sarpi": {"ge-sarpi", "tr-sarp"},
}
"""Key -> places that really share the name; asking for it is asked back."""


def scripts(node) -> set[str]:
    letters = {c for name in (node.name, *node.aliases) for c in name if c.isalpha()}
    return {unicodedata.name(letter).split()[0] for letter in letters}


def test_every_place_has_a_latin_a_cyrillic_and_a_local_name(own_network):
    for node in own_network.nodes.values():
        wanted = {"LATIN", "CYRILLIC", LOCAL_SCRIPT.get(node.country, "LATIN")}
        assert wanted <= scripts(node), node.node_id


def test_an_alias_is_written_once_and_without_stray_blanks(own_network):
    for node in own_network.nodes.values():
        assert len(set(node.aliases)) == len(node.aliases), node.node_id
        assert node.name not in node.aliases, node.node_id
        for alias in node.aliases:
            assert alias == " ".join(alias.split()), node.node_id


def test_every_name_leads_back_to_its_place_or_its_city(own_network, own_index):
    for node in own_network.nodes.values():
        for name in (node.node_id, node.name, node.unlocode, node.iata, *node.aliases):
            if name and name_key(name) not in SHARED:
                city = own_network.nodes.get(node.city_id, node)
                assert own_index.get(name) in {node.node_id, city.node_id}, name


def test_only_the_names_listed_here_are_shared_by_places_of_different_cities(
    own_network, own_index
):
    shared = {}
    for node in own_network.nodes.values():
        for name in (node.name, *node.aliases):
            found = own_index.find(name)
            if len(found) > 1:
                shared[name_key(name)] = set(found)
    assert shared == SHARED


@pytest.mark.parametrize("key", sorted(SHARED))
def test_a_country_behind_a_shared_name_settles_it(own_network, own_index, key):
    for node_id in SHARED[key]:
        country = own_network.nodes[node_id].country
        assert own_index.get(f"{key}, {country}") == node_id
