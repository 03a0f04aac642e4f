/*
title      = "One practitioner at two institutions at once"
title_zh   = "医师同时异地执业"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (3); typical problem list 2025, no. 5"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第三项；2025年版定点医疗机构典型问题清单第5条"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S3"
violations = ["V17", "V25"]
natl_rule  = []
about      = "One practitioner gave services at one institution and, within half an hour, at another: at one of them nobody came, or somebody else worked under the number. Accused is the first service billed at the second institution, with its amount; the last one at the first institution is shown beside it, for either may be the false one."
about_zh   = "同一医务人员在一家机构提供服务后半小时内又在另一家机构提供服务：其中一处并无其人到场，或他人使用其工号。以在后一家机构收费的首个项目为疑点，涉及金额为该项目金额；前一家机构的末个项目一并列示，二者均可能不实。"
innocent   = "Left out: examinations and laboratory tests, which may be reported from afar; beds and nursing, which need no doctor; drugs and consumables; services of which only the day is known. Slight suspicion: two institutions of one pooling area, which may stand next to each other. Not visible in the data: the way between the two; consultations by telephone or video; a registration for several places of work; a number that a whole department signs with; a moment that is that of the posting and not of the service; what a nurse does on an order given earlier."
innocent_zh = "不计入：可远程出具报告的检查、检验；无须医师在场的床位、护理；药品、耗材；仅记日期、无时刻的项目。同一统筹区的两家机构可能相邻，降为轻度可疑。数据无法识别：两处距离；电话或视频会诊；多机构执业备案；科室共用工号；记账时刻并非服务时刻；护士执行此前开具的医嘱。"
because    = "{practitioner} worked at {other_institution} at {earlier_at}, and at {institution} at {done_at}"
because_zh = "{practitioner}{earlier_at}在{other_institution}提供服务，{done_at}又在{institution}提供服务"
back       = 1
ahead      = 1  # the earlier service may be settled later

[parameters.minutes]
value  = 30
source = "catalogue F03, MIN: starting value, not law"
since  = 2026-04-01

[columns]
other_institution = "institution"

[examples]
"An operation at ten, an infusion half an hour later 60 kilometres away; in the same pooling area · 10:00手术，10:30在60公里外输液；同一统筹区" = """
charge | practitioner | institution | area   | item            | done_at             | amount  | flagged
a      | Sun          | North       | 990100 | 003306010010000 | 2026-03-05 10:00:00 | 1200.00 |
b      | Sun          | Far         | 990200 | 001204000060000 | 2026-03-05 10:30:00 | 6.00    | 6.00 high
c      | Qian         | North       | 990100 | 003306010010000 | 2026-03-05 10:00:00 | 1200.00 |
d      | Qian         | South       | 990100 | 001204000060000 | 2026-03-05 10:30:00 | 6.00    | 6.00 low
e      | Zhou         | North       | 990100 | 003306010010000 | 2026-03-05 10:00:00 | 1200.00 |
f      | Zhou         | South       | 990100 | 001204000060000 | 2026-03-05 10:30:01 | 6.00    |
"""
"Images read from afar; a test; a drug; a day without hours; another practitioner; one institution · 远程阅片；检验；药品；无时刻；不同医师；同一机构" = """
charge | practitioner | institution | item            | category | done_at
a      | Sun          | North       | 003306010010000 |          | 2026-03-05 10:00:00
b      | Sun          | South       | 002103000010000 | 03       | 2026-03-05 10:10:00
c      | Sun          | South       | 002503020010000 | 04       | 2026-03-05 10:10:00
d      | Sun          | South       | XA01            |          | 2026-03-05 10:10:00
e      | Sun          | North       | 001204000060000 |          | 2026-03-05 10:20:00
f      | Qian         | South       | 001204000060000 |          | 2026-03-05 10:20:00
g      | Zhou         | North       | 001204000060000 |          | 2026-03-04 23:50:00
h      | Zhou         | South       | 001204000060000 |          | 2026-03-05 00:00:00
i      | -            | North       | 001204000060000 |          | 2026-03-05 10:00:00
j      | -            | South       | 001204000060000 |          | 2026-03-05 10:20:00
"""
"Bed and nursing need no doctor; treatment does · 床位、护理无须医师在场；治疗则须" = """
charge | practitioner | institution | item            | category | done_at             | flagged
a      | Sun          | North       | 003306010010000 | 06       | 2026-03-05 10:00:00 |
b      | Sun          | South       | 001109000010000 | 01       | 2026-03-05 10:10:00 |
c      | Sun          | South       | 001201000030000 | 07       | 2026-03-05 10:10:00 |
d      | Qian         | North       | 003306010010000 | 06       | 2026-03-05 10:00:00 |
e      | Qian         | South       | 001204000060000 | 05       | 2026-03-05 10:10:00 | yes
"""
"There and back: each change is accused once; at one moment the greater number; just after midnight · 往返两处：每次变换各计一次；同一时刻以编号较大者为疑点；刚过零时" = """
charge | practitioner | institution | item            | done_at             | amount | flagged
a      | Sun          | North       | 001204000060000 | 2026-03-05 10:00:00 | 6.00   |
b      | Sun          | South       | 001204000060000 | 2026-03-05 10:10:00 | 6.00   | yes
c      | Sun          | South       | 001204000060000 | 2026-03-05 10:15:00 | 6.00   |
d      | Sun          | North       | 001204000060000 | 2026-03-05 10:20:00 | 6.00   | yes
e      | Qian         | North       | 001204000060000 | 2026-03-05 10:00:00 | 6.00   |
f      | Qian         | South       | 001204000060000 | 2026-03-05 10:00:00 | 6.00   | yes
g      | Zhou         | North       | 001204000060000 | 2026-03-04 23:50:00 | 6.00   |
h      | Zhou         | South       | 001204000060000 | 2026-03-05 00:05:00 | 6.00   | yes
"""

[examples."The earlier service was settled a month before, or after · 前一项目早一个月、晚一个月结算"]
history = """
charge | practitioner | institution | item            | done_at             | category
a      | Sun          | North       | 001204000060000 | 2026-03-05 10:00:00 |
c      | Qian         | South       | 001204000060000 | 2026-03-05 10:20:00 |
"""
charge = """
charge | practitioner | institution | item            | done_at             | category | flagged
b      | Sun          | South       | 001204000060000 | 2026-03-05 10:10:00 |          | yes
d      | Qian         | North       | 001204000060000 | 2026-03-05 10:10:00 |          |
"""
*/
WITH about AS (  -- practitioners who worked at more than one institution; few do
    SELECT h.practitioner FROM history AS h
    WHERE h.item_kind = 'service' AND h.practitioner IS NOT NULL
    GROUP BY h.practitioner HAVING count(DISTINCT h.institution) > 1
), given AS (  -- the services they gave by themselves, each with the one before it
    SELECT
        h.institution, h.area, h.claim, h.charge, h.practitioner, h.done_at,
        lag(h.institution) OVER in_order AS other_institution, lag(h.area) OVER in_order AS other_area,
        lag(h.done_at) OVER in_order AS earlier_at, lag(h.claim) OVER in_order AS other_claim
    FROM history AS h JOIN about AS a ON a.practitioner = h.practitioner
    WHERE h.item_kind = 'service' AND coalesce(h.category NOT IN ('01', '03', '04', '07'), TRUE) AND h.done_at <> midnight(h.day)
    WINDOW in_order AS (PARTITION BY h.practitioner ORDER BY h.done_at, h.charge)
), moved AS (
    SELECT g.*, c.item, c.amount
    FROM given AS g JOIN charge AS c ON c.charge = g.charge
    WHERE g.other_institution <> g.institution AND date_diff('second', g.earlier_at, g.done_at) <= $minutes * 60
)
SELECT
    m.institution, m.claim, m.charge, 'accused' AS role, m.amount AS at_stake,
    CASE WHEN m.other_area = m.area THEN 'low' ELSE 'high' END AS certainty, m.charge AS finding,
    m.practitioner, m.item, m.done_at, m.other_institution, m.earlier_at
FROM moved AS m
UNION ALL
SELECT
    m.other_institution, m.other_claim, NULL, 'involved', 0, 'low', m.charge,
    m.practitioner, m.item, m.done_at, m.other_institution, m.earlier_at
FROM moved AS m
