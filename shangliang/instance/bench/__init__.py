"""Speed, measured: the benchmarks the product keeps (B1 to B4, B9, B10), each in an instance of its own."""
