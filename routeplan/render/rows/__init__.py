"""Rows and tables as files: CSV, JSON lines, Parquet, SQLite, Excel, a million rows if need be."""
