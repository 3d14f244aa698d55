"""How ways are found: exact shortest paths by one criterion, and a short list that differs."""
