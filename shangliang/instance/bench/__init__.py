"""Speed, measured: the benchmarks the product keeps (B1 to B5, B9, B10), each in an instance of its own."""
