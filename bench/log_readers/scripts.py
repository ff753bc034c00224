"""The scripts of the measured tasks."""

# Prints lines with timestamps at a steady rate.
STEADY = """
import os, sys, time
count, rate = int(sys.argv[1]), float(sys.argv[2])
start = time.monotonic()
for n in range(count):
    left = start + n / rate - time.monotonic()
    if left > 0: time.sleep(left)
    os.write(1, b"L %d %.7f\\n" % (n, time.time()))
"""

# Prints numbered lines as fast as possible.
FLOOD = """
import os, sys, time
total, n = int(sys.argv[1]), 0
text = b" the quick brown fox jumps over the lazy dog and runs on\\n"
start = time.monotonic()
while total > 0:
    block = b"".join(b"%09d%b" % (i, text) for i in range(n, n + 4000))
    n += 4000; total -= len(block)
    view = memoryview(block)
    while view: view = view[os.write(1, view):]
open(sys.argv[2], "w").write("%d %f" % (n, time.monotonic() - start))
"""
