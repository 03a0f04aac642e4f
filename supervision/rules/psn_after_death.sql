/*
title      = "Care or purchase after death"
title_zh   = "死亡后就医购药"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (1), art. 41"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第一项、第四十一条"
stage      = "in_force"
moments    = ["audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V15", "V19"]
natl_rule  = ["就诊数据异常", "结算数据异常"]
needs      = ["member"]
about      = "A visit, a purchase or a stay began more than a day after the day on which the person had died: somebody else used the credential, or nobody came at all. At stake is what the fund paid for the whole claim. Single lines after death within a stay that began before are the matter of the rule on charges after death."
about_zh   = "就诊、购药或住院开始于参保人死亡日期一天之后：他人冒用凭证，或并无其人就诊。涉及金额为该次就诊的基金支付额。生前开始的住院中死亡后的明细，由“死亡后收费”规则处理。"
innocent   = "Left out: care of the body; lines the fund was not asked to pay; newborns on their mother's account; claims whose lines were all taken back. The first day after death is let pass, for registers are sometimes a day early. A bill of before that the family settles later counts by the day it began. Not visible in the data: a wrong identity number in the register of deaths, which closes the finding as a fault of the data."
innocent_zh = "不计入：遗体料理；未纳入基金支付的明细；母婴共用账户；明细已全部冲销的就诊。死亡次日不计（登记日期可能早一天）。生前就诊由家属事后结算的，以就诊开始时间为准。数据无法识别：死亡登记的身份号码有误（核实后按数据问题办结）。"
because    = "Began on {day}; the register records death on {died_on}"
because_zh = "{day}就诊，登记死亡日期为{died_on}"

[parameters.days]
value  = 1
source = "catalogue E03, TOL: starting value, not law"
since  = 2026-04-01

[given]
k_mortuary = """
item            | name
009901000390000 | 遗体料理
"""
member = """
member | died_on
Li     | 2026-03-02
Wu     | -
"""

[examples."Died on 2 March, a purchase on 20 March; a living person · 3月2日死亡，3月20日购药；健在者"]
visit = """
claim | member | kind     | day        | paid  | flagged
a     | Li     | pharmacy | 2026-03-20 | 36.00 | 36.00 certain
b     | Wu     | pharmacy | 2026-03-20 | 36.00 |
"""
charge = """
charge | claim | member | day        | amount
x      | a     | Li     | 2026-03-20 | 36.00
y      | b     | Wu     | 2026-03-20 | 36.00
"""

[examples."The lines were taken back: nothing is left · 明细已全部冲销"]
visit = """
claim | member | kind     | day        | paid
a     | Li     | pharmacy | 2026-03-20 | 0.00
"""
charge = """
charge | claim | member | day        | amount
x      | z     | Li     | 2026-03-20 | 36.00
"""

[examples."The day after death, and the second day after · 死亡次日、第二日"]
visit = """
claim | member | day        | flagged
a     | Li     | 2026-03-03 |
b     | Li     | 2026-03-04 | yes
"""
charge = """
charge | claim | member | day
x      | a     | Li     | 2026-03-03
y      | b     | Li     | 2026-03-04
"""

[examples."A stay that began after death, and one that began before · 死亡后开始的住院；生前开始的住院"]
stay = """
claim | member | admitted   | discharged | paid    | flagged
a     | Li     | 2026-03-10 | 2026-03-15 | 4000.00 | 4000.00
b     | Li     | 2026-02-25 | 2026-03-06 | 3000.00 |
"""
charge = """
charge | claim | member | kind      | day
x      | a     | Li     | inpatient | 2026-03-11
y      | b     | Li     | inpatient | 2026-03-05
"""

[examples."Care of the body; paid alone; a newborn on the account · 遗体料理；全自费；母婴共用账户"]
visit = """
claim | member | day        | flagged
a     | Li     | 2026-03-20 |
b     | Li     | 2026-03-20 |
c     | Li     | 2026-03-20 |
d     | Li     | 2026-03-20 | yes
"""
charge = """
charge | claim | member | item            | day        | eligible | newborn
w      | a     | Li     | 009901000390000 | 2026-03-20 |          |
x      | b     | Li     | X               | 2026-03-20 | 0.00     |
y      | c     | Li     | X               | 2026-03-20 |          | yes
z1     | d     | Li     | 009901000390000 | 2026-03-20 |          |
z2     | d     | Li     | X               | 2026-03-20 |          |
"""
*/
WITH begun AS (  -- every claim of the month whose person is dead
    SELECT v.institution, v.claim, v.paid, v.kind, v.day, m.died_on
    FROM visit AS v JOIN member AS m ON m.member = v.member
    WHERE m.died_on IS NOT NULL
    UNION ALL
    SELECT s.institution, s.claim, s.paid, 'inpatient', s.admitted_on, m.died_on
    FROM stay AS s JOIN member AS m ON m.member = s.member
    WHERE m.died_on IS NOT NULL
), billed AS (  -- what was billed to them, but for the care of the dead
    SELECT c.claim, c.item, c.day, c.province, c.area
    FROM charge AS c
    WHERE c.claim IN (SELECT b.claim FROM begun AS b) AND c.eligible > 0 AND NOT c.newborn
), lived AS (
    SELECT c.claim FROM billed AS c
    WHERE NOT EXISTS (SELECT 1 FROM k_mortuary AS k WHERE k.item = c.item AND in_force(k, c))
)
SELECT b.institution, b.claim, b.paid AS at_stake, b.kind, b.day, b.died_on
FROM begun AS b
WHERE date_diff('day', b.died_on, b.day) > $days
    AND b.claim IN (SELECT c.claim FROM lived AS c)
