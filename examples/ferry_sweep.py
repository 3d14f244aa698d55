"""From which wait on does the Caspian rail ferry beat the container ship? A sweep in a data frame.

    python examples/ferry_sweep.py

Every row of the frame is a question with its changes; every row of the result is an answer. Nothing
here needs more memory or other code for a million rows than for these.
"""

import pandas as pd

from routeplan import iter_batch, load_network, run_batch

FERRY = "edge:ferry-kuryk-alat-wagon"

# 1. The scenarios: all combinations of a shorter wait for the ferry and a cargo.
waits = pd.DataFrame({"wait": [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.25]})
cargoes = pd.DataFrame({"cargo": ["general", "machinery"]})
scenarios = waits.merge(cargoes, how="cross")
scenarios["scenario_id"] = scenarios["cargo"] + "-" + scenarios["wait"].astype(str)
scenarios["changes"] = FERRY + " wait_h*=" + scenarios["wait"].astype(str)

# 2. The answers, on every core. Columns that are no question's, such as `wait`, do no harm.
network = load_network()
ends = {"origin": "Astana", "destination": "Belgrade"}
results = run_batch(scenarios, network, defaults=ends)
bad = results[results["status"] != "ok"]
if len(bad):
    raise SystemExit(bad[["scenario_id", "status", "error"]].to_string())

# 3. What they say.
answers = scenarios.merge(results, on="scenario_id")
answers["crosses by"] = answers["way"].str.extract(r"~ (ferry|sea) ~ Alat", expand=False)
answers["days"] = (answers["time_h_p50"] / 24).round(1)
print(answers.pivot(index="wait", columns="cargo", values=["crosses by", "days", "cost_usd"]))

# 4. A stream instead of a table: each question is answered before the next is read. Which place
#    costs how much if it shuts?
questions = (
    {"scenario_id": place, "changes": f"close node:{place}"}
    for place in ("kz-aktau-port", "az-alat-port", "ge-akhalkalaki-1435")
)
for answer in iter_batch(questions, network, defaults=ends):
    days, usd = answer["delta_time_h"] / 24, answer["delta_cost_usd"]
    print(f"{answer['scenario_id']}: {days:+.1f} days, {usd:+,.0f} USD by {answer['way']}")
