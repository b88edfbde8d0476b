"""Research studies, proposals, briefs and speeches: submission, adoption, instruction, conversion."""
