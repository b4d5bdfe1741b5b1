"""Beside: takes functions and their arguments, runs them in other processes while this one goes on, returns futures.

On Linux a process starts as a copy of this one, which takes no time and no import twice; elsewhere it starts anew.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

DRAWING = 3
"""Processes that draw charts; more of them wait for the slides most of the time."""


@dataclass(frozen=True)
class Processes:
    """One or more that draw charts, one that sets the report: each imports its own large libraries, and no others."""

    charts: Executor
    report: Executor
    lasting: bool
    """Whether they live on for the next build, so that what this one made is worth keeping."""


class Here(Executor):
    """Runs a task in this process, when it is handed in: for a machine of one core, or without shared memory."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(task(*args, **kwargs))
        return future


def after(first: Future[S], hand_in: Callable[[S], Future[T]]) -> Future[T]:
    """The task that `hand_in` hands in for the result of `first` as soon as that is done, whatever this process does
    meanwhile.

    What went wrong with `first` goes wrong with it.
    """
    following: Future[T] = Future()

    def take(task: Future[T]) -> None:
        if error := task.exception():
            following.set_exception(error)
        else:
            following.set_result(task.result())

    def go_on(done: Future[S]) -> None:
        try:
            hand_in(done.result()).add_done_callback(take)
        except Exception as error:
            following.set_exception(error)

    first.add_done_callback(go_on)
    return following


@contextmanager
def beside(*, lasting: bool) -> Iterator[Processes]:
    """Processes for tasks, which begin in the order in which they are handed in; none of them outlives this one."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    pools = _pools((min(DRAWING, max(1, cores - 2)), 1)) if cores > 1 else None
    if pools is None:
        yield Processes(Here(), Here(), lasting)
        return
    try:
        yield Processes(pools[0], pools[1], lasting)
    except BaseException:
        for pool in pools:
            for process in pool._processes.values():  # a pool of the standard library waits for tasks that nobody wants
                process.kill()
        raise
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _pools(counts: tuple[int, ...]) -> list[ProcessPoolExecutor] | None:
    """None where processes cannot share memory: some containers have none, and it can be full."""
    copied = sys.platform == "linux" and threading.active_count() == 1  # what other threads hold would stay held
    context = multiprocessing.get_context("fork" if copied else "spawn")
    try:
        pools = [ProcessPoolExecutor(count, context, _begin) for count in counts]
    except OSError:
        return None
    if copied:
        for pool in pools:
            pool._launch_processes()  # type: ignore[attr-defined]  # before the first task of any starts a thread
        for pool in pools:
            pool.submit(int)  # a pool that was never given a task does not end its processes
    return pools


def _begin() -> None:
    """Ctrl-C is the parent's to answer, and a parent that is killed takes its processes along."""
    gc.set_threshold(500_000)  # as in the process beside it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
