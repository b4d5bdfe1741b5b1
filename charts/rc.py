"""Matplotlib's settings: importing this sets them to its own, whatever a matplotlibrc of the home or the folder says.

A chart depends on the briefing and on nothing else of the machine.
"""

import matplotlib

dict.update(matplotlib.rcParams, matplotlib.rcParamsDefault)  # as Matplotlib does: no setting is looked at again
