/*
title      = "Charged after death"
title_zh   = "死亡后收费"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (3), art. 41"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第三项、第四十一条"
stage      = "in_force"
moments    = ["audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V17"]
natl_rule  = ["就诊数据异常", "结算数据异常"]
needs      = ["member"]
about      = "A drug or service is dated after the person had died. Where the register knows the moment of death, hours are given for what is posted after the last round; where it knows the day only, until the end of that day. The whole line is at stake."
about_zh   = "药品或服务的发生时间在参保人死亡之后。登记有死亡时刻的，给予数小时的补记时间；仅有死亡日期的，以当日结束为限。涉及金额为该明细全额。"
innocent   = "Left out: lines that nobody asked the fund to pay; services for the dead; newborns on their mother's account; a line at the very midnight that ends the day of death, for it may close that day, or come from a source that writes days without hours. Lines of such a source are thus accused from the second day after death on, and a death at the very midnight is taken for one of which only the day is known. A bill settled later by the family counts by the dates of its lines. Not visible in the data: a wrong identity number in the register of deaths, which closes the finding as a fault of the data."
innocent_zh = "不计入：未纳入基金支付的明细；遗体料理项目；母婴共用账户；死亡次日零时整的明细（可能为当日日终记账，也可能因数据来源只记日期）。因此只记日期的明细自死亡后第二日起计为疑点；死亡时刻登记为零时整的，按仅有死亡日期处理。家属事后结算的，以明细发生时间为准。数据无法识别：死亡登记的身份号码有误（核实后按数据问题办结）。"
because    = "Billed at {done_at}; the register records death on {died_on}"
because_zh = "{done_at}计费，登记死亡日期为{died_on}"

[parameters.hours]
value  = 2
source = "catalogue B30, TOL: starting value, not law"
since  = 2026-04-01

[columns]
quantity = "qty"

[given]
k_mortuary = """
item            | name
009901000390000 | 遗体料理
"""

[examples."Died on 5 March, a drug on 7 March; a line of that morning; a living person · 3月5日死亡，3月7日用药；当日清晨的明细；健在者"]
member = """
member | died_on
Li     | 2026-03-05
Wu     | -
"""
charge = """
charge | member | done_at             | amount | flagged
a      | Li     | 2026-03-07 10:00:00 | 35.00  | 35.00 certain
b      | Li     | 2026-03-05 06:00:00 | 35.00  |
c      | Wu     | 2026-03-07 10:00:00 | 35.00  |
"""

[examples."The end of the day of death, and a second later · 死亡当日结束时刻；再过一秒"]
member = """
member | died_on
Li     | 2026-03-05
"""
charge = """
charge | done_at             | flagged
a      | 2026-03-05 23:59:59 |
b      | 2026-03-06 00:00:00 |
c      | 2026-03-06 00:00:01 | yes
"""

[examples."Two hours after the moment of death, and a second later · 死亡时刻后两小时；再过一秒"]
member = """
member | died_at
Li     | 2026-03-05 10:00:00
"""
charge = """
charge | done_at             | flagged
a      | 2026-03-05 12:00:00 |
b      | 2026-03-05 12:00:01 | yes
"""

[examples."A source that writes days only: the day after death, and the second; the hour of death known or not · 只记日期的数据来源：死亡次日、第二日；死亡时刻已知或未知"]
member = """
member | died_on    | died_at
Li     | 2026-03-05 | -
Wu     | 2026-03-05 | 2026-03-05 10:00:00
"""
charge = """
charge | member | done_at             | flagged
a      | Li     | 2026-03-05 00:00:00 |
b      | Li     | 2026-03-06 00:00:00 |
c      | Li     | 2026-03-07 00:00:00 | yes
d      | Wu     | 2026-03-05 00:00:00 |
e      | Wu     | 2026-03-06 00:00:00 |
f      | Wu     | 2026-03-06 00:00:01 | yes
g      | Wu     | 2026-03-07 00:00:00 | yes
"""

[examples."A register that writes the day of death as its midnight · 死亡登记将日期记作零时整"]
member = """
member | died_at
Li     | 2026-03-05 00:00:00
Wu     | 2026-03-05 00:00:01
"""
charge = """
charge | member | done_at             | flagged
a      | Li     | 2026-03-05 18:00:00 |
b      | Li     | 2026-03-06 08:00:00 | yes
c      | Wu     | 2026-03-05 18:00:00 | yes
"""

[examples."Services for the dead; a self-payer; a newborn on the account of a mother who died · 遗体料理；全自费；产妇死亡后账户上的新生儿"]
member = """
member | died_on
Li     | 2026-03-05
"""
charge = """
charge | item            | done_at             | newborn | amount | eligible | flagged
a      | 009901000390000 | 2026-03-06 10:00:00 |         | 35.00  |          |
b      | X               | 2026-03-06 10:00:00 |         | 35.00  | 0.00     |
c      | X               | 2026-03-06 10:00:00 | yes     | 35.00  |          |
d      | X               | 2026-03-06 10:00:00 |         | 35.00  |          | yes
"""
*/
SELECT
    c.institution, c.claim, c.charge, c.amount AS at_stake,
    c.item, c.done_at, m.died_on, m.died_at, c.kind, c.quantity
FROM charge AS c
JOIN member AS m ON m.member = c.member
WHERE m.died_on IS NOT NULL AND c.eligible > 0 AND NOT c.newborn
    AND CASE
        WHEN m.died_at IS NULL OR m.died_at = midnight(m.died_on) THEN date_diff('second', midnight(days_after(m.died_on, 1)), c.done_at) > 0
        ELSE date_diff('second', m.died_at, c.done_at) > $hours * 3600 AND c.done_at <> midnight(days_after(m.died_on, 1)) END
    AND NOT EXISTS (SELECT 1 FROM k_mortuary AS k WHERE k.item = c.item AND in_force(k, c))
