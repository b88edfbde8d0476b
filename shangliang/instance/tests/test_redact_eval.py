"""The command that measures the redaction engine."""

import json

from django.core.management import call_command


def test_the_command_prints_one_json_of_the_agreed_shape(capsys):
    call_command("redact_eval", sentences=60, seed=3)
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"sentences", "kinds"} and said["sentences"] == 60
    assert all(set(one) == {"recall", "precision", "spans"} for one in said["kinds"].values())
