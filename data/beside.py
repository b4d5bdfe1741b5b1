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
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST = 3
"""Processes beside this one; a build has no more than that to do at once."""


class Here(Executor):
    """Runs a task in this process, when it is asked for: for a machine of one core, or without shared memory."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(task(*args, **kwargs))
        return future


@contextmanager
def beside() -> Iterator[Executor]:
    """Processes for tasks, which begin in the order in which they are handed in; none of them outlives this one."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    pool = _pool(min(MOST, cores - 1)) if cores > 1 else None
    if pool is None:
        yield Here()
        return
    try:
        yield pool
    except BaseException:
        for process in pool._processes.values():  # a pool of the standard library waits for tasks that nobody wants
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor | None:
    """None where processes cannot share memory: some containers have none, and it can be full."""
    copied = sys.platform == "linux" and threading.active_count() == 1  # what other threads hold would stay held
    context = multiprocessing.get_context("fork" if copied else "spawn")
    try:
        return ProcessPoolExecutor(processes, context, _begin)
    except OSError:
        return None


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
