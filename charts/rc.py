"""Matplotlib's settings: takes nothing, sets them to its own, whatever a matplotlibrc of the home or the folder says.

A chart depends on the briefing and on nothing else of the machine.
"""

import matplotlib


def reset() -> None:
    dict.update(matplotlib.rcParams, matplotlib.rcParamsDefault)  # as Matplotlib does: no setting is looked at again
