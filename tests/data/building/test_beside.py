"""What one process makes of what another has made."""

from concurrent.futures import Future

import pytest

from data.building.beside import after, beside


def test_a_task_goes_on_with_what_another_gives() -> None:
    with beside(lasting=False) as processes:
        first = processes.charts.submit(divmod, 17, 5)
        second = after(first, lambda given: processes.report.submit(sum, given))
        assert second.result().result() == 5


def test_it_waits_for_the_other() -> None:
    first: Future[int] = Future()
    second = after(first, str)
    assert not second.done()
    first.set_result(7)
    assert second.result() == "7"


def test_whoever_asks_hears_what_went_wrong() -> None:
    with beside(lasting=False) as processes:
        first = processes.charts.submit(divmod, 17, 0)
        with pytest.raises(ZeroDivisionError):
            after(first, str).result()
        with pytest.raises(KeyError):
            after(processes.charts.submit(int), {}.__getitem__).result()
