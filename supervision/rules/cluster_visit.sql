/*
title      = "Coming and going as a group"
title_zh   = "组团就医（同进同出）"
basis      = "Regulation on the Supervision and Administration of the Use of Medical Security Funds (State Council Order 735), art. 40 (1), (3)"
basis_zh   = "《医疗保障基金使用监督管理条例》（国务院令第735号）第四十条第一项、第三项"
stage      = "trial"
moments    = ["audit"]
certainty  = "high"
severity   = "S4"
violations = ["V15", "V17"]
natl_rule  = ["频繁门诊"]
about      = "Six or more persons came to one department of an institution, or to one pharmacy, within the same two hours on four or more days of this month and the one before, each of them together with at least five of the others: somebody brings them, or only their cards. All visits of the month that they made together are named. This is a lead: no amount is in question by itself."
about_zh   = "六名及以上参保人在当月及上月内至少四天于同一两小时内到同一机构同一科室（或同一药店）就诊，每人均与其中至少五人同行：可能有人组织，或仅为集中刷卡。列出当月共同就诊的各次，作为线索，本身不涉及金额。"
innocent   = "Left out: dialysis, and services with a paid course, for which many come by appointment; emergencies and home beds; visits of which only the day is known; hours in which more than fifteen regulars came, for a busy hour brings anybody together. Not visible in the data: a care home whose people are brought together; a family; the fixed days of a village doctor or a consultant; chemotherapy or radiotherapy by appointment that is on no list; the telephone that registered them."
innocent_zh = "不计入：血液透析、限疗程治疗等按预约集中就诊的；急诊、家庭病床；仅记日期、无时刻的就诊；常客超过十五人的时段（高峰时段可能偶然相遇）。数据无法识别：养老机构统一送诊；家庭成员；乡村医生、专家固定出诊日；未列入清单的预约放化疗；预约电话。"
because    = "Came at {started} among {together} persons who keep coming together; {partners} persons came with this one on {days} days or more each"
because_zh = "{started}就诊，同时段有经常同行者{together}人；与本人同行不少于{days}天的有{partners}人"
back       = 1  # the catalogue's sixty days, as this month and the one before

[parameters.people]
value  = 6
source = "catalogue F12, N: starting value, not law"
since  = 2026-04-01

[parameters.days]
value  = 4
source = "catalogue F12, K: starting value, not law"
since  = 2026-04-01

[parameters.crowd]
value  = 15
source = "catalogue F12, B_MAX, for which it gives no number: starting value, not law"
since  = 2026-04-01

[given]
k_dialysis = """
item            | name         | until
003110000060000 | 血液透析     |
003110000080000 | 血液透析滤过 | 2026-03-01
"""
k_course_item = """
item            | name             | most | until
003402000210000 | 减重支持系统训练 | 30   |
003402000220000 | 轮椅功能训练     | 30   | 2026-03-01
"""

[examples]
[examples."Six retirees together on four days; a neighbour once among them; one of them alone, and among five regulars; all once in another department; at a pharmacy · 6名退休人员4天同时就诊；偶遇邻人一次；其中一人单独就诊、与另5名常客相遇；6人一次同到另一科室；药店"]
visit = """
claim | member | institution | department | kind       | started             | day        | month   | flagged
v001  | M1     | North       | A02        | outpatient | 2026-03-02 10:01    | 2026-03-02 | 2026-03 | 0.00 high
v002  | M2     | North       | A02        | outpatient | 2026-03-02 10:02    | 2026-03-02 | 2026-03 | yes
v003  | M3     | North       | A02        | outpatient | 2026-03-02 10:03    | 2026-03-02 | 2026-03 | yes
v004  | M4     | North       | A02        | outpatient | 2026-03-02 10:04    | 2026-03-02 | 2026-03 | yes
v005  | M5     | North       | A02        | outpatient | 2026-03-02 10:05    | 2026-03-02 | 2026-03 | yes
v006  | M6     | North       | A02        | outpatient | 2026-03-02 11:59:59 | 2026-03-02 | 2026-03 | yes
v007  | M1     | North       | A02        | outpatient | 2026-03-05 10:01    | 2026-03-05 | 2026-03 | 0.00 high
v008  | M2     | North       | A02        | outpatient | 2026-03-05 10:02    | 2026-03-05 | 2026-03 | yes
v009  | M3     | North       | A02        | outpatient | 2026-03-05 10:03    | 2026-03-05 | 2026-03 | yes
v010  | M4     | North       | A02        | outpatient | 2026-03-05 10:04    | 2026-03-05 | 2026-03 | yes
v011  | M5     | North       | A02        | outpatient | 2026-03-05 10:05    | 2026-03-05 | 2026-03 | yes
v012  | M6     | North       | A02        | outpatient | 2026-03-05 11:59:59 | 2026-03-05 | 2026-03 | yes
v013  | M1     | North       | A02        | outpatient | 2026-03-09 10:01    | 2026-03-09 | 2026-03 | 0.00 high
v014  | M2     | North       | A02        | outpatient | 2026-03-09 10:02    | 2026-03-09 | 2026-03 | yes
v015  | M3     | North       | A02        | outpatient | 2026-03-09 10:03    | 2026-03-09 | 2026-03 | yes
v016  | M4     | North       | A02        | outpatient | 2026-03-09 10:04    | 2026-03-09 | 2026-03 | yes
v017  | M5     | North       | A02        | outpatient | 2026-03-09 10:05    | 2026-03-09 | 2026-03 | yes
v018  | M6     | North       | A02        | outpatient | 2026-03-09 11:59:59 | 2026-03-09 | 2026-03 | yes
v019  | M1     | North       | A02        | outpatient | 2026-03-12 10:01    | 2026-03-12 | 2026-03 | 0.00 high
v020  | M2     | North       | A02        | outpatient | 2026-03-12 10:02    | 2026-03-12 | 2026-03 | yes
v021  | M3     | North       | A02        | outpatient | 2026-03-12 10:03    | 2026-03-12 | 2026-03 | yes
v022  | M4     | North       | A02        | outpatient | 2026-03-12 10:04    | 2026-03-12 | 2026-03 | yes
v023  | M5     | North       | A02        | outpatient | 2026-03-12 10:05    | 2026-03-12 | 2026-03 | yes
v024  | M6     | North       | A02        | outpatient | 2026-03-12 11:59:59 | 2026-03-12 | 2026-03 | yes
v025  | X      | North       | A02        | outpatient | 2026-03-02 10:30    | 2026-03-02 | 2026-03 |
v026  | M1     | North       | A02        | outpatient | 2026-03-03 10:30    | 2026-03-03 | 2026-03 |
v027  | M2     | North       | A02        | outpatient | 2026-03-02 15:00    | 2026-03-02 | 2026-03 |
v028  | K1     | K           | -          | pharmacy   | 2026-03-02 10:00    | 2026-03-02 | 2026-03 | yes
v029  | K2     | K           | -          | pharmacy   | 2026-03-02 10:00    | 2026-03-02 | 2026-03 | yes
v030  | K3     | K           | -          | pharmacy   | 2026-03-02 10:00    | 2026-03-02 | 2026-03 | yes
v031  | K4     | K           | -          | pharmacy   | 2026-03-02 10:00    | 2026-03-02 | 2026-03 | yes
v032  | K5     | K           | -          | pharmacy   | 2026-03-02 10:00    | 2026-03-02 | 2026-03 | yes
v033  | K6     | K           | -          | pharmacy   | 2026-03-02 10:00    | 2026-03-02 | 2026-03 | yes
v034  | K1     | K           | -          | pharmacy   | 2026-03-05 10:00    | 2026-03-05 | 2026-03 | yes
v035  | K2     | K           | -          | pharmacy   | 2026-03-05 10:00    | 2026-03-05 | 2026-03 | yes
v036  | K3     | K           | -          | pharmacy   | 2026-03-05 10:00    | 2026-03-05 | 2026-03 | yes
v037  | K4     | K           | -          | pharmacy   | 2026-03-05 10:00    | 2026-03-05 | 2026-03 | yes
v038  | K5     | K           | -          | pharmacy   | 2026-03-05 10:00    | 2026-03-05 | 2026-03 | yes
v039  | K6     | K           | -          | pharmacy   | 2026-03-05 10:00    | 2026-03-05 | 2026-03 | yes
v040  | K1     | K           | -          | pharmacy   | 2026-03-09 10:00    | 2026-03-09 | 2026-03 | yes
v041  | K2     | K           | -          | pharmacy   | 2026-03-09 10:00    | 2026-03-09 | 2026-03 | yes
v042  | K3     | K           | -          | pharmacy   | 2026-03-09 10:00    | 2026-03-09 | 2026-03 | yes
v043  | K4     | K           | -          | pharmacy   | 2026-03-09 10:00    | 2026-03-09 | 2026-03 | yes
v044  | K5     | K           | -          | pharmacy   | 2026-03-09 10:00    | 2026-03-09 | 2026-03 | yes
v045  | K6     | K           | -          | pharmacy   | 2026-03-09 10:00    | 2026-03-09 | 2026-03 | yes
v046  | K1     | K           | -          | pharmacy   | 2026-03-12 10:00    | 2026-03-12 | 2026-03 | yes
v047  | K2     | K           | -          | pharmacy   | 2026-03-12 10:00    | 2026-03-12 | 2026-03 | yes
v048  | K3     | K           | -          | pharmacy   | 2026-03-12 10:00    | 2026-03-12 | 2026-03 | yes
v049  | K4     | K           | -          | pharmacy   | 2026-03-12 10:00    | 2026-03-12 | 2026-03 | yes
v050  | K5     | K           | -          | pharmacy   | 2026-03-12 10:00    | 2026-03-12 | 2026-03 | yes
v051  | K6     | K           | -          | pharmacy   | 2026-03-12 10:00    | 2026-03-12 | 2026-03 | yes
v052  | N1     | North       | A02        | outpatient | 2026-03-02 12:30    | 2026-03-02 | 2026-03 |
v053  | N2     | North       | A02        | outpatient | 2026-03-02 14:30    | 2026-03-02 | 2026-03 |
v054  | N3     | North       | A02        | outpatient | 2026-03-02 16:30    | 2026-03-02 | 2026-03 |
v055  | N4     | North       | A02        | outpatient | 2026-03-02 18:30    | 2026-03-02 | 2026-03 |
v056  | N5     | North       | A02        | outpatient | 2026-03-02 20:30    | 2026-03-02 | 2026-03 |
v057  | N1     | North       | A02        | outpatient | 2026-03-05 12:30    | 2026-03-05 | 2026-03 |
v058  | N2     | North       | A02        | outpatient | 2026-03-05 14:30    | 2026-03-05 | 2026-03 |
v059  | N3     | North       | A02        | outpatient | 2026-03-05 16:30    | 2026-03-05 | 2026-03 |
v060  | N4     | North       | A02        | outpatient | 2026-03-05 18:30    | 2026-03-05 | 2026-03 |
v061  | N5     | North       | A02        | outpatient | 2026-03-05 20:30    | 2026-03-05 | 2026-03 |
v062  | N1     | North       | A02        | outpatient | 2026-03-09 12:30    | 2026-03-09 | 2026-03 |
v063  | N2     | North       | A02        | outpatient | 2026-03-09 14:30    | 2026-03-09 | 2026-03 |
v064  | N3     | North       | A02        | outpatient | 2026-03-09 16:30    | 2026-03-09 | 2026-03 |
v065  | N4     | North       | A02        | outpatient | 2026-03-09 18:30    | 2026-03-09 | 2026-03 |
v066  | N5     | North       | A02        | outpatient | 2026-03-09 20:30    | 2026-03-09 | 2026-03 |
v067  | N1     | North       | A02        | outpatient | 2026-03-20 10:00    | 2026-03-20 | 2026-03 |
v068  | N2     | North       | A02        | outpatient | 2026-03-20 10:00    | 2026-03-20 | 2026-03 |
v069  | N3     | North       | A02        | outpatient | 2026-03-20 10:00    | 2026-03-20 | 2026-03 |
v070  | N4     | North       | A02        | outpatient | 2026-03-20 10:00    | 2026-03-20 | 2026-03 |
v071  | N5     | North       | A02        | outpatient | 2026-03-20 10:00    | 2026-03-20 | 2026-03 |
v072  | M1     | North       | A02        | outpatient | 2026-03-20 10:00    | 2026-03-20 | 2026-03 |
v073  | M1     | North       | A03        | outpatient | 2026-03-25 10:00    | 2026-03-25 | 2026-03 |
v074  | M2     | North       | A03        | outpatient | 2026-03-25 10:00    | 2026-03-25 | 2026-03 |
v075  | M3     | North       | A03        | outpatient | 2026-03-25 10:00    | 2026-03-25 | 2026-03 |
v076  | M4     | North       | A03        | outpatient | 2026-03-25 10:00    | 2026-03-25 | 2026-03 |
v077  | M5     | North       | A03        | outpatient | 2026-03-25 10:00    | 2026-03-25 | 2026-03 |
v078  | M6     | North       | A03        | outpatient | 2026-03-25 10:00    | 2026-03-25 | 2026-03 |
"""

[examples."Five persons; three days; one of six two hours later, in another department, at another hospital, in an emergency, in a home bed; days without hours · 5人；3天；6人中一人晚两小时、在另一科室、另一医院、急诊、家庭病床；仅记日期"]
visit = """
claim | member | institution | department | kind       | started          | day        | month   | flagged
v079  | A1     | A           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v080  | A2     | A           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v081  | A3     | A           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v082  | A4     | A           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v083  | A5     | A           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v084  | A1     | A           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v085  | A2     | A           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v086  | A3     | A           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v087  | A4     | A           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v088  | A5     | A           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v089  | A1     | A           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v090  | A2     | A           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v091  | A3     | A           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v092  | A4     | A           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v093  | A5     | A           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v094  | A1     | A           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v095  | A2     | A           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v096  | A3     | A           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v097  | A4     | A           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v098  | A5     | A           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v099  | B1     | B           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v100  | B2     | B           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v101  | B3     | B           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v102  | B4     | B           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v103  | B5     | B           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v104  | B6     | B           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v105  | B1     | B           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v106  | B2     | B           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v107  | B3     | B           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v108  | B4     | B           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v109  | B5     | B           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v110  | B6     | B           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v111  | B1     | B           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v112  | B2     | B           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v113  | B3     | B           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v114  | B4     | B           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v115  | B5     | B           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v116  | B6     | B           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v117  | C1     | C           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v118  | C2     | C           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v119  | C3     | C           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v120  | C4     | C           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v121  | C5     | C           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v122  | C6     | C           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v123  | C1     | C           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v124  | C2     | C           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v125  | C3     | C           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v126  | C4     | C           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v127  | C5     | C           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v128  | C6     | C           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v129  | C1     | C           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v130  | C2     | C           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v131  | C3     | C           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v132  | C4     | C           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v133  | C5     | C           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v134  | C6     | C           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v135  | C1     | C           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v136  | C2     | C           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v137  | C3     | C           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v138  | C4     | C           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v139  | C5     | C           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v140  | C6     | C           | A02        | outpatient | 2026-03-12 12:00 | 2026-03-12 | 2026-03 |
v141  | D1     | D           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v142  | D2     | D           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v143  | D3     | D           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v144  | D4     | D           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v145  | D5     | D           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v146  | D6     | D           | A03        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v147  | D1     | D           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v148  | D2     | D           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v149  | D3     | D           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v150  | D4     | D           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v151  | D5     | D           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v152  | D6     | D           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v153  | D1     | D           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v154  | D2     | D           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v155  | D3     | D           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v156  | D4     | D           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v157  | D5     | D           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v158  | D6     | D           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v159  | D1     | D           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v160  | D2     | D           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v161  | D3     | D           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v162  | D4     | D           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v163  | D5     | D           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v164  | D6     | D           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v165  | E1     | E           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v166  | E2     | E           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v167  | E3     | E           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v168  | E4     | E           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v169  | E5     | E           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v170  | E6     | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v171  | E1     | E           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v172  | E2     | E           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v173  | E3     | E           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v174  | E4     | E           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v175  | E5     | E           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v176  | E6     | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v177  | E1     | E           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v178  | E2     | E           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v179  | E3     | E           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v180  | E4     | E           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v181  | E5     | E           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v182  | E6     | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v183  | E1     | E           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v184  | E2     | E           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v185  | E3     | E           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v186  | E4     | E           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v187  | E5     | E           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v188  | E6     | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v189  | G1     | G           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v190  | G2     | G           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v191  | G3     | G           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v192  | G4     | G           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v193  | G5     | G           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v194  | G6     | G           | A02        | emergency  | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v195  | G1     | G           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v196  | G2     | G           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v197  | G3     | G           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v198  | G4     | G           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v199  | G5     | G           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v200  | G6     | G           | A02        | emergency  | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v201  | G1     | G           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v202  | G2     | G           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v203  | G3     | G           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v204  | G4     | G           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v205  | G5     | G           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v206  | G6     | G           | A02        | emergency  | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v207  | G1     | G           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v208  | G2     | G           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v209  | G3     | G           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v210  | G4     | G           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v211  | G5     | G           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v212  | G6     | G           | A02        | emergency  | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v213  | J1     | J           | A02        | outpatient | 2026-03-02 00:00 | 2026-03-02 | 2026-03 |
v214  | J2     | J           | A02        | outpatient | 2026-03-02 00:00 | 2026-03-02 | 2026-03 |
v215  | J3     | J           | A02        | outpatient | 2026-03-02 00:00 | 2026-03-02 | 2026-03 |
v216  | J4     | J           | A02        | outpatient | 2026-03-02 00:00 | 2026-03-02 | 2026-03 |
v217  | J5     | J           | A02        | outpatient | 2026-03-02 00:00 | 2026-03-02 | 2026-03 |
v218  | J6     | J           | A02        | outpatient | 2026-03-02 00:00 | 2026-03-02 | 2026-03 |
v219  | J1     | J           | A02        | outpatient | 2026-03-05 00:00 | 2026-03-05 | 2026-03 |
v220  | J2     | J           | A02        | outpatient | 2026-03-05 00:00 | 2026-03-05 | 2026-03 |
v221  | J3     | J           | A02        | outpatient | 2026-03-05 00:00 | 2026-03-05 | 2026-03 |
v222  | J4     | J           | A02        | outpatient | 2026-03-05 00:00 | 2026-03-05 | 2026-03 |
v223  | J5     | J           | A02        | outpatient | 2026-03-05 00:00 | 2026-03-05 | 2026-03 |
v224  | J6     | J           | A02        | outpatient | 2026-03-05 00:00 | 2026-03-05 | 2026-03 |
v225  | J1     | J           | A02        | outpatient | 2026-03-09 00:00 | 2026-03-09 | 2026-03 |
v226  | J2     | J           | A02        | outpatient | 2026-03-09 00:00 | 2026-03-09 | 2026-03 |
v227  | J3     | J           | A02        | outpatient | 2026-03-09 00:00 | 2026-03-09 | 2026-03 |
v228  | J4     | J           | A02        | outpatient | 2026-03-09 00:00 | 2026-03-09 | 2026-03 |
v229  | J5     | J           | A02        | outpatient | 2026-03-09 00:00 | 2026-03-09 | 2026-03 |
v230  | J6     | J           | A02        | outpatient | 2026-03-09 00:00 | 2026-03-09 | 2026-03 |
v231  | J1     | J           | A02        | outpatient | 2026-03-12 00:00 | 2026-03-12 | 2026-03 |
v232  | J2     | J           | A02        | outpatient | 2026-03-12 00:00 | 2026-03-12 | 2026-03 |
v233  | J3     | J           | A02        | outpatient | 2026-03-12 00:00 | 2026-03-12 | 2026-03 |
v234  | J4     | J           | A02        | outpatient | 2026-03-12 00:00 | 2026-03-12 | 2026-03 |
v235  | J5     | J           | A02        | outpatient | 2026-03-12 00:00 | 2026-03-12 | 2026-03 |
v236  | J6     | J           | A02        | outpatient | 2026-03-12 00:00 | 2026-03-12 | 2026-03 |
v237  | H1     | H           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v238  | H2     | H           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v239  | H3     | H           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v240  | H4     | H           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v241  | H5     | H           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v242  | H6     | H           | A02        | home_bed   | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v243  | H1     | H           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v244  | H2     | H           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v245  | H3     | H           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v246  | H4     | H           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v247  | H5     | H           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v248  | H6     | H           | A02        | home_bed   | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v249  | H1     | H           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v250  | H2     | H           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v251  | H3     | H           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v252  | H4     | H           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v253  | H5     | H           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v254  | H6     | H           | A02        | home_bed   | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v255  | H1     | H           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v256  | H2     | H           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v257  | H3     | H           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v258  | H4     | H           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v259  | H5     | H           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v260  | H6     | H           | A02        | home_bed   | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
"""

[examples."Two rounds of five, each with a sixth on three days, meet once · 两拨各5人，各有第6人3天同行，仅相遇一次"]
visit = """
claim | member | institution | department | kind       | started          | day        | month   | flagged
v401  | A1     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v402  | A2     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v403  | A3     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v404  | A4     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v405  | A5     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v406  | B1     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v407  | B2     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v408  | B3     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v409  | B4     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v410  | B5     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v411  | A1     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v412  | A2     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v413  | A3     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v414  | A4     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v415  | A5     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v416  | Fa     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v417  | A1     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v418  | A2     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v419  | A3     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v420  | A4     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v421  | A5     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v422  | Fa     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v423  | A1     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v424  | A2     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v425  | A3     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v426  | A4     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v427  | A5     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v428  | Fa     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v429  | B1     | North       | A02        | outpatient | 2026-03-05 14:00 | 2026-03-05 | 2026-03 |
v430  | B2     | North       | A02        | outpatient | 2026-03-05 14:00 | 2026-03-05 | 2026-03 |
v431  | B3     | North       | A02        | outpatient | 2026-03-05 14:00 | 2026-03-05 | 2026-03 |
v432  | B4     | North       | A02        | outpatient | 2026-03-05 14:00 | 2026-03-05 | 2026-03 |
v433  | B5     | North       | A02        | outpatient | 2026-03-05 14:00 | 2026-03-05 | 2026-03 |
v434  | Fb     | North       | A02        | outpatient | 2026-03-05 14:00 | 2026-03-05 | 2026-03 |
v435  | B1     | North       | A02        | outpatient | 2026-03-09 14:00 | 2026-03-09 | 2026-03 |
v436  | B2     | North       | A02        | outpatient | 2026-03-09 14:00 | 2026-03-09 | 2026-03 |
v437  | B3     | North       | A02        | outpatient | 2026-03-09 14:00 | 2026-03-09 | 2026-03 |
v438  | B4     | North       | A02        | outpatient | 2026-03-09 14:00 | 2026-03-09 | 2026-03 |
v439  | B5     | North       | A02        | outpatient | 2026-03-09 14:00 | 2026-03-09 | 2026-03 |
v440  | Fb     | North       | A02        | outpatient | 2026-03-09 14:00 | 2026-03-09 | 2026-03 |
v441  | B1     | North       | A02        | outpatient | 2026-03-12 14:00 | 2026-03-12 | 2026-03 |
v442  | B2     | North       | A02        | outpatient | 2026-03-12 14:00 | 2026-03-12 | 2026-03 |
v443  | B3     | North       | A02        | outpatient | 2026-03-12 14:00 | 2026-03-12 | 2026-03 |
v444  | B4     | North       | A02        | outpatient | 2026-03-12 14:00 | 2026-03-12 | 2026-03 |
v445  | B5     | North       | A02        | outpatient | 2026-03-12 14:00 | 2026-03-12 | 2026-03 |
v446  | Fb     | North       | A02        | outpatient | 2026-03-12 14:00 | 2026-03-12 | 2026-03 |
v447  | Fa     | North       | A02        | outpatient | 2026-03-20 10:00 | 2026-03-20 | 2026-03 |
v448  | Fb     | North       | A02        | outpatient | 2026-03-20 10:00 | 2026-03-20 | 2026-03 |
"""

[examples."A dialysis shift; a paid course of training; services that are no longer on the lists · 血液透析班次；限疗程康复训练；已移出列表的项目"]
visit = """
claim | member | institution | department | kind       | started          | day        | month   | flagged
v501  | M1     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v502  | M2     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v503  | M3     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v504  | M4     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v505  | M5     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v506  | M6     | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v507  | M1     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v508  | M2     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v509  | M3     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v510  | M4     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v511  | M5     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v512  | M6     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v513  | M1     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v514  | M2     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v515  | M3     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v516  | M4     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v517  | M5     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v518  | M6     | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v519  | M1     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v520  | M2     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v521  | M3     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v522  | M4     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v523  | M5     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v524  | M6     | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v525  | P1     | P           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v526  | P2     | P           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v527  | P3     | P           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v528  | P4     | P           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v529  | P5     | P           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v530  | P6     | P           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v531  | P1     | P           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v532  | P2     | P           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v533  | P3     | P           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v534  | P4     | P           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v535  | P5     | P           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v536  | P6     | P           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v537  | P1     | P           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v538  | P2     | P           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v539  | P3     | P           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v540  | P4     | P           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v541  | P5     | P           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v542  | P6     | P           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v543  | P1     | P           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v544  | P2     | P           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v545  | P3     | P           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v546  | P4     | P           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v547  | P5     | P           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v548  | P6     | P           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v549  | Q1     | Q           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v550  | Q2     | Q           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v551  | Q3     | Q           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v552  | Q4     | Q           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v553  | Q5     | Q           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v554  | Q6     | Q           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v555  | Q1     | Q           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v556  | Q2     | Q           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v557  | Q3     | Q           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v558  | Q4     | Q           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v559  | Q5     | Q           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v560  | Q6     | Q           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v561  | Q1     | Q           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v562  | Q2     | Q           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v563  | Q3     | Q           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v564  | Q4     | Q           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v565  | Q5     | Q           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v566  | Q6     | Q           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v567  | Q1     | Q           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v568  | Q2     | Q           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v569  | Q3     | Q           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v570  | Q4     | Q           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v571  | Q5     | Q           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v572  | Q6     | Q           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
"""
charge = """
claim | member | institution | item
v501  | M1     | North       | 003110000060000
v502  | M2     | North       | 003110000060000
v503  | M3     | North       | 003110000060000
v504  | M4     | North       | 003110000060000
v505  | M5     | North       | 003110000060000
v506  | M6     | North       | 003110000060000
v507  | M1     | North       | 003110000060000
v508  | M2     | North       | 003110000060000
v509  | M3     | North       | 003110000060000
v510  | M4     | North       | 003110000060000
v511  | M5     | North       | 003110000060000
v512  | M6     | North       | 003110000060000
v513  | M1     | North       | 003110000060000
v514  | M2     | North       | 003110000060000
v515  | M3     | North       | 003110000060000
v516  | M4     | North       | 003110000060000
v517  | M5     | North       | 003110000060000
v518  | M6     | North       | 003110000060000
v519  | M1     | North       | 003110000060000
v520  | M2     | North       | 003110000060000
v521  | M3     | North       | 003110000060000
v522  | M4     | North       | 003110000060000
v523  | M5     | North       | 003110000060000
v524  | M6     | North       | 003110000060000
v525  | P1     | P           | 003402000210000
v526  | P2     | P           | 003402000210000
v527  | P3     | P           | 003402000210000
v528  | P4     | P           | 003402000210000
v529  | P5     | P           | 003402000210000
v530  | P6     | P           | 003402000210000
v531  | P1     | P           | 003402000210000
v532  | P2     | P           | 003402000210000
v533  | P3     | P           | 003402000210000
v534  | P4     | P           | 003402000210000
v535  | P5     | P           | 003402000210000
v536  | P6     | P           | 003402000210000
v537  | P1     | P           | 003402000210000
v538  | P2     | P           | 003402000210000
v539  | P3     | P           | 003402000210000
v540  | P4     | P           | 003402000210000
v541  | P5     | P           | 003402000210000
v542  | P6     | P           | 003402000210000
v543  | P1     | P           | 003402000210000
v544  | P2     | P           | 003402000210000
v545  | P3     | P           | 003402000210000
v546  | P4     | P           | 003402000210000
v547  | P5     | P           | 003402000210000
v548  | P6     | P           | 003402000210000
v549  | Q1     | Q           | 003110000080000
v550  | Q2     | Q           | 003110000080000
v551  | Q3     | Q           | 003110000080000
v552  | Q4     | Q           | 003402000220000
v553  | Q5     | Q           | 003402000220000
v554  | Q6     | Q           | 003402000220000
v555  | Q1     | Q           | 003110000080000
v556  | Q2     | Q           | 003110000080000
v557  | Q3     | Q           | 003110000080000
v558  | Q4     | Q           | 003402000220000
v559  | Q5     | Q           | 003402000220000
v560  | Q6     | Q           | 003402000220000
v561  | Q1     | Q           | 003110000080000
v562  | Q2     | Q           | 003110000080000
v563  | Q3     | Q           | 003110000080000
v564  | Q4     | Q           | 003402000220000
v565  | Q5     | Q           | 003402000220000
v566  | Q6     | Q           | 003402000220000
v567  | Q1     | Q           | 003110000080000
v568  | Q2     | Q           | 003110000080000
v569  | Q3     | Q           | 003110000080000
v570  | Q4     | Q           | 003402000220000
v571  | Q5     | Q           | 003402000220000
v572  | Q6     | Q           | 003402000220000
"""

[examples."A crowd of sixteen regulars is a busy hour; fifteen are a group, also where somebody else comes once · 16名常客属门诊高峰；15人视为组团，偶有他人亦然"]
visit = """
claim | member | institution | department | kind       | started          | day        | month   | flagged
v701  | M01    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v702  | M02    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v703  | M03    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v704  | M04    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v705  | M05    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v706  | M06    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v707  | M07    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v708  | M08    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v709  | M09    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v710  | M10    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v711  | M11    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v712  | M12    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v713  | M13    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v714  | M14    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v715  | M15    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v716  | M16    | North       | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
v717  | M01    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v718  | M02    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v719  | M03    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v720  | M04    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v721  | M05    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v722  | M06    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v723  | M07    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v724  | M08    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v725  | M09    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v726  | M10    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v727  | M11    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v728  | M12    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v729  | M13    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v730  | M14    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v731  | M15    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v732  | M16    | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 |
v733  | M01    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v734  | M02    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v735  | M03    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v736  | M04    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v737  | M05    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v738  | M06    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v739  | M07    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v740  | M08    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v741  | M09    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v742  | M10    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v743  | M11    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v744  | M12    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v745  | M13    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v746  | M14    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v747  | M15    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v748  | M16    | North       | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 |
v749  | M01    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v750  | M02    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v751  | M03    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v752  | M04    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v753  | M05    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v754  | M06    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v755  | M07    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v756  | M08    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v757  | M09    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v758  | M10    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v759  | M11    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v760  | M12    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v761  | M13    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v762  | M14    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v763  | M15    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v764  | M16    | North       | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 |
v765  | F01    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v766  | F02    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v767  | F03    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v768  | F04    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v769  | F05    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v770  | F06    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v771  | F07    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v772  | F08    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v773  | F09    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v774  | F10    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v775  | F11    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v776  | F12    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v777  | F13    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v778  | F14    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v779  | F15    | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 | yes
v780  | F01    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v781  | F02    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v782  | F03    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v783  | F04    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v784  | F05    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v785  | F06    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v786  | F07    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v787  | F08    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v788  | F09    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v789  | F10    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v790  | F11    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v791  | F12    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v792  | F13    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v793  | F14    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v794  | F15    | F           | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v795  | F01    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v796  | F02    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v797  | F03    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v798  | F04    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v799  | F05    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v800  | F06    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v801  | F07    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v802  | F08    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v803  | F09    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v804  | F10    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v805  | F11    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v806  | F12    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v807  | F13    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v808  | F14    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v809  | F15    | F           | A02        | outpatient | 2026-03-09 10:00 | 2026-03-09 | 2026-03 | yes
v810  | F01    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v811  | F02    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v812  | F03    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v813  | F04    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v814  | F05    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v815  | F06    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v816  | F07    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v817  | F08    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v818  | F09    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v819  | F10    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v820  | F11    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v821  | F12    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v822  | F13    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v823  | F14    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v824  | F15    | F           | A02        | outpatient | 2026-03-12 10:00 | 2026-03-12 | 2026-03 | yes
v825  | Z      | F           | A02        | outpatient | 2026-03-02 10:00 | 2026-03-02 | 2026-03 |
"""

[examples."Three of the four days were in the month before · 4天中3天在上月"]
visit_history = """
claim | member | institution | department | kind       | started          | day        | month
v901  | M1     | North       | A02        | outpatient | 2026-02-02 10:00 | 2026-02-02 | 2026-02
v902  | M2     | North       | A02        | outpatient | 2026-02-02 10:00 | 2026-02-02 | 2026-02
v903  | M3     | North       | A02        | outpatient | 2026-02-02 10:00 | 2026-02-02 | 2026-02
v904  | M4     | North       | A02        | outpatient | 2026-02-02 10:00 | 2026-02-02 | 2026-02
v905  | M5     | North       | A02        | outpatient | 2026-02-02 10:00 | 2026-02-02 | 2026-02
v906  | M6     | North       | A02        | outpatient | 2026-02-02 10:00 | 2026-02-02 | 2026-02
v907  | M1     | North       | A02        | outpatient | 2026-02-12 10:00 | 2026-02-12 | 2026-02
v908  | M2     | North       | A02        | outpatient | 2026-02-12 10:00 | 2026-02-12 | 2026-02
v909  | M3     | North       | A02        | outpatient | 2026-02-12 10:00 | 2026-02-12 | 2026-02
v910  | M4     | North       | A02        | outpatient | 2026-02-12 10:00 | 2026-02-12 | 2026-02
v911  | M5     | North       | A02        | outpatient | 2026-02-12 10:00 | 2026-02-12 | 2026-02
v912  | M6     | North       | A02        | outpatient | 2026-02-12 10:00 | 2026-02-12 | 2026-02
v913  | M1     | North       | A02        | outpatient | 2026-02-23 10:00 | 2026-02-23 | 2026-02
v914  | M2     | North       | A02        | outpatient | 2026-02-23 10:00 | 2026-02-23 | 2026-02
v915  | M3     | North       | A02        | outpatient | 2026-02-23 10:00 | 2026-02-23 | 2026-02
v916  | M4     | North       | A02        | outpatient | 2026-02-23 10:00 | 2026-02-23 | 2026-02
v917  | M5     | North       | A02        | outpatient | 2026-02-23 10:00 | 2026-02-23 | 2026-02
v918  | M6     | North       | A02        | outpatient | 2026-02-23 10:00 | 2026-02-23 | 2026-02
"""
visit = """
claim | member | institution | department | kind       | started          | day        | month   | flagged
v919  | M1     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v920  | M2     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v921  | M3     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v922  | M4     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v923  | M5     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
v924  | M6     | North       | A02        | outpatient | 2026-03-05 10:00 | 2026-03-05 | 2026-03 | yes
"""
*/
WITH seen AS (  -- the visits of those who come often enough, each with the two hours of its day at one place
    SELECT
        v.claim, v.member, v.day, v.institution || ':' || coalesce(v.department, '') AS place,
        v.institution || ':' || coalesce(v.department, '') || ':' || date_diff('day', DATE '2000-01-01', v.day) || ':'
        || date_diff('second', midnight(v.day), v.started) // 7200 AS meeting
    FROM visit_history AS v
    WHERE v.kind IN ('outpatient', 'chronic', 'pharmacy') AND v.started <> midnight(v.day)
        AND v.member IN (SELECT h.member FROM visit_history AS h GROUP BY h.member HAVING count(*) >= $days)
        AND NOT EXISTS (SELECT 1 FROM history AS c JOIN k_dialysis AS k ON k.item = c.item WHERE c.claim = v.claim AND in_force(k, c))
        AND NOT EXISTS (SELECT 1 FROM history AS c JOIN k_course_item AS k ON k.item = c.item WHERE c.claim = v.claim AND in_force(k, c))
), met AS (  -- those of hours in which not too few and not too many of them came
    SELECT s.claim, s.member, s.day, s.place, s.meeting FROM seen AS s
    WHERE s.meeting IN (
        SELECT b.meeting FROM seen AS b GROUP BY b.meeting HAVING count(DISTINCT b.member) BETWEEN $people AND $crowd)
), pair AS (  -- who came together with whom on enough days
    SELECT a.place, a.member, b.member AS other
    FROM met AS a JOIN met AS b ON b.meeting = a.meeting AND b.member <> a.member
    GROUP BY a.place, a.member, b.member HAVING count(DISTINCT a.day) >= $days
), company AS (  -- who came so with enough others
    SELECT p.place, p.member, count(*) AS partners FROM pair AS p GROUP BY p.place, p.member HAVING count(*) >= $people - 1
), joint AS (  -- the visits of these
    SELECT m.claim, m.meeting, m.place, m.member, c.partners
    FROM met AS m JOIN company AS c ON c.place = m.place AND c.member = m.member
), meeting AS (
    SELECT j.meeting, count(DISTINCT j.member) AS together
    FROM joint AS j GROUP BY j.meeting HAVING count(DISTINCT j.member) >= $people
)
SELECT
    v.institution, v.claim, 0 AS at_stake, j.place || ':' || v.month AS finding,
    v.started, v.department, m.together, j.partners, $days AS days
FROM visit AS v
JOIN joint AS j ON j.claim = v.claim
JOIN meeting AS m ON m.meeting = j.meeting
