import pytest
from django.conf import LazySettings

from institutions import loading
from institutions.models import Department, Division, Insurer


@pytest.fixture(scope="module")
def found() -> dict[str, Division]:
    return {division.code: division for division in loading.divisions()}


@pytest.mark.parametrize(
    ("code", "name_zh", "name_en", "level", "parent"),
    [
        ("000000", "中华人民共和国", "China", 0, None),
        ("330000", "浙江省", "Zhejiang", 1, "000000"),
        ("330100", "杭州市", "Hangzhou", 2, "330000"),
        ("330106", "西湖区", "Xihu District", 3, "330100"),
        ("110100", "北京市市辖区", "Districts of Beijing", 2, "110000"),
        ("110105", "朝阳区", "Chaoyang District", 3, "110100"),
        ("429004", "仙桃市", "Xiantao", 3, "429000"),
        ("441900", "东莞市", "Dongguan", 2, "440000"),
        ("150100", "呼和浩特市", "Hohhot", 2, "150000"),
        ("990101", "澜岸区", "Lan'an District", 3, "990100"),
    ],
)
def test_a_division_stands_in_its_place(
    found: dict[str, Division], code: str, name_zh: str, name_en: str, level: int, parent: str | None
) -> None:
    division = found[code]
    assert (division.name_zh, division.name_en, division.level) == (name_zh, name_en, level)
    assert division.parent_id == parent


def test_there_are_31_provinces_and_an_invented_one(found: dict[str, Division]) -> None:
    provinces = [division for division in found.values() if division.level == Division.Level.PROVINCE]
    assert len([division for division in provinces if not division.invented]) == 31
    assert [division.code for division in provinces if division.invented] == ["990000"]


def test_every_division_hangs_on_the_one_above_it(found: dict[str, Division]) -> None:
    assert len(found) > 3_300
    for division in found.values():
        above = found[division.parent_id] if division.parent_id else None
        assert above is None or (above.level == division.level - 1 and division.code.startswith(above.prefix))


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_what_administrators_named() -> None:
    first = loading.load_reference()
    Insurer.objects.filter(code="990100").update(name_zh="新名称")
    assert loading.load_reference() == first
    assert Insurer.objects.get(code="990100").name_zh == "新名称"


@pytest.mark.django_db
def test_the_invented_prefecture_has_all_five_parties() -> None:
    loading.load_reference()
    assert set(Department.objects.filter(division="990100").values_list("party", flat=True)) == {
        "authority", "handling", "institution", "industry", "government",
    }  # fmt: skip


def test_missing_lists_are_named_with_the_fix(settings: LazySettings, tmp_path: object) -> None:
    settings.DIVISIONS = tmp_path
    with pytest.raises(loading.ReferenceMissing, match="make setup"):
        list(loading.divisions())
