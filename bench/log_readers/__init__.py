"""The measurements of `bench/logs.py` and their tools."""
