"""What the first screen is asked: read from an address, and written back as the whole of it."""

from __future__ import annotations

from attrs import frozen

from assurance_core.documents.edit_words import edit_words
from assurance_core.documents.patches import parse_set
from assurance_core.lab.contender import Contender
from assurance_core.lab.coverage import DEFAULT_STATUSES
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.patch import Edit
from assurance_core.tables.rows import STATUSES
from assurance_core.workbench.asked import Asked
from assurance_core.workbench.pages.studied import reads, usual_design, variant_asked
from assurance_core.workbench.site import Data, Site, Variant

FURTHER_STATUSES = tuple(one for one in STATUSES if one not in DEFAULT_STATUSES)


@frozen
class Question:
    """What is compared; B may carry edits.

    Attributes:
        data: id of a dataset or an upload.
        first: design A.
        second: design B.
        crosswalk: which one, where several fit.
        include: statuses of assessments that take part as well as formal ones.
        left: edits of the design chosen before, which do not fit this B.
    """

    data: str
    first: Variant
    second: Variant
    crosswalk: str = ""
    include: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The query of its address."""
        return (
            ("data", self.data),
            ("a", self.first.id),
            ("b", self.second.id),
            *self.second.edits,
            ("crosswalk", self.crosswalk),
            *(("include", one) for one in self.include),
            *(("left", one) for one in self.left),
        )

    @property
    def unedited_values(self) -> tuple[tuple[str, str], ...]:
        """The query of the same without the edits."""
        return tuple(one for one in self.values if one not in self.second.edits)

    def including(self, *include: str) -> tuple[tuple[str, str], ...]:
        """Return the query of the same with these further assessments, and no others."""
        kept = tuple(one for one in self.values if one[0] != "include")
        return (*kept, *(("include", one) for one in include))

    @property
    def body_values(self) -> tuple[tuple[str, str], ...]:
        """The query of a body's page, behind its data and its name."""
        designs = (("a", self.first.id), ("b", self.second.id))
        return (*designs, *self.second.edits, ("crosswalk", self.crosswalk))

    @property
    def edit_values(self) -> tuple[tuple[str, str], ...]:
        """The query of the page on which B is edited."""
        return (("design", self.second.id), ("data", self.data), *self.second.edits)

    @property
    def scorecard_values(self) -> tuple[tuple[str, str], ...]:
        """The query of the scorecard of both; edits are those of its first design."""
        return (
            ("data", self.data),
            ("design", self.second.id),
            *self.second.edits,
            *((("design", self.first.id),) if self.first != self.second else ()),
            ("crosswalk", self.crosswalk),
            *(("include", one) for one in self.include),
        )


def read_question(site: Site, asked: Asked, data: Data) -> Question:
    """Return what an address asks, with what it leaves out filled in.

    The list of data sends the designs that were chosen before as well: those that cannot read the
    new data are chosen anew.
    """
    readable = site.readable(data)
    first, second = asked.one("a"), asked.one("b")
    if asked.one("anew"):
        first, second = (one if reads(site, one, data) else "" for one in (first, second))
    first = first or usual_design(readable, data)
    second = second or _another(readable, site.design(Variant(first)))
    edited, left = kept_edits(site, asked, second)
    left = left or asked.all("left")
    include = read_include(asked)
    return Question(data.id, Variant(first), edited, asked.one("crosswalk"), include, left)


def read_include(asked: Asked) -> tuple[str, ...]:
    """Return which assessments take part beside the formal ones; raise `unknown-id`."""
    wanted = asked.all("include")
    faults = [
        Fault(
            "unknown-id",
            "include",
            f"'{one}'",
            f"one of {', '.join(FURTHER_STATUSES)}",
            nearest(one, FURTHER_STATUSES),
        )
        for one in wanted
        if one not in FURTHER_STATUSES
    ]
    if faults:
        raise AssuranceError(faults)
    return tuple(one for one in FURTHER_STATUSES if one in wanted)


def kept_edits(site: Site, asked: Asked, design_id: str) -> tuple[Variant, tuple[str, ...]]:
    """Return a design with the edits of an address, and those that do not fit it.

    A list of designs sends the edits that were made with the design chosen before, as `edited`.
    They stay if the one that is chosen now is of the same framework and can be read with them:
    together or not at all.
    """
    variant, before = variant_asked(asked, design_id), asked.one("edited", design_id)
    if before == design_id or not variant.edits or _fits(site, variant, before):
        return variant, ()
    left = tuple(_in_words(site, before, key, edit) for key, edit in variant.edits)
    return Variant(design_id), left


def _in_words(site: Site, design_id: str, key: str, edit: str) -> str:
    """Return an edit in the words of the design that it was made with, if there are any."""
    try:
        design = site.design(Variant(design_id))
        made = parse_set(edit) if key == "set" else Edit("remove", edit)
    except AssuranceError:
        return f"{key} {edit}"
    words = edit_words(design, made) if key in ("set", "remove") else ""
    preposition = "without" if key == "remove" else "with"
    return f"{preposition} {words}" if words else f"{key} {edit}"


def _fits(site: Site, variant: Variant, before: str) -> bool:
    try:
        framework = site.rule(variant).design.framework.id
    except AssuranceError:
        return False
    return site.design(Variant(before)).framework.id == framework


def _another(readable: tuple[RatingDesign, ...], first: RatingDesign) -> str:
    """Return a design to set beside the first: a what-if whose words can be compared, if any."""
    scale = Contender(first).headline_scale
    others = [one for one in readable if one.id != first.id]
    scales = [(one, Contender(one).headline_scale) for one in others]
    comparable = [one for one, other in scales if scale and other and scale.same_levels(other)]
    what_ifs = [one for one in comparable if one.status in ("what_if", "proposed")]
    return next((one.id for one in [*what_ifs, *comparable, *others]), first.id)
