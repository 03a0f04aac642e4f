/*
title      = "Ordered by somebody who lost the payment qualification"
title_zh   = "医保支付资格暂停、终止期间开具项目"
basis      = "Guiding Opinions on the payment qualification of personnel of designated institutions (医保发〔2024〕23号); Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (6)"
basis_zh   = "《关于建立定点医药机构相关人员医保支付资格管理制度的指导意见》（医保发〔2024〕23号）；《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第六项"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V25"]
natl_rule  = []
about      = "A line that the fund pays was ordered by somebody whose payment qualification was suspended or terminated on that day by the points that were scored. It holds at every institution in the country. The whole line is at stake."
about_zh   = "开单人员因记分被暂停或者终止医保支付资格期间开具的、由基金支付的明细；其效力及于全国所有定点医药机构。涉及金额为该明细全额。"
innocent   = "Left out: emergencies; lines that the person pays alone; days before a suspension or termination began and after it ended or was lifted; what was annulled. Not visible in the data: who in truth ordered it."
innocent_zh = "不计入：急诊抢救；个人自费明细；暂停、终止生效之前以及期满、解除之后的明细；已被撤销的处理。数据无法识别：实际开单人。"
because    = "On {day} {practitioner} was {problem} ({because})"
because_zh = "{practitioner}于{day}{problem_zh}（{because}）"

[columns]
quantity = "qty"

[given]
k_qualification = """
number | practitioner | standing   | because | since      | until
1      | D1           | suspended  | J1      | 2026-05-01 | 2026-05-31
2      | D2           | terminated | J2      | 2026-05-01 |
"""

[examples]
"Suspended for May; the first day, the last, and the days beside them · 五月暂停；首日、末日及前后各一日" = """
charge | practitioner | day        | amount | flagged
a      | D1           | 2026-05-20 | 80.00  | 80.00 certain
b      | D1           | 2026-04-30 |        |
c      | D1           | 2026-05-01 |        | yes
d      | D1           | 2026-05-31 |        | yes
e      | D1           | 2026-06-01 |        |
f      | D3           | 2026-05-20 |        |
"""
"It follows the person to every institution · 效力及于其执业的各机构" = """
charge | institution | practitioner | day        | flagged
a      | North       | D2           | 2026-05-20 | certain
b      | South       | D2           | 2027-05-20 | certain
c      | South       | D2           | 2026-04-30 |
"""
"An emergency; the person pays alone; the fund pays a fen; nobody named · 急诊；全部自费；基金认可一分；未载明开单人" = """
charge | practitioner | day        | kind      | eligible | flagged
a      | D1           | 2026-05-20 | emergency |          |
b      | D1           | 2026-05-20 |           | 0.00     |
c      | D1           | 2026-05-20 |           | 0.01     | 100.00
d      | -            | 2026-05-20 |           |          |
"""

[examples."Suspended and then terminated: one finding · 先暂停后终止，只计一次"]
k_qualification = """
number | practitioner | standing   | because | since      | until
1      | D1           | suspended  | J1      | 2026-05-01 | 2026-05-31
2      | D1           | terminated | J2      | 2026-05-10 |
"""
charge = """
charge | practitioner | day        | flagged
a      | D1           | 2026-05-20 | 100.00
"""
*/
WITH held AS (  -- each line of somebody who was held back that day, with the first that held
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.day, c.item, c.quantity, c.practitioner,
        k.point, k.standing, k.because, row_number() OVER (PARTITION BY c.charge ORDER BY k.number) AS place
    FROM charge AS c
    JOIN k_qualification AS k ON k.practitioner = c.practitioner
    WHERE in_force(k, c) AND c.eligible > 0 AND c.kind <> 'emergency'
)
SELECT
    h.institution, h.claim, h.charge, h.amount AS at_stake,
    h.point, h.day, h.item, h.quantity, h.practitioner, h.because,
    CASE h.standing WHEN 'terminated' THEN 'terminated as payable by the fund' ELSE 'suspended as payable by the fund' END AS problem,
    CASE h.standing WHEN 'terminated' THEN '医保支付资格已终止' ELSE '医保支付资格已暂停' END AS problem_zh
FROM held AS h
WHERE h.place = 1
