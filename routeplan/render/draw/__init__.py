"""Pictures: maps and charts as SVG, HTML pages and terminal drawings, all from plain values."""
