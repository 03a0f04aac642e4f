/*
title      = "Ordered by somebody the fund does not pay for"
title_zh   = "无资质或未备案人员服务"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6), art. 39; Guiding Opinions on the payment qualification of personnel of designated institutions (医保发〔2024〕23号)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项、第三十九条；《关于建立定点医药机构相关人员医保支付资格管理制度的指导意见》（医保发〔2024〕23号）"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V25", "V13"]
natl_rule  = []
needs      = ["registration"]
about      = "A line that the fund pays was ordered by a practitioner whose payment qualification was suspended or terminated on that day (certain), or who is registered, but not at this institution on that day (highly suspicious). The whole line is at stake."
about_zh   = "基金支付的明细由支付资格在当日处于暂停或终止状态的人员开具（明确违规），或开单人员当日在本机构无有效备案（高度可疑）。涉及金额为该明细全额。"
innocent   = "Left out: emergencies; lines that the person pays alone; practitioners of whom the register says nothing, for their number may be mistyped; institutions of whose staff no registration was ever told, for then the register may be missing; registrations here that begin or ended within the days of grace. What is registered later for an earlier day counts from that day. Not visible in the data: practice elsewhere that was notified but not registered; who in truth ordered it; whether the kind of practitioner may order this item."
innocent_zh = "不计入：急诊；个人自费明细；登记信息中查无此人的（可能为编码录入错误）；从未报送任何人员备案信息的机构（可能仅为未报送）；本机构备案在宽限期内生效或失效的。事后补登记的，自登记载明之日起算。数据无法识别：已告知但未登记的多点执业；实际开单人；该类人员是否有权开具此项目。"
because    = "Ordered on {day} by {practitioner}, who was {problem}"
because_zh = "{day}由{practitioner}开具，其{problem_zh}"

[parameters.grace]
value  = 30
source = "catalogue F04, RECENT_CHANGE_GRACE: days for which a change of registration may be late; starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
registration = """
practitioner | institution | kind      | since      | until      | standing
D1           | North       | physician | 2020-01-01 | -          | normal
D1           | North       | physician | 2026-05-01 | 2026-05-31 | suspended
D2           | North       | physician | 2020-01-01 | -          | -
D3           | South       | physician | 2020-01-01 | -          | normal
"""

[examples]
"Suspended since the first of May, ordered on the 20th; the first day, the last, and the days beside them · 5月1日起暂停，5月20日开单；首日、末日及前后各一日" = """
charge | practitioner | day        | amount | flagged
a      | D1           | 2026-05-20 | 80.00  | 80.00 certain
b      | D1           | 2026-04-30 |        |
c      | D1           | 2026-05-01 |        | yes
d      | D1           | 2026-05-31 |        | yes
e      | D1           | 2026-06-01 |        |
"""
"Registered elsewhere only; not in the register at all; nobody named; qualified without a word on it · 仅在他机构备案；登记信息查无此人；未载明开单人；支付资格未载明" = """
charge | institution | practitioner | flagged
a      | North       | D3           | high
b      | North       | D9           |
c      | North       | -            |
d      | North       | D2           |
e      | South       | D3           |
"""
"An emergency; the person pays alone; the fund pays a fen · 急诊；全部自费；基金认可一分" = """
charge | practitioner | day        | kind      | eligible | flagged
a      | D1           | 2026-05-20 | emergency |          |
b      | D1           | 2026-05-20 |           | 0.00     |
c      | D1           | 2026-05-20 |           | 0.01     | 100.00
"""

[examples."An institution that told nobody's registration: nobody is missing there, yet suspended is suspended · 从未报送人员备案的机构：不以未备案论，暂停仍有效"]
charge = """
charge | institution | practitioner | day        | flagged
a      | Far         | D3           | 2026-05-20 |
b      | Far         | D1           | 2026-05-20 | certain
"""

[examples."Suspended is suspended everywhere, terminated for good · 暂停在各机构均有效；终止长期有效"]
registration = """
practitioner | institution | kind      | since      | until | standing
D1           | North       | physician | 2020-01-01 | -     | normal
D1           | South       | physician | 2026-02-01 | -     | terminated
"""
charge = """
charge | practitioner | day        | flagged
a      | D1           | 2026-01-31 |
b      | D1           | 2026-03-05 | certain
"""

[examples."A registration that came or went within the days of grace · 宽限期内生效或失效的备案"]
registration = """
practitioner | institution | kind      | since      | until
D1           | South       | physician | 2020-01-01 | -
D1           | North       | physician | 2026-03-31 | 2026-05-31
"""
charge = """
charge | practitioner | day        | flagged
a      | D1           | 2026-02-28 | high
b      | D1           | 2026-03-01 |
c      | D1           | 2026-06-30 |
d      | D1           | 2026-07-01 | high
"""

[examples."Renewed later for an earlier day · 事后补登记，自载明之日起有效"]
registration = """
practitioner | institution | kind      | since      | until
D1           | North       | physician | 2020-01-01 | 2025-12-31
D1           | North       | physician | 2026-02-20 | -
"""
charge = """
charge | practitioner | day        | flagged
a      | D1           | 2026-03-05 |
"""
*/
WITH worked AS (  -- who ordered something at which institution on which day
    SELECT c.institution, c.practitioner, c.day
    FROM charge AS c
    GROUP BY c.institution, c.practitioner, c.day
), judged AS (  -- what the register says of them on that day
    SELECT
        w.institution, w.practitioner, w.day,
        max(CASE WHEN r.standing IN ('suspended', 'terminated') AND r.since <= w.day AND (r.until IS NULL OR r.until >= w.day)
            THEN 1 ELSE 0 END) AS barred,
        max(CASE WHEN r.institution = w.institution AND r.since <= days_after(w.day, $grace)
            AND (r.until IS NULL OR days_after(r.until, $grace) >= w.day) THEN 1 ELSE 0 END) AS here
    FROM worked AS w
    JOIN registration AS r ON r.practitioner = w.practitioner
    GROUP BY w.institution, w.practitioner, w.day
)
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    CASE WHEN j.barred = 1 THEN 'certain' ELSE 'high' END AS certainty,
    c.practitioner, c.day, c.item, c.quantity,
    CASE WHEN j.barred = 1 THEN 'suspended or terminated as payable by the fund' ELSE 'not registered at this institution' END AS problem,
    CASE WHEN j.barred = 1 THEN '医保支付资格已暂停或终止' ELSE '在本机构无有效备案' END AS problem_zh
FROM charge AS c
JOIN judged AS j ON j.institution = c.institution AND j.practitioner = c.practitioner AND j.day = c.day
WHERE c.eligible > 0 AND c.kind <> 'emergency' AND (j.barred = 1 OR (
    j.here = 0 AND c.institution IN (SELECT r.institution FROM registration AS r)))
