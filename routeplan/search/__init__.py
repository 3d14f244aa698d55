"""How ways are found: exact shortest paths by one criterion, and a short list that differs.

Where there is none: `relaxed` walks all edges and their bars, `lifting` finds the smallest sets of
rules to lift, `missing` the links a network lacks, `noroute` says so.
"""
