"""`python -m mailroute` is `mailroute`."""

from mailroute.cli import main

if __name__ == "__main__":
    main()
