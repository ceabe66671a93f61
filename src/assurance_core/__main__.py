"""`python -m assurance_core` is the command `assurance`."""

from assurance_core.cli.main import main

if __name__ == "__main__":
    main()
