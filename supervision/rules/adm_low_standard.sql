/*
title      = "Admitted for what a clinic treats"
title_zh   = "低标准入院（无指征住院）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (2); typical problem list 2025, no. 1; national list of rule types 2025, no. 53"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第二项；2025年版典型问题清单第1条；国家两库（2025年版）第53类规则"
stage      = "trial"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S3"
violations = ["V07", "V03"]
natl_rule  = ["无指征住院（低标准入院）"]
about      = "The main diagnosis is one that is usually treated in a clinic, the bill is made up mostly of tests, and of four signs that a bed was not needed at least three are there: no visit to an emergency room on that day or the day before, no operation, neither infusion nor oxygen, three days or fewer. At stake is what the fund paid for the stay; it is recovered only after the record was read."
about_zh   = "主要诊断通常可在门诊治疗，费用以检查化验为主，且以下四项特征至少具备三项：入院当日或前一日无急诊；无手术；未输液、吸氧；住院三天以内。涉及金额为该次住院的基金支付额，须审阅病历后方可认定。"
innocent   = "Left out: illnesses that are not on the list; members of 75 years and more; two or more other diagnoses; intensive care or a ventilator; newborns on their mother's account; stays that are not ended. Not visible in the data: vital signs and results; an isolation that was ordered; the lack of a clinic near by; a home where nobody can nurse; an emergency that came without a visit."
innocent_zh = "不计入：不在清单内的疾病；75周岁及以上；其他诊断两项及以上；重症监护或呼吸机治疗；母婴共用账户；未出院的住院。数据无法识别：生命体征与检查结果；按规定隔离；附近无门诊条件；家中无人照护；未经急诊挂号的急诊入院。"
because    = "{illness}, {bed_days} days: {signs} of four signs that a bed was not needed; tests make up {test_amount} of {total} yuan"
because_zh = "{illness}住院{bed_days}天，具备四项特征中的{signs}项；检查化验{test_amount}元，占总费用{total}元"
back       = 1

[parameters.signs]
value  = 3
source = "catalogue D03, SCORE, its weights read as signs: starting value, not law"
since  = 2026-04-01

[parameters.percent]
value  = 60
source = "catalogue D03, test and exam share 0.6: starting value, not law"
since  = 2026-04-01

[parameters.days]
value  = 3
source = "catalogue D03, LOS between 1 and 3 days: starting value, not law"
since  = 2026-04-01

[parameters.age]
value  = 75
source = "catalogue D03, age >= 75: starting value, not law"
since  = 2026-04-01

[parameters.others]
value  = 2
source = "catalogue D03, comorbidity count >= 2: starting value, not law"
since  = 2026-04-01

[columns]
test_amount = "yuan"
total       = "yuan"

[given]
k_mild_dx = """
list | name
mild | 急性上呼吸道感染
"""
k_acute_care = """
item            | name       | kind
001204000060000 | 静脉输液   | treatment
003106030010000 | 呼吸机     | intensive
"""
code_list = """
list  | code
mild  | J06.900
other | J18.900
"""

[examples."Three days of a cold, tests and saline; what is not on the list · 感冒住院3天，仅检查和输液；不在清单内的疾病"]
stay = """
claim | member | illness | admitted   | discharged | paid   | flagged
a     | Li     | J06.900 | 2026-03-02 | 2026-03-05 | 600.00 | 600.00 high
b     | Wu     | J18.900 | 2026-03-02 | 2026-03-05 | 600.00 |
c     | Xu     | J06.900 | 2026-03-02 | -          | 600.00 |
"""
charge = """
claim | kind      | item            | category | amount | age
a     | inpatient | 002103000010000 | 03       | 600.00 | 45
a     | inpatient | 001204000060000 | 05       | 100.00 | 45
b     | inpatient | 002103000010000 | 03       | 600.00 | 45
b     | inpatient | 001204000060000 | 05       | 100.00 | 45
c     | inpatient | 002103000010000 | 03       | 600.00 | 45
"""

[examples."Three signs, one missing each; the limits of tests and days · 四缺其一；检查占比、天数界限"]
stay = """
claim | member | illness | admitted   | discharged | flagged
a     | A      | J06.900 | 2026-03-02 | 2026-03-05 | yes
b     | B      | J06.900 | 2026-03-02 | 2026-03-05 | yes
b2    | B2     | J06.900 | 2026-03-02 | 2026-03-05 | yes
c     | C      | J06.900 | 2026-03-02 | 2026-03-05 | yes
d     | D      | J06.900 | 2026-03-02 | 2026-03-05 |
e     | E      | J06.900 | 2026-03-02 | 2026-03-06 | yes
f     | F      | J06.900 | 2026-03-02 | 2026-03-05 | yes
g     | G      | J06.900 | 2026-03-02 | 2026-03-06 | yes
"""
visit_history = """
claim | member | kind      | day
v     | A      | emergency | 2026-03-01
w     | F      | emergency | 2026-02-28
x     | F      | emergency | 2026-03-03
y     | F      | outpatient | 2026-03-01
z     | Q      | emergency | 2026-03-01
"""
operation = """
claim | code
b     | 51.2300
"""
charge = """
claim | kind      | item            | category | amount | age
a     | inpatient | 002103000010000 | 03       | 600.00 | 45
b     | inpatient | 002103000010000 | 03       | 600.00 | 45
b2    | inpatient | 002103000010000 | 03       | 600.00 | 45
b2    | inpatient | 009900000000001 | 06       | 1.00   | 45
c     | inpatient | 002103000010000 | 03       | 600.00 | 45
c     | inpatient | 001204000060000 | 05       | 100.00 | 45
d     | inpatient | 009900000000002 | 05       | 600.00 | 45
e     | inpatient | 002103000010000 | 04       | 600.00 | 45
f     | inpatient | 001204000060000 | 05       | 400.00 | 45
f     | inpatient | 002103000010000 | 04       | 600.00 | 45
g     | inpatient | 009900000000002 | 05       | 400.00 | 45
g     | inpatient | 002103000010000 | 04       | 600.00 | 45
"""

[examples."Two signs are not enough, nor are four without the tests · 仅两项不计；检查占比不足不计"]
stay = """
claim | member | illness | admitted   | discharged
a     | A      | J06.900 | 2026-03-02 | 2026-03-06
a2    | A2     | J06.900 | 2026-03-02 | 2026-03-06
b     | B      | J06.900 | 2026-03-02 | 2026-03-06
b2    | B2     | J06.900 | 2026-03-02 | 2026-03-06
c     | C      | J06.900 | 2026-03-02 | 2026-03-06
d     | D      | J06.900 | 2026-03-02 | 2026-03-05
f     | F      | J06.900 | 2026-03-02 | 2026-03-05
"""
visit_history = """
claim | member | kind      | day
v     | A      | emergency | 2026-03-01
w     | A2     | emergency | 2026-03-02
x     | F      | emergency | 2026-03-02
"""
operation = """
claim | code
b     | 51.2300
"""
charge = """
claim | kind      | item            | category | amount | age
a     | inpatient | 002103000010000 | 03       | 600.00 | 45
a2    | inpatient | 002103000010000 | 03       | 600.00 | 45
b     | inpatient | 002103000010000 | 03       | 600.00 | 45
b2    | inpatient | 002103000010000 | 03       | 600.00 | 45
b2    | inpatient | 009900000000001 | 06       | 0.01   | 45
c     | inpatient | 002103000010000 | 03       | 600.00 | 45
c     | inpatient | 001204000060000 | 05       | 100.00 | 45
d     | inpatient | 009900000000002 | 05       | 400.01 | 45
d     | inpatient | 002103000010000 | 03       | 600.00 | 45
f     | inpatient | 002103000010000 | 03       | 600.00 | 45
f     | inpatient | 001204000060000 | 05       | 100.00 | 45
"""

[examples."75 years old, and 74; two other diagnoses, and one; intensive care; a newborn · 75岁、74岁；其他诊断两项、一项；重症监护；母婴共用账户"]
stay = """
claim | member | illness | admitted   | discharged | newborn | flagged
a     | A      | J06.900 | 2026-03-02 | 2026-03-05 |         |
b     | B      | J06.900 | 2026-03-02 | 2026-03-05 |         | yes
c     | C      | J06.900 | 2026-03-02 | 2026-03-05 |         |
d     | D      | J06.900 | 2026-03-02 | 2026-03-05 |         | yes
e     | E      | J06.900 | 2026-03-02 | 2026-03-05 |         |
f     | F      | J06.900 | 2026-03-02 | 2026-03-05 | yes     |
"""
diagnosis = """
claim | code    | main
c     | J06.900 | yes
c     | I10.x00 |
c     | E11.900 |
d     | J06.900 | yes
d     | I10.x00 |
"""
charge = """
claim | kind      | item            | category | amount | age
a     | inpatient | 002103000010000 | 03       | 600.00 | 74
a     | inpatient | 002103000010000 | 03       | 600.00 | 75
b     | inpatient | 002103000010000 | 03       | 600.00 | 74
c     | inpatient | 002103000010000 | 03       | 600.00 | 45
d     | inpatient | 002103000010000 | 03       | 600.00 | 45
e     | inpatient | 002103000010000 | 03       | 600.00 | 45
e     | inpatient | 003106030010000 | 05       | 10.00  | 45
f     | inpatient | 002103000010000 | 03       | 600.00 | 45
"""

[examples."Points hold on their days · 知识点在有效期内有效"]
k_mild_dx = """
list | name             | since
mild | 急性上呼吸道感染 | 2026-03-03
"""
k_acute_care = """
item            | name   | kind      | since
003106030010000 | 呼吸机 | intensive | 2026-03-05
"""
stay = """
claim | member | illness | admitted   | discharged | flagged
a     | A      | J06.900 | 2026-03-02 | 2026-03-05 |
b     | B      | J06.900 | 2026-03-03 | 2026-03-06 | yes
"""
charge = """
claim | kind      | item            | category | day        | amount | age
a     | inpatient | 002103000010000 | 03       | 2026-03-04 | 600.00 | 45
b     | inpatient | 002103000010000 | 03       | 2026-03-04 | 600.00 | 45
b     | inpatient | 003106030010000 | 05       | 2026-03-04 | 10.00  | 45
"""
*/
WITH mild AS (  -- stays for what is usually treated in a clinic
    SELECT DISTINCT s.claim
    FROM stay AS s
    JOIN code_list AS l ON l.code = s.illness
    JOIN k_mild_dx AS k ON k.list = l.list
    WHERE in_force(k, s, s.admitted_on) AND NOT s.newborn
), billed AS (  -- what they were billed for
    SELECT
        c.claim, max(c.age) AS age, sum(c.amount) AS total,
        sum(CASE WHEN c.category IN ('03', '04') THEN c.amount ELSE 0 END) AS test_amount,
        count(CASE WHEN c.category = '06' THEN c.charge END) AS operated,
        count(CASE WHEN a.kind = 'treatment' THEN c.charge END) AS treated,
        count(CASE WHEN a.kind = 'intensive' THEN c.charge END) AS intensive
    FROM charge AS c
    JOIN mild AS m ON m.claim = c.claim
    LEFT JOIN k_acute_care AS a ON a.item = c.item AND in_force(a, c)
    GROUP BY c.claim
), urgent AS (  -- who came from an emergency room
    SELECT DISTINCT s.claim
    FROM stay AS s
    JOIN visit_history AS v ON v.member = s.member
    WHERE v.kind = 'emergency' AND date_diff('day', v.day, s.admitted_on) BETWEEN 0 AND 1
), signed AS (  -- how many of the four signs those show that consist mostly of tests
    SELECT
        s.institution, s.claim, s.paid, s.illness, s.bed_days, s.admitted_on, s.discharged_on, b.test_amount, b.total,
        CASE WHEN u.claim IS NULL THEN 1 ELSE 0 END
            + CASE WHEN b.operated = 0 AND s.claim NOT IN (SELECT o.claim FROM operation AS o) THEN 1 ELSE 0 END
            + CASE WHEN b.treated = 0 THEN 1 ELSE 0 END
            + CASE WHEN s.bed_days <= $days THEN 1 ELSE 0 END AS signs
    FROM stay AS s
    JOIN billed AS b ON b.claim = s.claim
    LEFT JOIN urgent AS u ON u.claim = s.claim
    WHERE b.test_amount * 100 >= b.total * $percent AND b.intensive = 0 AND b.age < $age AND s.discharged_on IS NOT NULL
)
SELECT
    g.institution, g.claim, g.paid AS at_stake, g.illness, g.bed_days, g.signs, g.test_amount, g.total, g.admitted_on, g.discharged_on
FROM signed AS g
WHERE g.signs >= $signs
    AND g.claim NOT IN (SELECT d.claim FROM diagnosis AS d WHERE NOT d.main GROUP BY d.claim HAVING count(*) >= $others)
