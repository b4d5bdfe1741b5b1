"""Functions that run in other processes."""

import os
from concurrent.futures import Future
from threading import Event

import pytest

from data.building.beside import after, beside


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


def test_a_task_after_another_is_handed_in_while_nobody_asks() -> None:
    with beside(lasting=False) as processes:
        handed_in = Event()
        first = processes.charts.submit(divmod, 17, 5)

        def hand_in(parts: tuple[int, int]) -> Future[int]:
            handed_in.set()
            return processes.report.submit(sum, parts)

        following = after(first, hand_in)
        assert handed_in.wait(60)
        assert following.result() == 5


@pytest.mark.parametrize("numbers", [(17, 0), (0, 17)])
def test_a_task_after_another_fails_with_either(numbers: tuple[int, int]) -> None:
    with beside(lasting=False) as processes:
        first = processes.charts.submit(divmod, *numbers)
        following = after(first, lambda parts: processes.report.submit(divmod, 17, parts[0]))
        with pytest.raises(ZeroDivisionError):
            following.result()
