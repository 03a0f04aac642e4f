/*
title      = "Two stays at once"
title_zh   = "住院时间重叠"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 38 (1), art. 40 (3); national list of rule types 2025, no. 49 and 52"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十八条第一项、第四十条第三项；国家两库（2025年版）第49类、第52类规则"
stage      = "in_force"
moments    = ["review", "audit"]
certainty  = "certain"
severity   = "S4"
violations = ["V02", "V17"]
natl_rule  = ["频繁住院", "分解住院"]
about      = "One person lay in two institutions at once for at least the hours below. Accused is the claim settled later; at stake is what the fund paid for it. The other stay is shown beside it, for either may be the false one."
about_zh   = "同一参保人在两家机构同时住院达到规定小时数。以后结算的就诊为疑点，涉及金额为其基金支付额；另一次住院一并列示，二者均可能不实。"
innocent   = "Left out: stays of one institution; newborns on their mother's account; a documented transfer, which is given further hours for its papers. Slight suspicion where the stay that ended first overlaps by less than two days and charged no bed after the other admission: its discharge was posted late. Not visible in the data: a wrong time of discharge without that pattern; an undocumented emergency transfer."
innocent_zh = "不计入：同一机构的住院；母婴共用账户；有记录的转院（另加手续时间）。先出院的一方重叠不足两天且在对方入院后未再收床位费的，可能为出院登记滞后，降为轻度可疑。数据无法识别：其他情形的出院时间错误；无记录的急诊转院。"
because    = "In {institution} from {admitted} to {discharged}, and in {other_institution} from {other_admitted} to {other_discharged}: {hours} hours in both"
because_zh = "{admitted}至{discharged}在{institution}住院，{other_admitted}至{other_discharged}在{other_institution}住院，重叠{hours}小时"
back       = 12

[parameters.hours]
value  = 24
source = "catalogue D06, OVER_H: starting value, not law"
since  = 2026-04-01

[parameters.transfer_hours]
value  = 24
source = "catalogue D06, TRANSFER_LINK_H: starting value, not law"
since  = 2026-04-01

[columns]
other_institution = "institution"

[given]
k_bed = """
item            | name
001109000010000 | 普通病房床位费
"""

[examples]
"Hospital North from 1 to 10 June, South from 4 to 12 June · 甲院6月1日至10日，乙院6月4日至12日" = """
claim | member | institution | admitted   | discharged | paid    | flagged
a     | Li     | North       | 2026-06-01 | 2026-06-10 | 6000.00 |
b     | Li     | South       | 2026-06-04 | 2026-06-12 | 5000.00 | 5000.00 certain
"""
"North from 1 to 10, South from 10 to 12; another person · 甲院1日至10日，乙院10日至12日；不同患者" = """
claim | member | institution | admitted            | discharged
a     | Li     | North       | 2026-06-01 09:00:00 | 2026-06-10 09:00:00
b     | Li     | South       | 2026-06-10 11:00:00 | 2026-06-12 09:00:00
c     | Wu     | South       | 2026-06-04 11:00:00 | 2026-06-09 09:00:00
"""
"Twenty-four hours, and a second less · 重叠24小时；少一秒" = """
claim | member | institution | admitted            | discharged          | flagged
a     | Li     | North       | 2026-06-01 09:00:00 | 2026-06-10 09:00:00 |
b     | Li     | South       | 2026-06-09 09:00:00 | 2026-06-19 09:00:00 | yes
c     | Wu     | North       | 2026-06-01 09:00:00 | 2026-06-10 08:59:59 |
d     | Wu     | South       | 2026-06-09 09:00:00 | 2026-06-19 09:00:00 |
"""
"One institution; a newborn; a documented transfer up to two days · 同一机构；新生儿；两天以内的转院" = """
claim | member | institution | admitted            | discharged          | newborn | transferred | flagged
a     | Li     | North       | 2026-06-01 09:00:00 | 2026-06-10 09:00:00 |         |             |
b     | Li     | North       | 2026-06-05 09:00:00 | 2026-06-12 09:00:00 |         |             |
c     | Wu     | North       | 2026-06-01 09:00:00 | 2026-06-10 09:00:00 |         |             |
d     | Wu     | South       | 2026-06-05 09:00:00 | 2026-06-12 09:00:00 | yes     |             |
e     | Xu     | North       | 2026-06-01 09:00:00 | 2026-06-10 09:00:00 |         |             |
f     | Xu     | South       | 2026-06-08 10:00:00 | 2026-06-20 09:00:00 |         | yes         |
g     | Sun    | North       | 2026-06-01 09:00:00 | 2026-06-10 09:00:00 |         | yes         |
h     | Sun    | South       | 2026-06-08 09:00:00 | 2026-06-20 09:00:00 |         |             | yes
"""
"A stay within another: the one settled later is accused · 一次住院包含另一次：以后结算者为疑点" = """
claim | member | institution | admitted   | discharged | paid    | flagged
a     | Li     | North       | 2026-06-01 | 2026-06-20 | 9000.00 | 9000.00
b     | Li     | South       | 2026-06-04 | 2026-06-08 | 2000.00 |
"""

[examples."A discharge posted a day late is slight; with beds charged until then it is not · 出院登记晚一天为轻度可疑；期间仍收床位费则不然"]
stay = """
claim | member | institution | admitted            | discharged          | flagged
a     | Li     | North       | 2026-06-01 09:00:00 | 2026-06-10 17:00:00 |
b     | Li     | South       | 2026-06-09 09:00:00 | 2026-06-15 09:00:00 | low
c     | Wu     | North       | 2026-06-01 09:00:00 | 2026-06-10 17:00:00 |
d     | Wu     | South       | 2026-06-09 09:00:00 | 2026-06-15 09:00:00 | certain
"""
charge = """
charge | claim | member | institution | item            | day
x      | a     | Li     | North       | 001109000010000 | 2026-06-09
y      | c     | Wu     | North       | 001109000010000 | 2026-06-10
"""

[examples."The earlier stay was settled months before · 较早的住院在数月前结算"]
stay_history = """
claim | member | institution | admitted   | discharged
a     | Li     | North       | 2026-01-01 | 2026-03-10
"""
stay = """
claim | member | institution | admitted   | discharged | paid    | flagged
b     | Li     | South       | 2026-03-05 | 2026-06-12 | 5000.00 | 5000.00
"""
*/
WITH both AS (
    SELECT
        b.institution, b.claim, b.member, b.paid, b.admitted, b.discharged,
        a.claim AS other_claim, a.institution AS other_institution, a.admitted AS other_admitted, a.discharged AS other_discharged,
        hours(greatest(a.admitted, b.admitted), least(a.discharged, b.discharged)) AS hours,
        CASE WHEN a.discharged <= b.discharged THEN a.claim ELSE b.claim END AS ended_first,
        CASE WHEN a.discharged <= b.discharged THEN b.admitted_on ELSE a.admitted_on END AS other_began,
        row_number() OVER (
            PARTITION BY b.claim
            ORDER BY date_diff('second', greatest(a.admitted, b.admitted), least(a.discharged, b.discharged)) DESC, a.claim) AS place
    FROM stay AS b
    JOIN stay_history AS a ON a.member = b.member AND a.institution <> b.institution
    WHERE (a.settled_at < b.settled_at OR (a.settled_at = b.settled_at AND a.claim < b.claim)) AND NOT a.newborn AND NOT b.newborn
        AND hours(greatest(a.admitted, b.admitted), least(a.discharged, b.discharged))
            >= $hours + CASE WHEN a.transferred OR b.transferred THEN $transfer_hours ELSE 0 END
), judged AS (
    SELECT
        w.*, CASE
            WHEN w.hours < 48 AND NOT EXISTS (
                SELECT 1 FROM history AS h JOIN k_bed AS k ON k.item = h.item
                WHERE h.claim = w.ended_first AND h.day > w.other_began) THEN 'low'
            ELSE 'certain' END AS certainty
    FROM both AS w
    WHERE w.place = 1
)
SELECT
    j.institution, j.claim, 'accused' AS role, j.paid AS at_stake, j.certainty, j.claim AS finding,
    j.admitted, j.discharged, j.other_claim, j.other_institution, j.other_admitted, j.other_discharged, j.hours
FROM judged AS j
UNION ALL
SELECT
    j.other_institution, j.other_claim, 'involved', 0, j.certainty, j.claim,
    j.admitted, j.discharged, j.other_claim, j.other_institution, j.other_admitted, j.other_discharged, j.hours
FROM judged AS j
