"""Many questions: a table of scenarios answered on every core or a cluster, and no work lost.

`run` is the recipe of the command, `api` that of Python. `source` reads the rows, `evaluator`
answers them with a `search`, `job` says what an evaluator is to the machinery, `engine` where it
runs, `journal` how results are kept, `expect` and `baseline` what they are held against, `junit`
and `github` how a build is told.
"""
