/*
title      = "Drugs sold without reading their codes"
title_zh   = "追溯码采集率低"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 39; Implementing Rules (NHSA Order 7), art. 9; notice of four departments on the traceability codes of drugs, 19 March 2025"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第三十九条；《实施细则》（国家医疗保障局令第7号）第九条；四部门关于药品追溯码采集应用的通知（2025年3月19日）"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S2"
violations = ["V22"]
natl_rule  = []
needs      = ["scan"]
subject    = "institution"
about      = "In a month an institution had the code of a pack read at less than half of its sales of drugs to take home, although all packs are to be read before settlement. The institution is named with its share. No amount is in question: the institution is asked to put it right."
about_zh   = "当月售出的院外用药明细中，有追溯码扫码记录的不足一半，而结算前应逐盒扫码。列出该机构及其采集率，不涉及金额，应责令改正。"
innocent   = "Left out: drugs given in a stay; slices and what is no drug; sales before all codes were to be read; institutions with few such sales. A line counts as read when one of its packs was. Not visible in the data: old stock without codes, which is kept in a pool of its own; injections given in a clinic out of an opened pack; codes that cannot be read; a till that was out of order. This is why the share and no single line is accused."
innocent_zh = "不计入：住院用药；中药饮片及非药品；全面采集日期之前的销售；此类明细很少的机构。一条明细中有一盒扫码即计为已采集。数据无法识别：列入无码库的存量药品；门诊拆零使用的注射剂；标识无法识读；扫码设备故障。因此只按采集率提出，不针对单条明细。"
because    = "Of {lines} sales of drugs {read} had a code read ({rate} per cent)"
because_zh = "{lines}条售药明细中仅{read}条有追溯码（{rate}%）"

[parameters.percent]
value  = 50
source = "between the examples of catalogue F09 (12 per cent is accused): starting value, not law"
since  = 2026-04-01

[parameters.lines]
value  = 20
source = "so that a few sales without a code do not decide; starting value, not law"
since  = 2026-04-01

[parameters.begins]
value  = "2026-01-01"
source = "notice of four departments on the traceability codes of drugs, 19 March 2025: all packs from 1 January 2026"
since  = 2026-04-01

[examples."Three of twenty-five read in February 2026; half; 25 of 51 · 2026年2月25条仅扫3条；恰为一半；51条扫25条"]
charge = """
charge | institution | kind       | item       | day        | flagged
a01    | North       | pharmacy   | XA02BCF001 | 2026-02-05 | 0.00 high
a02    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a03    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a04    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a05    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a06    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a07    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a08    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a09    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a10    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a11    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a12    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a13    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a14    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a15    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a16    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a17    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a18    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a19    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a20    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a21    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a22    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a23    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a24    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
a25    | North       | pharmacy   | XA02BCF001 | 2026-02-05 |
b01    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b02    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b03    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b04    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b05    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b06    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b07    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b08    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b09    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b10    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b11    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b12    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b13    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b14    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b15    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b16    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b17    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b18    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b19    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
b20    | South       | pharmacy   | XA02BCF001 | 2026-02-05 |
c01    | East        | outpatient | XA02BCF001 | 2026-02-05 | yes
c02    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c03    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c04    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c05    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c06    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c07    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c08    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c09    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c10    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c11    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c12    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c13    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c14    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c15    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c16    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c17    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c18    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c19    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c20    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c21    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c22    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c23    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c24    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c25    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c26    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c27    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c28    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c29    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c30    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c31    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c32    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c33    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c34    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c35    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c36    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c37    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c38    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c39    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c40    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c41    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c42    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c43    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c44    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c45    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c46    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c47    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c48    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c49    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c50    | East        | outpatient | XA02BCF001 | 2026-02-05 |
c51    | East        | outpatient | XA02BCF001 | 2026-02-05 |
"""
scan = """
charge | institution | event | code
a01    | North       | sale  | 97001
a02    | North       | sale  | 97002
a03    | North       | sale  | 97003
b01    | South       | sale  | 98001
b02    | South       | sale  | 98002
b03    | South       | sale  | 98003
b04    | South       | sale  | 98004
b05    | South       | sale  | 98005
b06    | South       | sale  | 98006
b07    | South       | sale  | 98007
b08    | South       | sale  | 98008
b09    | South       | sale  | 98009
b10    | South       | sale  | 98010
c01    | East        | sale  | 99001
c02    | East        | sale  | 99002
c03    | East        | sale  | 99003
c04    | East        | sale  | 99004
c05    | East        | sale  | 99005
c06    | East        | sale  | 99006
c07    | East        | sale  | 99007
c08    | East        | sale  | 99008
c09    | East        | sale  | 99009
c10    | East        | sale  | 99010
c11    | East        | sale  | 99011
c12    | East        | sale  | 99012
c13    | East        | sale  | 99013
c14    | East        | sale  | 99014
c15    | East        | sale  | 99015
c16    | East        | sale  | 99016
c17    | East        | sale  | 99017
c18    | East        | sale  | 99018
c19    | East        | sale  | 99019
c20    | East        | sale  | 99020
c21    | East        | sale  | 99021
c22    | East        | sale  | 99022
c23    | East        | sale  | 99023
c24    | East        | sale  | 99024
c25    | East        | sale  | 99025
"""

[examples."Nineteen lines; stays; slices; before the day; read twice is read once; a return is no reading of a sale · 19条；住院；饮片；日期之前；两次扫码计一次；退货扫码不算"]
charge = """
charge | institution | kind      | item       | day        | flagged
a01    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a02    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a03    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a04    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a05    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a06    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a07    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a08    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a09    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a10    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a11    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a12    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a13    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a14    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a15    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a16    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a17    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a18    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
a19    | North       | pharmacy  | XA02BCF001 | 2026-02-05 |
b01    | North       | inpatient | XA02BCF001 | 2026-02-05 |
b02    | North       | inpatient | XA02BCF001 | 2026-02-05 |
b03    | North       | inpatient | XA02BCF001 | 2026-02-05 |
c01    | North       | pharmacy  | T000000001 | 2026-02-05 |
c02    | North       | pharmacy  | T000000001 | 2026-02-05 |
c03    | North       | pharmacy  | T000000001 | 2026-02-05 |
d01    | North       | pharmacy  | XA02BCF001 | 2025-12-31 |
d02    | North       | pharmacy  | XA02BCF001 | 2025-12-31 |
d03    | North       | pharmacy  | XA02BCF001 | 2025-12-31 |
e01    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e02    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e03    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e04    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e05    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e06    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e07    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e08    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e09    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e10    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e11    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e12    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e13    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e14    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e15    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e16    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e17    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e18    | South       | chronic   | XA02BCF001 | 2026-02-05 |
e19    | South       | chronic   | XA02BCF001 | 2026-02-05 |
f01    | South       | pharmacy  | XA02BCF001 | 2026-01-01 | yes
"""
scan = """
charge | institution | event  | code
e01    | South       | sale   | 90
e01    | South       | sale   | 91
e01    | South       | sale   | 92
e01    | South       | sale   | 93
e01    | South       | sale   | 94
e01    | South       | sale   | 95
e01    | South       | sale   | 96
e01    | South       | sale   | 97
e01    | South       | sale   | 98
e01    | South       | sale   | 99
e01    | South       | sale   | 910
e01    | South       | sale   | 911
e01    | South       | return | 101001
e02    | South       | return | 101002
e03    | South       | return | 101003
e04    | South       | return | 101004
e05    | South       | return | 101005
e06    | South       | return | 101006
e07    | South       | return | 101007
e08    | South       | return | 101008
e09    | South       | return | 101009
e10    | South       | return | 101010
e11    | South       | return | 101011
e12    | South       | return | 101012
e02    | South       | sale   | 77
"""

[examples."A code-free product among read ones; read at sale · 个别无码药品"]
charge = """
charge | institution | kind     | item       | day        | flagged
a01    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a02    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a03    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a04    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a05    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a06    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a07    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a08    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a09    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a10    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a11    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a12    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a13    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a14    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a15    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a16    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a17    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a18    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a19    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
a20    | North       | pharmacy | XA02BCF001 | 2026-02-05 |
b01    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b02    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b03    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b04    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b05    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b06    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b07    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b08    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b09    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b10    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b11    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b12    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b13    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b14    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b15    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b16    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b17    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b18    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b19    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
b20    | South       | pharmacy | XA02BCF001 | 2026-02-05 |
"""
scan = """
charge | institution | event | code
a01    | North       | sale  | 97001
a02    | North       | sale  | 97002
a03    | North       | sale  | 97003
a04    | North       | sale  | 97004
a05    | North       | sale  | 97005
a06    | North       | sale  | 97006
a07    | North       | sale  | 97007
a08    | North       | sale  | 97008
a09    | North       | sale  | 97009
a10    | North       | sale  | 97010
a11    | North       | sale  | 97011
a12    | North       | sale  | 97012
a13    | North       | sale  | 97013
a14    | North       | sale  | 97014
a15    | North       | sale  | 97015
a16    | North       | sale  | 97016
a17    | North       | sale  | 97017
a18    | North       | sale  | 97018
a19    | North       | sale  | 97019
b01    | South       | sale  | 98001
b02    | South       | sale  | 98002
b03    | South       | sale  | 98003
b04    | South       | sale  | 98004
b05    | South       | sale  | 98005
b06    | South       | sale  | 98006
b07    | South       | sale  | 98007
b08    | South       | sale  | 98008
b09    | South       | sale  | 98009
b10    | South       | sale  | 98010
b11    | South       | sale  | 98011
b12    | South       | sale  | 98012
b13    | South       | sale  | 98013
b14    | South       | sale  | 98014
b15    | South       | sale  | 98015
b16    | South       | sale  | 98016
b17    | South       | sale  | 98017
b18    | South       | sale  | 98018
b19    | South       | sale  | 98019
b20    | South       | sale  | 98020
b01    | South       | sale  | 9001
"""
*/
WITH sold AS (  -- each sale of a drug to take home
    SELECT c.institution, c.charge
    FROM charge AS c
    WHERE c.kind IN ('outpatient', 'chronic', 'pharmacy') AND c.item_kind = 'drug' AND c.day >= CAST($begins AS DATE)
), marked AS (  -- and whether the code of a pack was read for it
    SELECT s.institution, CASE WHEN s.charge IN (SELECT r.charge FROM scan AS r WHERE r.event = 'sale') THEN 1 ELSE 0 END AS was_read
    FROM sold AS s
), counted AS (
    SELECT m.institution, count(*) AS lines, sum(m.was_read) AS read FROM marked AS m GROUP BY m.institution
)
SELECT
    n.institution, NULL AS claim, n.institution AS subject, 0 AS at_stake,
    n.lines, n.read, n.read * 100 // n.lines AS rate
FROM counted AS n WHERE n.lines >= $lines AND n.read * 100 < n.lines * $percent
