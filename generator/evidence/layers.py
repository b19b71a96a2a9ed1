"""Hidden layers: parts of a page that a reader can switch on. A merged file has no switches and would show them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

Number = tuple[int, int]
_UP = frozenset({"/Parent", "/P", "/Dest", "/A", "/AA", "/Popup", "/StructParent", "/IRT"})
"""Ways from a part of a page back to the page, or to another."""
_MOST_PARTS = 200_000


def settle_layers(pdf: pikepdf.Pdf) -> set[int]:
    """The pages (from 0) on which something is hidden, or could be; those must be drawn as they are shown.

    What any reading of the file hides is switched off for good, in a way that every reader understands alike: some
    look at what a layer is for, and some do not. Changes `pdf`.
    """
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return set()
    hidden = _find_hidden(layers)
    listed = [one for one in _list(layers.get("/OCGs")) if isinstance(one, Dictionary)]
    for layer in listed:
        for key in ("/Usage", "/Intent"):
            if key in layer:
                del layer[key]
    known_numbers = {layer.objgen for layer in listed}
    off = [layer for layer in listed if layer.objgen in hidden]
    off += [one for one in _list(_settings(layers).get("/OFF")) if one.objgen not in known_numbers]
    on = [layer for layer in listed if layer.objgen not in hidden]
    layers.D = Dictionary(OFF=Array(off), ON=Array(on))
    known: dict[Number, bool] = {}
    return {
        number
        for number, page in enumerate(pdf.pages)
        if _holds_hidden([page.obj.get("/Resources"), page.obj.get("/Annots")], hidden, known)
    }


def _settings(layers: Any) -> Any:
    default = layers.get("/D")
    return default if isinstance(default, Dictionary) else Dictionary()


def _find_hidden(layers: Any) -> set[Number]:
    default = _settings(layers)
    hidden = {one.objgen for one in _list(default.get("/OFF"))}
    listed = [one for one in _list(layers.get("/OCGs")) if isinstance(one, Dictionary)]
    if default.get("/BaseState") == "/OFF":
        shown = {one.objgen for one in _list(default.get("/ON"))}
        hidden |= {layer.objgen for layer in listed} - shown
    if "/AS" in default:
        hidden |= {layer.objgen for layer in listed if _is_off_by_usage(layer)}
    return hidden


def _is_off_by_usage(layer: Any) -> bool:
    usage = layer.get("/Usage")
    view = usage.get("/View") if isinstance(usage, Dictionary) else None
    return isinstance(view, Dictionary) and view.get("/ViewState") == "/OFF"


def _list(held: Any) -> Iterator[Any]:
    # A number, or nothing, where a list belongs is no list; what is in one need not be a layer either.
    if isinstance(held, Array):
        yield from (one for one in held if isinstance(one, (Dictionary, Array)))


def _holds_hidden(start: list[Any], hidden: set[Number], known: dict[Number, bool]) -> bool:
    """Whether a hidden layer, or a rule about layers, can be reached from parts of a page."""
    waiting, seen = start, set[Number]()
    while waiting:
        part = waiting.pop()
        if isinstance(part, Array):
            waiting += list(part)
            continue
        if not isinstance(part, (Dictionary, pikepdf.Stream)) or part.objgen in seen:
            continue
        if part.objgen != (0, 0):
            if known.get(part.objgen) is False:
                continue
            seen.add(part.objgen)
        # /OCMD: a rule such as `show this when that is off` cannot hold where there are no switches.
        if part.objgen in hidden or part.get("/Type") == "/OCMD" or len(seen) > _MOST_PARTS:
            return True
        waiting += [part[key] for key in part.keys() if key not in _UP]  # noqa: SIM118 - see above: iterates over values
    known.update(dict.fromkeys(seen, False))
    return False
