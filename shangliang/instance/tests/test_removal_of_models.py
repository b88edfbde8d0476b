"""A committee that is taken away takes its trained models along, those without a file too, and nobody else's."""

from datetime import timedelta

import pytest

from shangliang.foundation.models import StoredFile
from shangliang.instance import removal
from shangliang.people.tests.factories import MORNING, district
from shangliang.sorting.models import Category, TrainedModel
from shangliang.sorting.tests.lessons import kinds_of, taught

pytestmark = pytest.mark.django_db


def test_the_files_of_models_are_found_and_one_that_gave_its_file_up_breaks_nothing():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    kinds = kinds_of(place)
    mine, theirs = taught(place, kinds), taught(elsewhere, kinds_of(elsewhere))
    again = taught(place, kinds, at=MORNING + timedelta(days=8))
    assert again.file is None  # no better: only its figures were kept
    assert removal._file_names([place.committee.pk]) == [mine.file.name]
    TrainedModel.unscoped.filter(committee=place.committee).delete()
    for level in (2, 1):
        Category.unscoped.filter(committee=place.committee, level=level).delete()
    removal._delete_tree([place.committee.pk])
    assert list(StoredFile.unscoped.values_list("name", flat=True)) == [theirs.file.name]
