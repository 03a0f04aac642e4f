/*
title      = "Charged outside the stay"
title_zh   = "计费日期与住院时间不符"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (3), art. 40 (3); national list of rule types 2025, no. 42"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第三项、第四十条第三项；国家两库（2025年版）第42类规则"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "high"
severity   = "S2"
violations = ["V08", "V17"]
natl_rule  = ["计费日期与住院时间不符"]
about      = "A line of a stay was given before the person came or after the person had gone, by more than the hours below. What counts is the moment of the service, not that of posting it. The whole line is at stake."
about_zh   = "住院明细的发生时间早于入院或晚于出院，且超过下列小时数。以服务发生时间为准，不以记账时间为准。涉及金额为该明细全额。"
innocent   = "Left out: examinations and tests of the days before admission, which are merged into the stay; lines that nobody asked the fund to pay; newborns on their mother's account, who may stay on after her; services for the dead; lines reversed. A line or a discharge at the very midnight may come from a source that writes days without hours, so it is given the whole of its day. Not visible in the data: leave and return without a new admission; a late posting that gives the moment of posting as that of the service."
innocent_zh = "不计入：并入住院的入院前检查、检验；未纳入基金支付的明细；母婴共用账户（新生儿可能晚于母亲出院）；遗体料理项目；已冲销明细。零时整的明细或出院可能来自只记日期的数据来源，按当日全天计算。数据无法识别：离院后返回未重新办理入院；补记时以记账时间代替服务时间。"
because    = "Given at {done_at}, {span_words}; the stay lasted from {admitted} to {discharged}"
because_zh = "{done_at}发生的费用{span_zh}；住院时间为{admitted}至{discharged}"

[parameters.before_hours]
value  = 24
source = "catalogue B31, PRE_TOL: starting value, not law"
since  = 2026-04-01

[parameters.after_hours]
value  = 24
source = "catalogue B31, POST_TOL: starting value, not law; medicines to take home fall within it"
since  = 2026-04-01

[parameters.tests_days]
value  = 7
source = "catalogue B31, PRE_MERGE_DAYS: starting value, not law; a pooling area's policy on tests before admission says its own"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_mortuary = """
item            | name
009901000390000 | 遗体料理
"""

[examples."An infusion three days after the discharge; posted late, but given within the stay; another person's stay · 出院后3天的输液；住院期间发生、事后记账；他人的住院"]
stay = """
claim | member | admitted            | discharged
s     | Li     | 2026-03-01 09:00:00 | 2026-03-05 10:00:00
t     | Wu     | 2026-03-01 09:00:00 | 2026-03-12 10:00:00
"""
charge = """
charge | claim | kind      | done_at             | amount | flagged
a      | s     | inpatient | 2026-03-08 09:00:00 | 60.00  | 60.00 high
b      | s     | inpatient | 2026-03-04 09:00:00 | 60.00  |
c      | t     | inpatient | 2026-03-08 09:00:00 | 60.00  |
"""

[examples."A scan two days before admission, a test seven and eight days before; a drug two days before · 入院前2天的CT，入院前7天、8天的化验；入院前2天的药品"]
stay = """
claim | admitted            | discharged
s     | 2026-03-10 09:00:00 | 2026-03-15 10:00:00
"""
charge = """
charge | claim | kind      | category | done_at             | flagged
a      | s     | inpatient | 03       | 2026-03-08 08:00:00 |
b      | s     | inpatient | 04       | 2026-03-03 08:00:00 |
c      | s     | inpatient | 04       | 2026-03-02 23:00:00 | yes
d      | s     | inpatient | 09       | 2026-03-08 08:00:00 | yes
e      | s     | inpatient | 03       | 2026-03-17 08:00:00 | yes
"""

[examples."Twenty-four hours before and after, and a second more · 入院前、出院后24小时；再多一秒"]
stay = """
claim | admitted            | discharged
s     | 2026-03-10 09:00:00 | 2026-03-15 10:00:00
"""
charge = """
charge | claim | kind      | done_at             | flagged
a      | s     | inpatient | 2026-03-09 09:00:00 |
b      | s     | inpatient | 2026-03-09 08:59:59 | yes
c      | s     | inpatient | 2026-03-16 10:00:00 |
d      | s     | inpatient | 2026-03-16 10:00:01 | yes
"""

[examples."A source that writes days only: the day before and the day before that; a discharge of which only the day is known · 只记日期的数据来源：入院前一日、前二日；仅知出院日期"]
stay = """
claim | admitted            | discharged
s     | 2026-03-10 09:00:00 | 2026-03-15 10:00:00
t     | 2026-03-10 00:00:00 | 2026-03-15 00:00:00
u     | 2026-03-10 00:00:01 | 2026-03-15 10:00:00
"""
charge = """
charge | claim | kind      | done_at             | flagged
a      | s     | inpatient | 2026-03-09 00:00:00 |
b      | s     | inpatient | 2026-03-08 00:00:00 | yes
c      | t     | inpatient | 2026-03-16 23:59:59 |
d      | t     | inpatient | 2026-03-17 00:00:00 |
e      | t     | inpatient | 2026-03-17 00:00:01 | yes
f      | t     | inpatient | 2026-03-08 00:00:00 |
g      | t     | inpatient | 2026-03-08 23:59:59 | yes
h      | s     | inpatient | 2026-03-08 00:00:01 | yes
i      | t     | inpatient | 2026-03-07 00:00:00 | yes
j      | u     | inpatient | 2026-03-08 00:00:00 | yes
"""

[examples."The person pays alone; a newborn stays on after the mother; services for the dead; not yet discharged · 全自费；新生儿晚于母亲出院；遗体料理；尚未出院"]
stay = """
claim | member | admitted            | discharged          | newborn
s     | Li     | 2026-03-01 09:00:00 | 2026-03-05 10:00:00 |
t     | Wu     | 2026-03-01 09:00:00 | 2026-03-05 10:00:00 | yes
u     | Xu     | 2026-03-01 09:00:00 | -                   |
"""
charge = """
charge | claim | kind      | item            | done_at             | amount | eligible | flagged
a      | s     | inpatient | X               | 2026-03-08 09:00:00 | 60.00  | 0.00     |
b      | s     | inpatient | X               | 2026-03-08 09:00:00 | 60.00  | 0.01     | 60.00
c      | t     | inpatient | X               | 2026-03-08 09:00:00 | 60.00  |          |
d      | s     | inpatient | 009901000390000 | 2026-03-08 09:00:00 | 60.00  |          |
e      | u     | inpatient | X               | 2026-03-20 09:00:00 | 60.00  |          |
"""

[examples."A point holds on its days and in its place · 知识点在有效期和适用地区内有效"]
k_mortuary = """
item            | name     | place  | until
009901000390000 | 遗体料理 | 000000 | 2026-03-07
009901000400000 | 遗体存放 | 990200 | 9999-12-31
"""
stay = """
claim | admitted            | discharged
s     | 2026-03-01 09:00:00 | 2026-03-05 10:00:00
"""
charge = """
charge | claim | kind      | item            | done_at             | flagged
a      | s     | inpatient | 009901000390000 | 2026-03-07 09:00:00 |
b      | s     | inpatient | 009901000390000 | 2026-03-08 09:00:00 | yes
c      | s     | inpatient | 009901000400000 | 2026-03-07 09:00:00 | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    c.item, c.done_at, c.quantity, s.admitted, s.discharged,
    CASE WHEN c.done_at < s.admitted THEN 'before the admission' ELSE 'after the discharge' END AS span_words,
    CASE WHEN c.done_at < s.admitted THEN '在入院之前' ELSE '在出院之后' END AS span_zh
FROM charge AS c
JOIN stay AS s ON s.claim = c.claim
WHERE c.eligible > 0 AND NOT s.newborn
    AND (
        date_diff('second', s.discharged, c.done_at)
            > $after_hours * 3600 + CASE WHEN s.discharged = midnight(s.discharged_on) THEN 86400 ELSE 0 END
        OR (
            date_diff('second', c.done_at, s.admitted)
                > $before_hours * 3600 + CASE WHEN c.done_at = midnight(c.day) THEN 86400 ELSE 0 END
            AND NOT (coalesce(c.category, '') IN ('03', '04') AND date_diff('day', c.day, s.admitted_on) <= $tests_days)))
    AND NOT EXISTS (SELECT 1 FROM k_mortuary AS k WHERE k.item = c.item AND in_force(k, c))
