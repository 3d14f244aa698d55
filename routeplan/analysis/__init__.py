"""So what: the network held against published journeys, versions compared, weak numbers listed."""
