"""Write the pages that are made: python -m docs.make. A test says when they are not current."""

from docs.make.pages import PAGES, ROOT


def main() -> None:
    """Write every page that is made."""
    for name, make in PAGES.items():
        file = ROOT / "docs" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
