"""The promises, each as a test with a mutant that must make it fail: short in `make test`, full in `make trust`."""
