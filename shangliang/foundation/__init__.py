"""Moves, ledger, viewer, attachments, schedule, outbox, publication and clock: no civic words."""
