"""What is walked: states (a place and how the cargo is carried there) and the arcs between them.

cards    the most specific row of a rate card, time table or factor set
costing  an edge and a shipment -> time, wait, cost, CO2e, each with its evidence
model    State, Arc, SearchGraph
build    a network and a request -> the graph
bars     an edge and a request -> the rules that keep it out
"""
