/*
title      = "Settled online while online settlement is suspended"
title_zh   = "暂停联网结算期间联网结算"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 41"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十一条"
stage      = "trial"
moments    = ["remind", "review"]  # a claim handed in on paper is due, and no stored claim says how it came
certainty  = "certain"
severity   = "S2"
violations = ["V13"]
natl_rule  = []
about      = "A line that the fund pays is to be settled online on a day on which this person's online settlement is suspended by a served penalty. The person is treated, pays first, and claims back on paper. It holds at every institution. The whole line is at stake."
about_zh   = "参保人因生效处罚被暂停医疗费用联网结算期间，拟联网结算由基金支付的明细。应正常提供诊疗服务，费用由本人先行全额支付，再到参保地经办机构手工报销。其效力及于全国所有定点医药机构。涉及金额为该明细全额。"
innocent   = "Left out: lines that the person pays alone; days before the suspension began and after it ended, was lifted or fell. Emergencies are not left out: they are treated like all else, and claimed back on paper. Not visible in the data: who is insured under a number that was mistyped."
innocent_zh = "不计入：个人自费明细；暂停生效之前以及期满、解除或随处罚撤销之后的明细。急诊不例外：照常诊治，费用事后手工报销。数据无法识别：参保人编号录入错误。"
because    = "This person's online settlement is suspended from {first_day} to {last_day}: treat as usual, let the person pay first, and give the papers with which the cost of {day} is claimed back at the agency where the person is insured"
because_zh = "该参保人自{first_day}起至{last_day}暂停医疗费用联网结算：请照常诊治，{day}费用由本人先行支付，并提供票据、费用清单等材料，由本人到参保地经办机构办理手工（零星）报销"

[columns]
quantity = "qty"

[given]
k_offline = """
number | member | since      | until
1      | Li     | 2026-05-01 | 2026-07-31
"""

[examples]
"Suspended for three months; the first day, the last, the days beside them, and somebody else · 暂停三个月；首日、末日、前后各一日；他人" = """
charge | member | day        | amount | flagged
a      | Li     | 2026-05-20 | 80.00  | 80.00 certain
b      | Li     | 2026-04-30 |        |
c      | Li     | 2026-05-01 |        | yes
d      | Li     | 2026-07-31 |        | yes
e      | Li     | 2026-08-01 |        |
f      | Wu     | 2026-05-20 |        |
"""
"At every institution, in an emergency too · 各机构均有效，急诊亦同" = """
charge | member | institution | day        | kind      | flagged
a      | Li     | North       | 2026-05-20 | emergency | certain
b      | Li     | South       | 2026-05-20 |           | certain
c      | Li     | Far         | 2026-05-20 | inpatient | certain
"""
"The person pays alone; the fund pays a fen · 全部自费；基金认可一分" = """
charge | member | day        | eligible | flagged
a      | Li     | 2026-05-20 | 0.00     |
b      | Li     | 2026-05-20 | 0.01     | 100.00
"""

[examples."Two penalties hold: one finding · 两次处罚同时有效，只计一次"]
k_offline = """
number | member | since      | until
1      | Li     | 2026-05-01 | 2026-07-31
2      | Li     | 2026-05-10 | 2026-08-31
"""
charge = """
charge | member | day        | flagged
a      | Li     | 2026-05-20 | 100.00
b      | Li     | 2026-08-20 | 100.00
"""
*/
WITH held AS (  -- each line of somebody whose online settlement was suspended that day, with the first that held
    SELECT
        c.institution, c.claim, c.charge, c.amount, c.day, c.item, c.quantity,
        k.since AS first_day, k.until AS last_day, row_number() OVER (PARTITION BY c.charge ORDER BY k.number) AS place
    FROM charge AS c
    JOIN k_offline AS k ON k.member = c.member
    WHERE in_force(k, c) AND c.eligible > 0
)
SELECT
    h.institution, h.claim, h.charge, h.amount AS at_stake, h.day, h.item, h.quantity, h.first_day, h.last_day
FROM held AS h
WHERE h.place = 1
