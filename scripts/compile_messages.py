"""Compile the translations: each routeplan/locale/*/LC_MESSAGES/routeplan.po to the .mo beside it.

Run `make messages` after a change to a .po; a test compares the two.
"""

from __future__ import annotations

import sys

from routeplan.language import LOCALE


def main() -> None:
    """Compile every catalogue and say how many messages each has."""
    from polib import pofile

    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalogue = pofile(str(source))
        source.with_suffix(".mo").write_bytes(catalogue.to_binary())
        sys.stdout.write(f"{source.parent.parent.name}: {len(catalogue)} messages\n")


if __name__ == "__main__":
    main()
