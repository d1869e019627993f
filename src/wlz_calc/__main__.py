"""`python -m wlz_calc` is the same door as `wlz-calc`."""

from wlz_calc.cli import run

if __name__ == "__main__":
    run()
