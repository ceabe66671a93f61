"""What a registry answers: by id, by series and date, from a user's file."""

from pathlib import Path

import pytest

from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.plugins import Registry, document_folder, load_plugins
from tests.demo_plugin import BASE, DEMO, install, use_only


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """The demo plugin with a gap between two designs' dates, and three crosswalks."""
    use_only(tmp_path, monkeypatch)
    documents = dict(DEMO)
    documents["designs/new-word.yaml"] = BASE["new-word.yaml"].replace(
        "from: 2024-04", "from: 2024-06"
    )
    other = BASE["framework.yaml"].replace("id: demo\n", "id: other\n")
    crosswalk = BASE["crosswalk.yaml"].replace("to: demo", "to: other")
    variant = crosswalk.replace("demo/from-demo", "demo/variant").replace(
        "from:", "variant_of: demo/from-demo\nfrom:", 1
    )
    documents |= {
        "frameworks/other.yaml": other,
        "crosswalks/a.yaml": crosswalk,
        "crosswalks/b.yaml": variant,
    }
    install(tmp_path / "site", "demo", documents)
    use_only(tmp_path / "site", monkeypatch)
    registry = load_plugins()
    assert ["loaded"] == [one.status for one in registry.plugins], registry.plugins
    return registry


def _fault(raised: pytest.ExceptionInfo[AssuranceError]) -> Fault:
    (fault,) = raised.value.faults
    return fault


def test_a_patch_id_names_its_what_if(demo: Registry) -> None:
    assert "demo/word+installed" == demo.design("demo/installed").id
    assert "demo/word" == demo.patch("demo/installed").applies_to


@pytest.mark.parametrize(
    ("wanted", "remedy"),
    [
        ("demo/wrod", "did you mean 'demo/word'?"),
        (
            "dmeo/word",
            "did you mean 'demo/word'? If not, install the plugin that gives dmeo/… "
            "(by convention assurance-dmeo)",
        ),
        (
            "elsewhere/rating",
            "install the plugin that gives elsewhere/… (by convention assurance-elsewhere); "
            "or use one of: demo/installed, demo/new-word, demo/word",
        ),
    ],
)
def test_an_unknown_id_says_what_to_do(demo: Registry, wanted: str, remedy: str) -> None:
    with pytest.raises(AssuranceError) as raised:
        demo.design(wanted)
    assert ("unknown-id", remedy) == (_fault(raised).code, _fault(raised).remedy)


def test_the_core_alone_says_what_to_install_and_invents_no_package() -> None:
    with pytest.raises(AssuranceError) as raised:
        Registry().design("some-regulator/word")
    assert (
        "install the plugin that gives some-regulator/… (by convention assurance-some-regulator)"
        == _fault(raised).remedy
    )
    with pytest.raises(AssuranceError) as raised:
        Registry().framework("some-regulator")
    assert "install the plugin that gives it" == _fault(raised).remedy


def test_a_series_is_not_a_design(demo: Registry) -> None:
    with pytest.raises(AssuranceError) as raised:
        demo.design("demo/rating")
    assert ("no-choice", "one design of it: demo/word, demo/new-word") == (
        _fault(raised).code,
        _fault(raised).expected,
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2020-01-01", "demo/word"),
        ("2023", "demo/word"),
        ("2024-03-31", "demo/word"),
        ("2024-06-01", "demo/new-word"),
        ("2030", "demo/new-word"),
    ],
)
def test_a_date_chooses_within_a_series(demo: Registry, date: str, expected: str) -> None:
    assert expected == demo.design_on("demo/rating", PartialDate.parse(date)).id


@pytest.mark.parametrize("date", ["2019-12-31", "2024", "2024-04-01", "2024-05"])
def test_a_date_that_does_not_decide_chooses_nothing(demo: Registry, date: str) -> None:
    """Before the first, in a gap, or a year in which the design changes."""
    with pytest.raises(AssuranceError) as raised:
        demo.design_on("demo/rating", PartialDate.parse(date))
    assert "no-choice" == _fault(raised).code
    for name in ("demo/word", "demo/new-word"):
        assert name in _fault(raised).expected


def test_a_design_by_id_is_a_series_of_one(demo: Registry) -> None:
    assert "demo/word" == demo.design_on("demo/word", PartialDate.parse("1999")).id


def test_one_crosswalk_that_fits_is_used_unasked_and_a_variant_by_name(demo: Registry) -> None:
    assert "demo/from-demo" == demo.crosswalk_between("demo", "other").id
    assert "demo/variant" == demo.crosswalk_between("demo", "other", "demo/variant").id


@pytest.mark.parametrize(
    ("source", "target", "named", "code"),
    [
        ("other", "demo", "", "different-framework"),
        ("other", "demo", "demo/variant", "no-choice"),
        ("demo", "other", "demo/varaint", "unknown-id"),
    ],
)
def test_a_crosswalk_that_does_not_fit(
    demo: Registry, source: str, target: str, named: str, code: str
) -> None:
    with pytest.raises(AssuranceError) as raised:
        demo.crosswalk_between(source, target, named)
    assert code == _fault(raised).code


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("design.yaml", "demo/mine"),
        ("derived.yaml", "demo/derived"),
        ("patch.yaml", "demo/word+higher"),
    ],
)
def test_a_users_file_gives_a_design(
    demo: Registry, tmp_path: Path, base: str, expected: str
) -> None:
    file = tmp_path / base
    file.write_text(BASE[base], "utf-8")
    design, document = demo.read_design_file(file)
    assert (expected, str(file)) == (design.id, document.located.name)


@pytest.mark.parametrize(
    ("base", "old", "new", "place"),
    [
        ("design.yaml", "framework: demo", "framework: dmeo", "5:12: framework"),
        ("derived.yaml", "demo/word", "demo/wrod", "4:11: based_on"),
        ("patch.yaml", "demo/word", "demo/wrod", "4:13: applies_to"),
        ("patch.yaml", "band.high", "band.hihg", "6:10: overall.band.hihg"),
        ("patch.yaml", "to: 90", "to: ninety", "6:10: overall.band.high"),
        ("assessment.yaml", "body", "body", "1:9: format"),
    ],
)
def test_a_fault_of_a_users_file_has_its_line(
    demo: Registry, tmp_path: Path, base: str, old: str, new: str, place: str
) -> None:
    file = tmp_path / base
    file.write_text(BASE[base].replace(old, new), "utf-8")
    with pytest.raises(AssuranceError) as raised:
        demo.read_design_file(file)
    assert f"{file}:{place}" == _fault(raised).place


def test_documents_lie_in_the_package_or_two_levels_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a wheel, or in the project of an editable installation."""
    monkeypatch.syspath_prepend(tmp_path / "src")
    package = tmp_path / "src" / "assurance_found"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    assert tmp_path == document_folder("assurance_found")
    (package / "documents").mkdir()
    assert package / "documents" == document_folder("assurance_found")


def test_a_package_that_is_not_there_has_no_documents() -> None:
    with pytest.raises(ModuleNotFoundError, match="assurance_absent is not installed"):
        document_folder("assurance_absent")
