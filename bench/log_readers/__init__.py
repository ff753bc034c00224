"""What `bench/logs.py` measures, and what it measures with."""
