"""Where: names and codes of any script -> places of the network."""
