"""Supervision, enterprise voice, reading and campaigns: four removable packages, one migration history."""
