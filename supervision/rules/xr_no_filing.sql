/*
title      = "Stay away from home without a filing"
title_zh   = "异地住院未备案"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6); Implementing Rules (NHSA Order 7), art. 15; Notice on direct settlement of care across provinces (医保发〔2022〕22号)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项；《实施细则》（国家医疗保障局令第7号）第十五条；《关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》（医保发〔2022〕22号）"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = []
needs      = ["filing"]
back       = 1
about      = "The fund paid for a stay outside the area where the person is insured, and no filing for that place was in force on any day of the stay. What the fund paid is at stake; where the region only pays a lower share without a filing, the difference is to be claimed."
about_zh   = "参保人在参保统筹区以外住院由基金支付，住院期间任何一日均无该就医地的有效备案。涉及金额为基金支付额；当地规定未备案仅降低支付比例的，应按差额处理。"
innocent   = "Left out: filings made during the stay, which count; emergencies, told by an emergency visit at the same hospital on the day of admission or the day before; areas whose agency never told a filing, for then the register may be missing; areas between which people move freely, by the list. Not visible in the data: an emergency admission without a visit of its own; a filing that the agency has not passed on; visits that are no stays."
innocent_zh = "不计入：住院期间补办的备案（视为有效）；急诊入院（入院当日或前一日在同一机构有急诊就诊）；参保地经办机构从未报送备案信息的；按清单可免备案流动的地区。数据无法识别：无单独急诊记录的急诊入院；经办机构尚未上传的备案；门诊等非住院就医。"
because    = "Insured in {insured_area}, in hospital in {area} from {admitted_on} to {discharged_on} without a filing"
because_zh = "参保地{insured_area}，{admitted_on}至{discharged_on}在{area}住院，无有效备案"

[given]
k_free_movement = """
insured_area | name
990300       | 邻市
"""
filing = """
member | insured_area | place  | since      | until
Wu     | 310100       | 990100 | 2026-01-01 | 2026-06-30
Chen   | 990300       | 990200 | 2026-01-01 | -
Wei    | 990100       | 310100 | 2026-01-01 | -
"""

[examples]
"From another province, the fund paid, no filing; nothing paid; insured here · 外省参保、基金支付、无备案；基金未支付；本地参保" = """
claim | member | insured_area | paid    | admitted   | discharged | flagged
a     | Li     | 310100       | 8000.00 | 2026-03-02 | 2026-03-08 | 8000.00 certain
b     | Zhao   | 310100       | 0.00    | 2026-03-02 | 2026-03-08 |
c     | Sun    | 990100       | 8000.00 | 2026-03-02 | 2026-03-08 |
d     | Zhou   | 310100       | 0.01    | 2026-03-02 | 2026-03-08 | 0.01
"""
"Filed; somebody else's filing; an agency that told none; free movement between two areas · 已备案；他人的备案；参保地未报送备案；免备案流动" = """
claim | member | insured_area | admitted   | discharged | flagged
a     | Wu     | 310100       | 2026-03-02 | 2026-03-08 |
b     | Li     | 310100       | 2026-03-02 | 2026-03-08 | yes
c     | Qian   | 320100       | 2026-03-02 | 2026-03-08 |
d     | Feng   | 990300       | 2026-03-02 | 2026-03-08 |
"""

[examples."The filing's first and last day, for the place or its province · 备案首日、末日；就医地为市或省"]
filing = """
member | insured_area | place  | since      | until
A      | 310100       | 990100 | 2026-03-08 | -
B      | 310100       | 990100 | 2026-03-09 | -
C      | 310100       | 990000 | 2026-01-01 | 2026-03-02
D      | 310100       | 990100 | 2026-01-01 | 2026-03-01
E      | 310100       | 990200 | 2026-01-01 | -
"""
stay = """
claim | member | insured_area | admitted   | discharged | flagged
a     | A      | 310100       | 2026-03-02 | 2026-03-08 |
b     | B      | 310100       | 2026-03-02 | 2026-03-08 | yes
c     | C      | 310100       | 2026-03-02 | 2026-03-08 |
d     | D      | 310100       | 2026-03-02 | 2026-03-08 | yes
e     | E      | 310100       | 2026-03-02 | 2026-03-08 | yes
"""

[examples."Still there: a filing that began after admission counts, one that had ended does not · 未出院：入院后生效的备案有效；入院前已失效的无效"]
filing = """
member | insured_area | place  | since      | until
A      | 310100       | 990100 | 2026-03-20 | -
B      | 310100       | 990100 | 2026-01-01 | 2026-03-01
"""
stay = """
claim | member | insured_area | admitted   | discharged | flagged
a     | A      | 310100       | 2026-03-02 | -          |
b     | B      | 310100       | 2026-03-02 | -          | yes
"""

[examples."An emergency on the day of admission, the day before, two days before, the day after, elsewhere, or a visit of another kind · 入院当日、前一日、前两日、次日急诊；他院急诊；普通门诊"]
stay = """
claim | member | institution | insured_area | admitted   | discharged | flagged
a     | A      | North       | 310100       | 2026-03-04 | 2026-03-08 |
b     | B      | North       | 310100       | 2026-03-04 | 2026-03-08 |
c     | C      | North       | 310100       | 2026-03-04 | 2026-03-08 | yes
d     | D      | North       | 310100       | 2026-03-04 | 2026-03-08 | yes
e     | E      | North       | 310100       | 2026-03-04 | 2026-03-08 | yes
f     | F      | North       | 310100       | 2026-03-04 | 2026-03-08 | yes
"""
visit = """
claim | member | institution | kind       | day
va    | A      | North       | emergency  | 2026-03-04
vb    | B      | North       | emergency  | 2026-03-03
vc    | C      | North       | emergency  | 2026-03-02
vd    | D      | North       | emergency  | 2026-03-05
ve    | E      | South       | emergency  | 2026-03-04
vf    | F      | North       | outpatient | 2026-03-04
"""

[examples."A point holds on its days, in its place · 知识点在有效期内、在本地有效"]
k_free_movement = """
insured_area | name | place  | since      | until
310100       | 某市 | 990100 | 2026-03-02 | 2026-03-31
310100       | 某市 | 990200 | 2026-01-01 | 2026-12-31
"""
stay = """
claim | member | insured_area | admitted   | discharged | flagged
a     | Li     | 310100       | 2026-03-02 | 2026-03-08 |
b     | Li     | 310100       | 2026-03-01 | 2026-03-08 | yes
"""
*/
SELECT
    s.institution, s.claim, s.paid AS at_stake, s.insured_area, s.area, s.admitted_on, s.discharged_on
FROM stay AS s
WHERE s.insured_area <> s.area AND s.paid > 0
    AND EXISTS (SELECT 1 FROM filing AS f WHERE f.insured_area = s.insured_area)
    -- a filing that overlaps the stay, for the prefecture or the whole province
    AND NOT EXISTS (
        SELECT 1 FROM filing AS f
        WHERE f.member = s.member AND f.place IN (s.province, s.area)
            AND (f.since <= s.discharged_on OR s.discharged_on IS NULL) AND (f.until IS NULL OR f.until >= s.admitted_on))
    AND NOT EXISTS (
        SELECT 1 FROM visit_history AS v
        WHERE v.member = s.member AND v.institution = s.institution AND v.kind = 'emergency'
            AND date_diff('day', v.day, s.admitted_on) BETWEEN 0 AND 1)
    AND NOT EXISTS (
        SELECT 1 FROM k_free_movement AS k WHERE k.insured_area = s.insured_area AND in_force(k, s, s.admitted_on))
