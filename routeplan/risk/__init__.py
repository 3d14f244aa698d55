"""How sure: the distribution of a transit time from the percentiles of its parts."""
