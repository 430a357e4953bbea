"""What is in this file, and what does a page of it look like? Read in a process of its own, under limits.

Parsers of pictures, PDFs and archives have had holes and will have more. This process knows no database,
no password and no patient; it may use so much memory and time, and whatever becomes of it, the web server
does not fall. It answers on standard output in one line of JSON; no Django here.
"""

import json
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from tumorboard.files import limits
from tumorboard.files.errors import Rejected

BY_FAMILY = {"picture": "pictures", "pdf": "pdfs", "ooxml": "office", "odf": "odf", "dicom": "dicom"}


def confine() -> None:
    """Before anything is opened; a process cannot raise its own hard limits again."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.WRITTEN),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _module(family: str) -> Any:
    return import_module(f"tumorboard.files.{BY_FAMILY[family]}")


def check(family: str, code: str, source: str, target: str) -> dict[str, Any]:
    """Judge it, and write a cleaned copy to `target` where the kind has one."""
    return _module(family).check(code, source, target)


def draw(family: str, source: str, target: str, page: str, width: str) -> dict[str, Any]:
    """One page as a picture, made anew from what is seen."""
    return _module(family).draw(source, target, int(page), int(width))


VERBS: dict[str, Callable[..., dict[str, Any]]] = {"check": check, "draw": draw}


def main(verb: str, *arguments: str) -> None:
    confine()
    try:
        said = VERBS[verb](*arguments)
    except Rejected as no:
        said = {"refused": str(no)}
    except MemoryError:
        said = {"unreadable": "memory"}
    except Exception as error:  # whatever a parser makes of a hostile file
        said = {"unreadable": type(error).__name__}
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
