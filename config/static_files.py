"""Static files under names that carry their content; before `serve` has collected them, under their plain names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedOrPlain(CompressedManifestStaticFilesStorage):
    """A page never fails for a stylesheet: a file that was not collected yet is named plainly."""

    def stored_name(self, name: str) -> str:
        """Return the collected name of a file, or its plain one."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name
