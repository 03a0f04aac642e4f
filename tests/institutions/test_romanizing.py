import pytest

from institutions.romanizing import romanize


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("杭州市", "Hangzhou"),
        ("西安市", "Xi'an"),
        ("重庆市", "Chongqing"),
        ("吕梁市", "Lüliang"),
        ("六安市", "Lu'an"),
        ("西湖区", "Xihu District"),
        ("淳安县", "Chun'an County"),
        ("忠县", "Zhongxian County"),
        ("景宁畲族自治县", "Jingning County"),
        ("双江拉祜族佤族布朗族傣族自治县", "Shuangjiang County"),
        ("东乡族自治县", "Dongxiang County"),
        ("阿巴嘎旗", "Abaga Banner"),
    ],
)
def test_a_name_is_spelt_as_people_read_it(name: str, english: str) -> None:
    assert romanize(name) == english
