"""Contact data: sealed, found only by its handle, gone when destroyed."""

import pytest

from shangliang.foundation import vault
from shangliang.foundation.models import VaultItem
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.tests.factories import MORNING

pytestmark = pytest.mark.django_db
PHONE = "13800000000"


def test_what_is_sealed_comes_back_and_does_not_lie_open():
    handle = vault.seal(PHONE, at=MORNING)
    assert vault.unseal(handle) == PHONE
    row = VaultItem.unscoped.get()
    assert PHONE.encode() not in bytes(row.sealed) and PHONE not in row.handle


def test_the_same_value_sealed_twice_looks_different_each_time():
    vault.seal(PHONE, at=MORNING)
    vault.seal(PHONE, at=MORNING)
    one, two = VaultItem.unscoped.all()
    assert bytes(one.sealed) != bytes(two.sealed) and one.handle != two.handle


def test_what_is_destroyed_is_gone_at_once():
    handle = vault.seal(PHONE, at=MORNING)
    vault.destroy(handle)
    assert not VaultItem.unscoped.exists()
    with pytest.raises(Refusal, match="已经删除"):
        vault.unseal(handle)
    vault.destroy(handle)


def test_another_key_opens_nothing(settings):
    handle = vault.seal(PHONE, at=MORNING)
    settings.VAULT_KEY = "another"
    with pytest.raises(Refusal, match="密钥对不上"):
        vault.unseal(handle)


def test_sealed_bytes_changed_in_the_database_open_nothing():
    handle = vault.seal(PHONE, at=MORNING)
    sealed = bytearray(VaultItem.unscoped.get().sealed)
    sealed[30] ^= 1
    VaultItem.unscoped.update(sealed=bytes(sealed))
    with pytest.raises(Refusal):
        vault.unseal(handle)
