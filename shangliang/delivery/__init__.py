"""Assignments, progress, results, verification, verdicts, look-back and case studies."""
