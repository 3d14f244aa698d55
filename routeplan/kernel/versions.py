"""Edges as scenarios change them: each version is made once, however many scenarios share it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.scenario.apply import Editor, take_change
from routeplan.scenario.edit import EdgeEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.network.adjustment import Adjustment
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.changes import Change

_REMEMBERED = 20_000
_numbers = count()
_MOST_VERSIONS = 100_000
"""What is remembered before all is forgotten: some 100 MB."""


class Version:
    """An edge as changed.

    Parameters
    ----------
    number
        Tells it from every other version; 0 and up.
    edge
        Its record; closed if a change closes it.
    adjustment
        What is done to numbers that stand on cards, or None.
    """

    __slots__ = ("adjustment", "edge", "number")

    def __init__(self, number: int, edge: Edge, adjustment: Adjustment | None) -> None:
        self.number = number
        self.edge = edge
        self.adjustment = adjustment


class Patch:
    """Versions of some edges, by edge id; one object for one change, so that it is known again."""

    __slots__ = ("change", "number", "versions")

    def __init__(
        self, number: int, versions: Mapping[str, Version], change: Change | None = None
    ) -> None:
        self.number = number
        self.versions = versions
        self.change = change


class Versions:
    """Finds what changes make of edges.

    A change gives a patch. Where two share edges, one more patch on top holds what both make of
    these; where three do, one on top of that, and so on.

    Parameters
    ----------
    network
        The facts, without changes.
    editor
        Applies changes to them; made if None.
    """

    def __init__(self, network: Network, editor: Editor | None = None) -> None:
        self._network = network
        self._editor = editor or Editor(network)
        self._count = 0
        self._single: dict[str | Change, Patch | None] = {}
        self._joint: dict[tuple[int, ...], Patch | None] = {}
        self._found: dict[tuple[int, ...], tuple[Patch, ...] | None] = {}
        self._whole: dict[tuple[str, ...], tuple[Patch, ...]] = {}

    @property
    def is_full(self) -> bool:
        """Whether so many versions are remembered that it is time to begin anew."""
        return self._count > _MOST_VERSIONS

    def find(self, changes: Sequence[Change]) -> tuple[Patch, ...]:
        """Return the patches that changes come to, to be laid one over the other.

        Raises
        ------
        ChangeError
            If they cannot be applied, as `scenario.apply.Editor.edit`.
        """
        patches = [patch for change in changes if (patch := self.single(change)) is not None]
        if len(patches) == len(changes):
            laid = self.lay(patches)
            if laid is not None:
                return laid
        return self._edited(changes)

    def lay(self, patches: list[Patch]) -> tuple[Patch, ...] | None:
        """Return patches of single changes with what they come to together.

        None if that needs a closer look: one refuses what another left, say; `find` takes it.
        """
        if len(patches) < 2:
            return tuple(patches)
        key = tuple([patch.number for patch in patches])
        if key not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[key] = self._laid(patches)
        return self._found[key]

    def single(self, change: Change) -> Patch | None:
        """Return the patch of one change; None if it cannot be applied by itself."""
        key = change.text or change
        if key not in self._single:
            if len(self._single) > _REMEMBERED:
                self._single.clear()
            try:
                self._single[key] = self._edit((change,), change)
            except RequestError:
                self._single[key] = None
        return self._single[key]

    def _laid(self, patches: list[Patch]) -> tuple[Patch, ...] | None:
        """Lay on top of patches what they come to where they share edges."""
        if sum(len(patch.versions) for patch in patches) > _MOST_VERSIONS:
            return None
        found = list(patches)
        groups: list[tuple[tuple[int, ...], Patch]] = [
            ((place,), patch) for place, patch in enumerate(patches)
        ]
        while groups:
            larger = []
            for places, patch in groups:
                for place in range(places[-1] + 1, len(patches)):
                    group = (*places, place)
                    joint = self._joint_patch(patch, [patches[p] for p in group])
                    if joint is None:
                        return None
                    if joint.versions:
                        larger.append((group, joint))
            found += [joint for _, joint in larger]
            groups = larger
        return tuple(found)

    def _joint_patch(self, known: Patch, patches: list[Patch]) -> Patch | None:
        """Return what patches come to on the edges they all share; None for a closer look.

        `known` holds the edges that all but the last share.
        """
        key = tuple([patch.number for patch in patches])
        if key not in self._joint:
            if len(self._joint) > _MOST_VERSIONS:
                self._joint.clear()
            shared = known.versions.keys() & patches[-1].versions.keys()
            versions = {edge_id: self._taken(edge_id, patches) for edge_id in sorted(shared)}
            sound = {edge_id: version for edge_id, version in versions.items() if version}
            self._joint[key] = self._new_patch(sound) if len(sound) == len(shared) else None
        return self._joint[key]

    def _taken(self, edge_id: str, patches: list[Patch]) -> Version | None:
        """Return what changes make of an edge together; None if that needs a closer look."""
        edit = EdgeEdit(self._network.edges[edge_id], self._network.adjustments.get(edge_id))
        try:
            for patch in patches:
                if patch.change is None or not take_change(patch.change, edit):
                    return None
        except ValueError:
            return None
        if edit.fallen():
            return None
        return self._new_version(edit.edge(), edit.adjustment())

    def _edited(self, changes: Sequence[Change]) -> tuple[Patch, ...]:
        """Apply changes all at once, as where one needs the others, or one is wrong."""
        key = tuple([change.text or str(change) for change in changes])
        found = self._whole.get(key)
        if found is None:
            if len(self._whole) > _REMEMBERED:
                self._whole.clear()
            found = self._whole[key] = (self._edit(changes),)
        return found

    def _edit(self, changes: Sequence[Change], change: Change | None = None) -> Patch:
        edited = self._editor.edit(changes)
        made = {
            edge_id: self._new_version(edit.edge(), edit.adjustment())
            for edge_id, edit in edited.edits.items()
        }
        return self._new_patch(made, change)

    def _new_version(self, edge: Edge, adjustment: Adjustment | None) -> Version:
        self._count += 1
        return Version(next(_numbers), edge, adjustment)

    def _new_patch(self, versions: Mapping[str, Version], change: Change | None = None) -> Patch:
        return Patch(next(_numbers), versions, change)
