"""Edges as scenarios change them: each version is made once, however many scenarios share it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.scenario.apply import MOST_EDITS, Editor, take_change
from routeplan.scenario.edit import EdgeEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.network.adjustment import Adjustment
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.changes import Change

_REMEMBERED = 20_000
_MOST_LAID = 12
"""Changes that are laid over each other; of more, too many groups may have edges in common."""

_numbers = count()
_MOST_VERSIONS = 30_000
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
    """Versions of some edges; one object for one change, so that it is known again.

    Parameters
    ----------
    number
        Tells it from every other patch.
    versions
        By edge id.
    changes
        What it was made of, if that may be joined with more.

    Attributes
    ----------
    joint
        By the number of another patch, what both come to on the edges they share: NOTHING where
        they share none, None where that needs a closer look.
    """

    __slots__ = ("changes", "joint", "number", "versions")

    def __init__(
        self, number: int, versions: Mapping[str, Version], changes: Sequence[Change] = ()
    ) -> None:
        self.number = number
        self.versions = versions
        self.changes = tuple(changes)
        self.joint: dict[int, Patch | None] = {}


NOTHING = Patch(-1, {})


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
        if len(patches) == len(changes) <= _MOST_LAID:
            laid = self.lay(patches)
            if laid is not None:
                return laid
        return self._edited(changes)

    def lay(self, patches: Sequence[Patch]) -> tuple[Patch, ...] | None:
        """Return patches of single changes, and on top of them what they come to together.

        None if that needs a closer look: one refuses what another left, say; `find` takes it.
        """
        if sum([len(patch.versions) for patch in patches]) > MOST_EDITS:
            return None
        found = list(patches)
        groups = [*enumerate(patches, 1)]
        while groups:
            larger = []
            for following, patch in groups:
                joint = patch.joint
                for place, other in enumerate(patches[following:], following + 1):
                    both = joint.get(other.number)
                    if both is None and other.number not in joint:
                        both = joint[other.number] = self._joint(patch, other)
                    if both is None:
                        return None
                    if both is not NOTHING:
                        larger.append((place, both))
                        found.append(both)
            groups = larger
        return tuple(found)

    def single(self, change: Change) -> Patch | None:
        """Return the patch of one change; None if it cannot be applied by itself."""
        key = change.text or change
        if key not in self._single:
            if len(self._single) > _REMEMBERED:
                self._single.clear()
            try:
                self._single[key] = self._edit((change,))
            except RequestError:
                self._single[key] = None
        return self._single[key]

    def _joint(self, patch: Patch, other: Patch) -> Patch | None:
        """Work out what two patches come to on the edges they share."""
        changes = (*patch.changes, *other.changes)
        versions = {}
        for edge_id in patch.versions:
            if edge_id in other.versions:
                version = self._taken(edge_id, changes)
                if version is None:
                    return None
                versions[edge_id] = version
        return Patch(next(_numbers), versions, changes) if versions else NOTHING

    def _taken(self, edge_id: str, changes: Sequence[Change]) -> Version | None:
        """Return what changes make of an edge together; None if that needs a closer look."""
        edit = EdgeEdit(self._network.edges[edge_id], self._network.adjustments.get(edge_id))
        try:
            if not all(take_change(change, edit) for change in changes):
                return None
        except ValueError:
            return None
        return None if edit.fallen() else self._new_version(edit.edge(), edit.adjustment())

    def _edited(self, changes: Sequence[Change]) -> tuple[Patch, ...]:
        """Apply changes all at once, as where one needs the others, or one is wrong."""
        key = tuple([change.text or str(change) for change in changes])
        found = self._whole.get(key)
        if found is None:
            if len(self._whole) > _REMEMBERED:
                self._whole.clear()
            found = self._whole[key] = (self._edit(changes),)
        return found

    def _edit(self, changes: Sequence[Change]) -> Patch:
        edited = self._editor.edit(changes)
        made = {
            edge_id: self._new_version(edit.edge(), edit.adjustment())
            for edge_id, edit in edited.edits.items()
        }
        return Patch(next(_numbers), made, changes)

    def _new_version(self, edge: Edge, adjustment: Adjustment | None) -> Version:
        self._count += 1
        return Version(next(_numbers), edge, adjustment)
