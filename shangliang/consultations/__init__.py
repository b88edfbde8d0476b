"""Consultations: plan, participants, research, sessions, statements, suggestions and minutes."""
