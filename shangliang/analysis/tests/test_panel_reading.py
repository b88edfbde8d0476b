"""Quota and volunteer files as people make them: what is read, and what each fault is called."""

from pathlib import Path

import pytest

from shangliang.analysis import panel

QUOTAS = "category,feature,min,max\n性别,女,1,2\n性别,男,1,2\n"
PEOPLE = "id,备注,性别\n甲01,x,女\n甲02,,男\n甲03,y,男\n"


def read(
    folder: Path,
    quotas: str = QUOTAS,
    people: str = PEOPLE,
    size: int = 2,
    encoding: str = "utf-8",
    household: str = "",
):
    (folder / "q.csv").write_bytes(quotas.encode(encoding))
    (folder / "p.csv").write_bytes(people.encode(encoding))
    return panel.read_pool(folder / "q.csv", folder / "p.csv", size, household=household)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_are_read_in_the_encodings_offices_use(tmp_path, encoding):
    pool = read(tmp_path, encoding=encoding)
    assert [(one.key, one.values) for one in pool.people] == [
        ("甲01", ("女",)),
        ("甲02", ("男",)),
        ("甲03", ("男",)),
    ]
    assert pool.quotas[0] == panel.Quota("性别", "女", 1, 2)


@pytest.mark.parametrize(
    "header", ["category,name,min,max", "feature,value,min,max", "category,value,min,max"]
)
def test_the_headers_of_like_programs_are_understood(tmp_path, header):
    assert read(tmp_path, QUOTAS.replace("category,feature,min,max", header)).quotas == read(tmp_path).quotas


def test_without_an_id_column_people_are_numbered_from_one_and_empty_lines_do_not_count(tmp_path):
    pool = read(tmp_path, people="性别\n女\n\n男\n男\n")
    assert [one.key for one in pool.people] == ["1", "2", "3"]


def test_households_come_from_the_column_named_and_are_numbers_in_the_record(tmp_path):
    pool = read(tmp_path, people="id,住址,性别\na,清河路1号,女\nb,清河路1号,男\nc,,男\n", household="住址")
    cells = panel.cells_of(pool, one_per_household=True)
    assert {cell.people: cell.household for cell in cells} == {("a",): 1, ("b",): 1, ("c",): 0}
    lottery = panel.choose(pool, one_per_household=True)
    assert [float(lottery.chances[key]) for key in "abc"] == [1.0, 0.0, 1.0]
    assert "清河路" not in str(lottery.protocol("s"))


@pytest.mark.parametrize(
    ("quotas", "people", "size", "says"),
    [
        ("", PEOPLE, 2, "名额文件是空的"),
        ("category,feature,min,max\n", PEOPLE, 2, "只有第 1 行"),
        (QUOTAS.replace("max", "most"), PEOPLE, 2, "缺少列：max"),
        (QUOTAS.replace("category,feature", "a,b"), PEOPLE, 2, "缺少列"),
        (QUOTAS.replace("女,1,2", "女,3,2"), PEOPLE, 2, "第 2 行：最少 3 人比最多 2 人还多"),
        (QUOTAS.replace("男,1,2", "男,一,2"), PEOPLE, 2, "第 3 行“min”列应当是 0 以上的整数，现在是“一”"),
        (QUOTAS.replace("男,1,2", "男,1,2.5"), PEOPLE, 2, "第 3 行“max”列"),
        (QUOTAS.replace("男,1,2", "男,-1,2"), PEOPLE, 2, "第 3 行“min”列"),
        (QUOTAS.replace("男,1,2", "男,nan,2"), PEOPLE, 2, "第 3 行“min”列"),
        (QUOTAS.replace("男,1,2", "男,1,inf"), PEOPLE, 2, "第 3 行“max”列"),
        (QUOTAS.replace("男,1", ",1"), PEOPLE, 2, "第 3 行“feature”列是空的"),
        (QUOTAS + "性别,女,1,2\n", PEOPLE, 2, "第 4 行：“性别”的“女”前面已经写过"),
        (QUOTAS + "性别,外\n", PEOPLE, 2, "第 4 行有 2 格，第 1 行有 4 格"),
        (QUOTAS, "", 2, "名单文件是空的"),
        (QUOTAS, "id,性别\n", 2, "只有第 1 行"),
        (QUOTAS, PEOPLE.replace("性别", "分组"), 2, "缺少列：性别"),
        (QUOTAS, PEOPLE.replace("x,女", "x,未知"), 2, "第 2 行“性别”列“未知”不在名额文件里"),
        (QUOTAS, PEOPLE.replace(",,男", ",,"), 2, "第 3 行“性别”列是空的"),
        (QUOTAS, PEOPLE.replace("甲03", ""), 2, "第 4 行“id”列是空的"),
        (QUOTAS, PEOPLE.replace("甲03", "甲01"), 2, "编号“甲01”出现了 2 次"),
        (QUOTAS, PEOPLE.replace("备注", "id"), 2, "“id”这一列出现了两次"),
        (QUOTAS, PEOPLE + '"甲04,x,女\n', 2, "不是完好的 CSV"),
        (QUOTAS, PEOPLE, 4, "报名的只有 3 人，选不出 4 人"),
        (QUOTAS, PEOPLE, 0, "应当是 1 以上的整数"),
    ],
)
def test_a_fault_is_named_with_its_file_row_and_column(tmp_path, quotas, people, size, says):
    with pytest.raises(panel.Unusable, match=says):
        read(tmp_path, quotas, people, size)


def test_a_household_column_that_is_not_there_is_named(tmp_path):
    with pytest.raises(panel.Unusable, match="缺少列：household"):
        read(tmp_path, household="household")


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(panel.Unusable, match="没有这个文件"):
        panel.read_quotas(tmp_path / "none.csv")
    (tmp_path / "picture.csv").write_bytes(b"\xff\xd8\xff\xe0\x00\x10" * 9)
    with pytest.raises(panel.Unusable, match=r"编码认不出来|CSV"):
        panel.read_quotas(tmp_path / "picture.csv")


def test_an_unknown_algorithm_and_a_pool_without_quotas_are_refused(tmp_path):
    with pytest.raises(panel.Unusable, match="没有“dice”这种办法"):
        panel.choose(read(tmp_path), "dice")
    with pytest.raises(panel.Unusable, match="还没有写名额要求"):
        panel.make_pool([], read(tmp_path).people, 2)
