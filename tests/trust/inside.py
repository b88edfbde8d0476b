"""Answer one question inside an instance's own environment, with one line of JSON.

python -m tests.trust.inside QUESTION [WORD …]      the questions are the functions of tests/trust/questions.py
"""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    answer = getattr(importlib.import_module("tests.trust.questions"), sys.argv[1])
    print(json.dumps(answer(*sys.argv[2:]), ensure_ascii=False))
