"""The best way of many questions on one network, each with changes of its own.

The network is compiled once, changes are laid over it edge by edge, and an exact A* with the
distances of the unchanged network finds the way. networkx on the changed network is the oracle:
`search.best` and every engine here give the same way, ties included.
"""
