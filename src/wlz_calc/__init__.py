"""wlz-calc: what is owed under an outcomes contract, to the penny and with the reason why."""

__version__ = "0.1.0"
