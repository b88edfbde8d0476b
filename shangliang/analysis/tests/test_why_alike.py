"""Why two texts stand beside each other: what both say, and nothing of what is hidden."""

from shangliang.analysis.redact import hide_private
from shangliang.analysis.why_alike import why_alike


def test_what_both_say_is_named_and_marked_once():
    why = why_alike("柳岸小学门口放学时车停两排。", "放学的时候柳岸小学门口全是车。")
    assert any("柳岸小学" in one for one in why.marked)
    assert len(set(why.marked)) == len(why.marked) >= len(why.words)


def test_what_is_hidden_is_shared_neither_by_its_label_nor_by_what_it_was():
    said = hide_private("门卫收了押金不退，找他13900001111，车牌云A12345。")[0]
    why = why_alike(said, said)
    assert why.marked
    assert not any("已遮" in one or "手机" in one or "车牌号" in one or "139" in one for one in why.marked)


def test_texts_without_anything_in_common_share_nothing():
    assert why_alike("路灯不亮。", "井盖松了。").marked == ()
    assert why_alike("", "").marked == ()
