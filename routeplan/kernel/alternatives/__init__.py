"""Several ways of a question, and fronts, by loops that numba compiles; `kernel.finder` asks them.

    trees      Dijkstra's search as networkx does it
    front      label setting
    pile       ways as rows, and which of them are alike
    detours    the best way through each arc
    choose     the ways that are taken
    layout     a network and its changes as the arrays these walk
    several    questions -> ways, the only one called from outside

Whatever is answered here `planner.plan` answers as well, and the same. What is left to it is what
does not fit: numbers too large for 64 bits, and shares so close to what is allowed that rounding
might decide.
"""
