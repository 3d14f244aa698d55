"""The loops of the compiled engine, which numba takes; only `kernel.astar_numba` imports them.

    arrays    what the loops read and write
    heap      vertices by what they promise
    bounds    distances to the goals, and what lowered weights make of them
    search    the best way
    ties      the first of several best ways
    solve     many questions in a row: what is called from outside

Weights and bounds are rows of two whole numbers, compared from left to right. BARRED in the first
bars a step, and in a bound says that no way leads to a goal. Nothing above LIMIT is ever added, so
that no sum overflows.
"""
