"""③ Pages of consultations."""
