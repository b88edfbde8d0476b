"""Committee tree, areas, organisations, persons, appointments and sign-in."""
