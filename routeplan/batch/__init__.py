"""Many questions: a table of scenarios evaluated on every core or a cluster, and no work lost.

`run.run_batch` is the recipe. `job` says what an evaluator is, `engine` where it runs, `journal`
how results are kept, `expect` and `baseline` what they are held against, `junit` and `github` how a
build is told.
"""
