"""Functions that run in other processes."""

import os

import pytest

from data.building.beside import beside


def test_what_a_task_leaves_in_its_process_the_next_one_finds() -> None:
    with beside(lasting=False) as processes:
        tasks = [processes.report.submit(os.getpid) for _ in range(3)]
        assert len({task.result() for task in tasks}) == 1


def test_whoever_asks_hears_what_went_wrong() -> None:
    with beside(lasting=False) as processes:
        failing = processes.report.submit(divmod, 17, 0)
        following = processes.report.submit(divmod, 17, 5)
        with pytest.raises(ZeroDivisionError):
            failing.result()
        assert following.result() == (3, 2)
