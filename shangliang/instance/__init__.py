"""One instance as a whole: starting it, the example district, the benchmark. The only package above the portal."""
