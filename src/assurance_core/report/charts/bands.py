"""The bands that make a published score into a published word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from assurance_core.model.design import RatingDesign
from assurance_core.model.scale import Scale
from assurance_core.rules.band import RESERVED
from assurance_core.rules.scope import decimal_words, exact


@frozen
class Band:
    """A range of scores with its word: from `lowest` to `highest`, or to the next band."""

    level: str
    name: str
    position: int
    lowest: Fraction
    highest: Fraction | None = None


def bands_of(design: RatingDesign) -> tuple[Band, ...]:
    """Return the bands that make the published score into the published word, lowest first."""
    published = design.publishes
    if published.headline is None or published.headline != published.score:
        return ()
    judgement = design.judgements[published.headline]
    scale = design.framework.scale(judgement.scale)
    settings = next((one.settings for one in judgement.steps if one.kind == "band"), None)
    if scale is None or not isinstance(settings, Mapping):
        return ()
    return tuple(sorted(_bands(settings, scale), key=lambda one: one.lowest))


def _bands(settings: Mapping[str, object], scale: Scale) -> list[Band]:
    ranges = settings.get("ranges")
    given = ranges if isinstance(ranges, Mapping) else settings
    found = []
    for key, bound in given.items():
        if key in RESERVED or str(key) not in scale.by_id:
            continue
        low, high = bound if isinstance(bound, Sequence) and len(bound) == 2 else (bound, None)
        level = scale.level(str(key))
        highest = None if high is None else exact(high)
        found.append(Band(level.id, level.name, level.position, exact(low), highest))
    return found


def band_at(score: Fraction, bands: Sequence[Band]) -> Band | None:
    """Return the band in which a score lies."""
    fitting = [one for one in bands if one.lowest <= score]
    return fitting[-1] if fitting else None


def to_next(bands: Sequence[Band], score: Fraction, level: str) -> str:
    """Return how far a score is from the next word's threshold, in words; else an empty text.

    Nothing is said of a body whose word is not its band's: a later rule has limited it. Where
    fewer is better and a band runs to the next, its threshold is named: it has no last number.

    Args:
        bands: of the design, as `bands_of` gives them.
        score: of a body.
        level: id of its word.
    """
    here = band_at(score, bands)
    if here is None or here.level != level:
        return ""
    above = next((one for one in bands if one.lowest > score), None)
    if above and above.position > here.position:
        return f"{decimal_words(above.lowest - score)} below {above.name}"
    lower = next((one for one in reversed(bands) if one.lowest < here.lowest), None)
    if lower is None or lower.position < here.position:
        return ""
    if lower.highest is not None:
        return f"{decimal_words(score - lower.highest)} above {lower.name}"
    return f"{lower.name} below {decimal_words(here.lowest)}"
