"""Does a score give the figures that were published for these inputs?

A published case is {"score", "inputs", "expected", "tolerance", "source"}. Numbers may differ by the
tolerance, everything else not at all. Outputs that the case does not mention are not judged.
"""

from collections.abc import Iterator, Mapping

from cases.domain.scores.registry import UnknownScore, compute


def differences(case: Mapping) -> list[str]:
    """What is not as published, in words; empty when all is."""
    try:
        result = compute(case["score"], case["inputs"])
    except UnknownScore as error:
        return [str(error)]
    return list(_differ("", case["expected"], result, tolerance=case.get("tolerance") or 0))


def _differ(path: str, wanted: object, given: object, *, tolerance: float) -> Iterator[str]:
    if isinstance(wanted, Mapping) and isinstance(given, Mapping):
        for name, value in wanted.items():
            yield from _differ(f"{path}.{name}".lstrip("."), value, given.get(name), tolerance=tolerance)
    elif not _same(wanted, given, tolerance):
        yield f"{path or 'result'} should be {wanted!r} and is {given!r}"


def _same(wanted: object, given: object, tolerance: float) -> bool:
    if _is_number(wanted) and _is_number(given):
        return abs(wanted - given) <= tolerance  # type: ignore[operator]
    return type(wanted) is type(given) and wanted == given


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
