"""``timer``: measures durations as a curve."""

from __future__ import annotations

from functools import wraps
from time import perf_counter
from typing import Any, Callable, Optional, TypeVar

from .metrics import track

Function = TypeVar("Function", bound=Callable[..., Any])

# Of code objects: the function is `async def`. (CO_COROUTINE in the docs of `inspect`,
# which is slow to import.)
_IS_ASYNC = 0x80


class timer:
    """Measures a block or the calls of a function, in seconds of wall time.

    ``with pyruns.timer("epoch"): ...`` or ``@pyruns.timer("load")`` adds a point to the curve
    ``time/epoch`` each time, also when the block ends with an exception. ``step`` is as in
    ``track``. After the block ``seconds`` is its duration. Outside a task it
    measures without reporting.
    """

    #: Duration of the last block; ``None`` before its end.
    seconds: Optional[float] = None

    def __init__(self, name: str, *, step: Any = None) -> None:
        self.name = name
        self.step = step
        self._began_s = 0.0

    def __enter__(self) -> timer:
        self._began_s = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = perf_counter() - self._began_s
        track("time/%s" % self.name, self.seconds, step=self.step)

    def __call__(self, function: Function) -> Function:
        """Wraps ``function`` so that each call is measured."""
        code = getattr(function, "__code__", None)
        wrapped: Any
        # One timer per call: calls may overlap, in threads or by recursion.
        if code is not None and code.co_flags & _IS_ASYNC:

            async def wrapped(*args: Any, **kwargs: Any) -> Any:
                with timer(self.name, step=self.step):
                    return await function(*args, **kwargs)

        else:

            def wrapped(*args: Any, **kwargs: Any) -> Any:
                with timer(self.name, step=self.step):
                    return function(*args, **kwargs)

        result: Any = wraps(function)(wrapped)
        return result  # type: ignore[no-any-return]
