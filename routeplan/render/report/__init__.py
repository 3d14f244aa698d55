"""A report: one content of sections, tables and figures, written as HTML or Markdown."""
