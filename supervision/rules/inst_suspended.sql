/*
title      = "Served although suspended"
title_zh   = "中止或解除期间结算医疗保障费用"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 13, art. 38, art. 40; Interim Measures for designated medical institutions (NHSA Order 2) and retail pharmacies (NHSA Order 3); agreement of the institution"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第十三条、第三十八条、第四十条；《医疗机构医疗保障定点管理暂行办法》《零售药店医疗保障定点管理暂行办法》；医疗保障服务协议"
stage      = "trial"
moments    = ["remind", "review", "audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V25"]
natl_rule  = []
about      = "A line that the fund pays was charged on a day on which the institution's agreement was suspended or terminated, or its department or the practitioner who ordered it was suspended, by the register of measures. The whole line is at stake."
about_zh   = "依据措施登记簿，在机构协议中止、解除期间，或者科室、开单人员被暂停期间发生的、由基金支付的明细。涉及金额为该明细全额。"
innocent   = "Left out: emergencies; lines that the person pays alone; days before a measure began and after it ended or was lifted; measures that were annulled; measures that only hold money back. Not visible in the data: how a stay that had begun before the measure is to be settled, where the agreement says so."
innocent_zh = "不计入：急诊抢救；个人自费明细；措施生效之前、期满或解除之后的明细；已被撤销的措施；仅暂停拨付的措施。数据无法识别：协议对措施生效前已入院患者的结算另有约定的。"
because    = "On {day} a measure held: {problem} ({because})"
because_zh = "{day}处于措施执行期：{problem_zh}（{because}）"

[columns]
quantity = "qty"

[given]
k_measure = """
number | institution | about       | code  | measure    | because | since      | until
1      | North       | institution | North | suspended  | B1      | 2026-05-01 | 2026-05-31
2      | South       | department  | A03   | department | B2      | 2026-05-01 |
3      | South       | person      | D1    | person     | B3      | 2026-05-01 | 2026-10-31
"""

[examples]
"The agreement suspended for May; its first day, its last, and the days beside them · 五月中止协议；首日、末日及前后各一日" = """
charge | institution | day        | amount | flagged
a      | North       | 2026-05-20 | 80.00  | 80.00 certain
b      | North       | 2026-04-30 |        |
c      | North       | 2026-05-01 |        | yes
d      | North       | 2026-05-31 |        | yes
e      | North       | 2026-06-01 |        |
f      | West        | 2026-05-20 |        |
"""
"A department suspended; another one; the same elsewhere · 科室暂停；其他科室；他院同名科室" = """
charge | institution | department | day        | flagged
a      | South       | A03        | 2026-05-20 | certain
b      | South       | A04        | 2026-05-20 |
c      | West        | A03        | 2026-05-20 |
d      | South       | A03        | 2026-04-30 |
"""
"A person suspended; another; the same person at another institution · 人员暂停；其他人员；在他院执业的同一人员" = """
charge | institution | practitioner | day        | flagged
a      | South       | D1           | 2026-05-20 | certain
b      | South       | D2           | 2026-05-20 |
c      | West        | D1           | 2026-05-20 |
d      | South       | D1           | 2026-11-01 |
"""
"A department and a person of one code are not the same · 科室代码与人员代码相同，不得混同" = """
charge | institution | department | practitioner | day        | flagged
a      | South       | A04        | A03          | 2026-05-20 |
b      | South       | D1         | D2           | 2026-05-20 |
"""
"An emergency; the person pays alone; the fund pays a fen · 急诊；全部自费；基金认可一分" = """
charge | institution | day        | kind      | eligible | flagged
a      | North       | 2026-05-20 | emergency |          |
b      | North       | 2026-05-20 |           | 0.00     |
c      | North       | 2026-05-20 |           | 0.01     | 100.00
"""

[examples."Two measures on one line are one finding · 同一明细涉及两项措施，只计一次"]
k_measure = """
number | institution | about       | code  | measure    | because | since      | until
1      | North       | institution | North | terminated | B1      | 2026-05-01 |
2      | North       | person      | D1    | person     | B3      | 2026-05-01 |
"""
charge = """
charge | institution | practitioner | day        | flagged
a      | North       | D1           | 2026-05-20 | 100.00
"""
*/
WITH held AS (  -- each line that a measure speaks of, with the first of its measures
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.day, c.item, c.quantity, c.department, c.practitioner,
        k.point, k.measure, k.because, row_number() OVER (PARTITION BY c.charge ORDER BY k.number) AS place
    FROM charge AS c
    JOIN k_measure AS k ON k.institution = c.institution
    WHERE in_force(k, c) AND c.eligible > 0 AND c.kind <> 'emergency' AND (
        k.about = 'institution' OR (k.about = 'department' AND k.code = c.department)
        OR (k.about = 'person' AND k.code = c.practitioner))
)
SELECT
    h.institution, h.claim, h.charge, h.amount AS at_stake,
    h.point, h.day, h.item, h.quantity, h.department, h.practitioner, h.because,
    CASE h.measure
        WHEN 'terminated' THEN 'agreement terminated' WHEN 'suspended' THEN 'agreement suspended'
        WHEN 'department' THEN 'department suspended' ELSE 'person suspended' END AS problem,
    CASE h.measure
        WHEN 'terminated' THEN '服务协议已解除' WHEN 'suspended' THEN '服务协议已中止'
        WHEN 'department' THEN '相关科室已暂停' ELSE '开单人员已暂停' END AS problem_zh
FROM held AS h
WHERE h.place = 1
