from shangliang.ui.clean import for_storage, on_one_line


def test_control_characters_and_nul_are_dropped_but_lines_and_tabs_stay():
    assert for_storage("一\x00二\x07三\tа\n四\x1b[31m\x7f\x85") == "一二三\tа\n四[31m"


def test_lone_surrogates_and_non_characters_are_dropped():
    kept = for_storage("甲\ud800乙\udfff丙\ufeff\uffff丁")
    assert kept == "甲乙丙丁"
    kept.encode("utf-8")


def test_bidi_overrides_are_dropped_and_script_marks_kept():
    assert for_storage("a\u202eb\u2066c\u2069d\u200fe\u200df") == "abcd\u200fe\u200df"


def test_every_line_end_becomes_one_newline():
    assert for_storage("一\r\n二\r三\u2028四\u2029五") == "一\n二\n三\n四\n五"


def test_text_is_composed():
    assert for_storage("e\u0301") == "\u00e9"


def test_a_characters_outside_the_basic_plane_survive():
    assert for_storage("𠮷野家👨‍👩‍👧") == "𠮷野家👨‍👩‍👧"


def test_one_line_folds_whitespace():
    assert on_one_line("  柳岸路\n\n小学　正门 \t") == "柳岸路 小学 正门"
