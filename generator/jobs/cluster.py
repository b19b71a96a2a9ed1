"""A Dask cluster that is there already, as a place to build cases in: its workers do what processes do here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from importlib import import_module
from typing import Any, TypeVar

from generator.base.cache.ingredients import identify_product
from generator.base.errors import CannotReadError, PermanenceError, ProgramMissingError

_Result = TypeVar("_Result")
_SECONDS = 10
_ADDRESS = re.compile(r"([a-z]+://)?[^\s/]+:\d+")


class ClusterExecutor(Executor):
    """The workers of a cluster. A task whose worker is lost is given to another one."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._inner = client.get_executor(pure=False)

    def submit(self, fn: Callable[..., _Result], /, *args: Any, **kwargs: Any) -> Future[_Result]:
        """Run a function on a worker. Returns its future result."""
        future: Future[_Result] = self._inner.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Close the connection. The cluster stays, and what it is building now is finished there."""
        self._inner.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def open_cluster(address: str) -> ClusterExecutor:
    """The cluster whose scheduler is at this address, such as tcp://10.0.0.5:8786.

    Raises ProgramMissingError where Dask is not installed, CannotReadError where no scheduler answers or it has no
    workers, PermanenceError where a worker has other code of the product.
    """
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise ProgramMissingError(
            "A cluster needs Dask, which is not installed here. In the product's folder, type: pip install '.[cluster]'"
        ) from None
    if not _ADDRESS.fullmatch(address):
        raise _no_scheduler(address)
    try:
        client = distributed.Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError):
        raise _no_scheduler(address) from None
    try:
        _refuse_other_products(client.run(identify_product, on_error="return"), address)
    except BaseException:
        client.close()
        raise
    return ClusterExecutor(client)


def _no_scheduler(address: str) -> CannotReadError:
    return CannotReadError(
        f"No Dask scheduler answers at {address}. It is written tcp://, its computer, a colon and a number: "
        "tcp://10.0.0.5:8786"
    )


def _refuse_other_products(products: Mapping[str, object], address: str) -> None:
    """Only workers that would make the same papers may make any. `products` are theirs by their addresses."""
    if not products:
        raise CannotReadError(f"The cluster at {address} has no workers. Start one there: dask worker {address}")
    if others := sorted(worker for worker, product in products.items() if product != identify_product()):
        raise PermanenceError(
            f"Workers of the cluster have another version of the product, or none: {', '.join(others)}. Nothing was "
            "built. Install the same one everywhere"
        )
