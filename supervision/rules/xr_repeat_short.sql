/*
title      = "Short stays away from home, again and again"
title_zh   = "异地短期反复住院"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1), art. 40 (1); Implementing Rules (NHSA Order 7), art. 15; typical problem list 2025, no. 1; national list of rule types 2025, no. 49"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项、第四十条第一项；《实施细则》（国家医疗保障局令第7号）第十五条；2025年版典型问题清单第1条；国家两库（2025年版）第49类规则"
stage      = "trial"
moments    = ["audit"]
certainty  = "low"
severity   = "S2"
violations = ["V01", "V15"]
natl_rule  = ["分解住院"]
about      = "Within ninety days a member was admitted three times or more outside the own pooling area, each time for a few days and for an illness that a clinic usually treats. The stay with which the number is reached is named, and each one after it. This is a lead: no amount is in question by itself."
about_zh   = "参保人九十天内三次及以上在统筹区外短期住院，且均为通常可在门诊治疗的疾病。达到次数的一次及其后各次列为线索，本身不涉及金额。"
innocent   = "Not counted: stays at home; stays of more than four days; illnesses that are not on the list, as cancer or kidney failure; planned courses by their number; newborns on their mother's account. Not visible in the data: who works or lives elsewhere; a filing for care elsewhere; an agent who brought several members."
innocent_zh = "不计入次数：参保地住院；超过四天的住院；不在清单内的疾病（如肿瘤、肾衰竭）；有疗程编号的计划性住院；母婴共用账户。数据无法识别：异地工作、居住；异地就医备案；有人组织送医。"
because    = "Admitted on {admitted_on} for {illness} away from home, short stay number {stays} in ninety days"
because_zh = "{admitted_on}在异地以{illness}住院，九十天内第{stays}次短期住院"
back       = 4

[parameters.stays]
value  = 3
source = "catalogue G06, N: starting value, not law"
since  = 2026-04-01

[parameters.period]
value  = 90
source = "catalogue G06, D: starting value, not law"
since  = 2026-04-01

[parameters.days]
value  = 4
source = "catalogue G06, LOS, asked of each stay in place of the median: starting value, not law"
since  = 2026-04-01

[given]
k_mild_dx = """
list | name
mild | 支气管炎
"""
code_list = """
list  | code
mild  | J40.x00
other | C34.900
"""

[examples]
"Four stays for bronchitis in sixty days; three on the ninetieth day, and on the ninety-first · 60天内支气管炎住院4次；第3次在第90天、第91天" = """
claim | member | insured_area | illness | admitted   | discharged | flagged
a     | Li     | 880100       | J40.x00 | 2026-01-01 | 2026-01-05 |
b     | Li     | 880100       | J40.x00 | 2026-01-20 | 2026-01-22 |
c     | Li     | 880100       | J40.x00 | 2026-02-10 | 2026-02-12 | 0.00 low
d     | Li     | 880100       | J40.x00 | 2026-03-01 | 2026-03-03 | yes
e     | Wu     | 880100       | J40.x00 | 2026-01-01 | 2026-01-03 |
f     | Wu     | 880100       | J40.x00 | 2026-02-01 | 2026-02-03 |
g     | Wu     | 880100       | J40.x00 | 2026-04-01 | 2026-04-03 | yes
h     | Xu     | 880100       | J40.x00 | 2026-01-01 | 2026-01-03 |
i     | Xu     | 880100       | J40.x00 | 2026-02-01 | 2026-02-03 |
j     | Xu     | 880100       | J40.x00 | 2026-04-02 | 2026-04-03 |
"""
"Chemotherapy every three weeks; one stay of five days; one at home; a planned course; a newborn · 每三周一次化疗；一次住院5天；一次在参保地；计划疗程；母婴共用账户" = """
claim | member | insured_area | illness | admitted   | discharged | course | newborn
a     | Li     | 880100       | C34.900 | 2026-01-01 | 2026-01-03 |        |
b     | Li     | 880100       | C34.900 | 2026-01-22 | 2026-01-24 |        |
c     | Li     | 880100       | C34.900 | 2026-02-12 | 2026-02-14 |        |
d     | Wu     | 880100       | J40.x00 | 2026-01-01 | 2026-01-06 |        |
e     | Wu     | 880100       | J40.x00 | 2026-01-22 | 2026-01-24 |        |
f     | Wu     | 880100       | J40.x00 | 2026-02-12 | 2026-02-14 |        |
g     | Xu     | 990100       | J40.x00 | 2026-01-01 | 2026-01-03 |        |
h     | Xu     | 880100       | J40.x00 | 2026-01-22 | 2026-01-24 |        |
i     | Xu     | 880100       | J40.x00 | 2026-02-12 | 2026-02-14 |        |
j     | Sun    | 880100       | J40.x00 | 2026-01-01 | 2026-01-03 | k1     |
k     | Sun    | 880100       | J40.x00 | 2026-01-22 | 2026-01-24 |        |
l     | Sun    | 880100       | J40.x00 | 2026-02-12 | 2026-02-14 |        |
m     | Zhao   | 880100       | J40.x00 | 2026-01-01 | 2026-01-03 |        | yes
n     | Zhao   | 880100       | J40.x00 | 2026-01-22 | 2026-01-24 |        |
o     | Zhao   | 880100       | J40.x00 | 2026-02-12 | 2026-02-14 |        |
"""

[examples."Two of them were settled in earlier months · 其中两次在此前月份结算"]
stay_history = """
claim | insured_area | illness | admitted   | discharged
h1    | 880100       | J40.x00 | 2026-01-01 | 2026-01-05
h2    | 880100       | J40.x00 | 2026-02-01 | 2026-02-05
"""
stay = """
claim | insured_area | illness | admitted   | discharged | flagged
a     | 880100       | J40.x00 | 2026-03-01 | 2026-03-05 | yes
"""

[examples."A point holds on its days · 知识点在有效期内有效"]
k_mild_dx = """
list | name     | since
mild | 支气管炎 | 2026-01-02
"""
stay = """
claim | insured_area | illness | admitted   | discharged
a     | 880100       | J40.x00 | 2026-01-01 | 2026-01-03
b     | 880100       | J40.x00 | 2026-01-22 | 2026-01-24
c     | 880100       | J40.x00 | 2026-02-12 | 2026-02-14
"""
*/
WITH counted AS (  -- short stays away from home for what a clinic treats, each with the day of the one so many before it
    SELECT
        s.claim, s.admitted_on, lag(s.admitted_on, $stays - 1) OVER in_order AS begun, row_number() OVER in_order AS stays
    FROM stay_history AS s
    WHERE s.insured_area <> s.area AND s.bed_days <= $days AND s.course IS NULL AND NOT s.newborn
        AND EXISTS (
            SELECT 1 FROM code_list AS l JOIN k_mild_dx AS k ON k.list = l.list
            WHERE l.code = s.illness AND in_force(k, s, s.admitted_on))
    WINDOW in_order AS (PARTITION BY s.member ORDER BY s.admitted, s.claim)
)
SELECT s.institution, s.claim, 0 AS at_stake, s.illness, s.admitted_on, s.discharged_on, n.begun, n.stays
FROM stay AS s
JOIN counted AS n ON n.claim = s.claim
WHERE date_diff('day', n.begun, n.admitted_on) <= $period
