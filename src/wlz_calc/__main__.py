"""`python -m wlz_calc` is the same door as `wlz-calc`."""

from wlz_calc.cli import main

if __name__ == "__main__":
    main()
