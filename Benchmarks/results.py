"""The table of the measurement beside the peer, as `RESULTS.md`."""
import statistics

HEAD = """\
# Results

`Benchmarks/peer_cost.py` writes this file; `make bench` runs it. Both sides have the same features, of twelve columns, ten
system columns, two indexes and up to three dependencies, and take turns in one run. Times are CPU seconds, user and system; on
PostgreSQL those of the client. Ratios are the peer's figure divided by ours.

"""

PAIR = """\
## {size} features on {engine}

| step | metaxy | peer | ratio | ratio of wall time | ratio of memory | floor |
|---|---|---|---|---|---|---|
"""

OWN = """\
## metaxy alone on {engine}

| features | autogenerate, first run | autogenerate | upgrade | check | memory of check |
|---|---|---|---|---|---|
"""

HISTORY = """\
## A history of {count} revisions on {engine}

| upgrade by | wall | CPU |
|---|---|---|
"""


class Results:
    """The medians of all measurements."""

    def __init__(self, versions):
        self.versions = versions
        self.pairs, self.own, self.histories = [], {}, {}
        self.start = 0

    def add(self, engine, size, steps):
        self.pairs.append((engine, size, steps))

    def add_own(self, engine, size, steps):
        self.own.setdefault(engine, []).append((size, steps))

    def text(self):
        lines = [HEAD, *(f"- {name}: {value}\n" for name, value in self.versions.items())]
        lines.append(f"- start (`metaxy --version`): {self.start * 1000:.1f} ms\n\n")
        for engine, size, steps in self.pairs:
            lines += [PAIR.format(size=f"{size:,}", engine=engine), *map(row, steps.items()), "\n"]
        for engine, sizes in self.own.items():
            lines += [OWN.format(engine=engine), *map(own_row, sizes), "\n"]
        for engine, (count, ways) in self.histories.items():
            lines.append(HISTORY.format(count=f"{count:,}", engine=engine))
            for way, costs in ways.items():
                wall, cpu = (statistics.median(values) for values in zip(*costs))
                lines.append(f"| {way} | {wall:.3f} s | {cpu:.3f} s |\n")
            lines.append("\n")
        return "".join(lines).rstrip("\n") + "\n"


def median(costs, part):
    return statistics.median(getattr(cost, part) for cost in costs)


def row(step):
    name, sides = step
    cells = [seconds(sides.get(side), "cpu") for side in ("metaxy", "peer")]
    cells += [ratio(sides, part) for part in ("cpu", "wall", "memory")]
    return f"| {name} | {' | '.join([*cells, seconds(sides.get('floor'), 'cpu')])} |\n"


def seconds(costs, part):
    return f"{median(costs, part):.3f} s" if costs else ""


def ratio(sides, part):
    """How many times ours the peer's figure is."""
    if "metaxy" not in sides or "peer" not in sides:
        return ""
    found = median(sides["peer"], part) / max(median(sides["metaxy"], part), 1e-9)
    return f"{found:.1f}" if found < 10 else f"{found:.0f}"


def own_row(measured):
    size, steps = measured
    cells = [seconds(steps[step], "cpu") for step in ("autogenerate, first run", "autogenerate", "upgrade", "check")]
    return f"| {size:,} | {' | '.join(cells)} | {median(steps['check'], 'memory'):.0f} MB |\n"
