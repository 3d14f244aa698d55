"""How it looks: a plan or a list of records as table, JSON, CSV, TSV, Markdown or GeoJSON."""
