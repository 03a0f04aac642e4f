/*
title    = "What contradicts itself"
title_zh = "自相矛盾的数据"
about    = "What is readable but wrong in fact. It is taken in, accused by claim_data_invalid, and skipped by other rules."
basis    = "National rule types 35, 36, 37 and 38 (settlement list and coding); Implementing Rules (Order 7), art. 9"

[examples."a stay ends before it begins"]
stay = """
claim | member | admitted_on | discharged_on | born       | settled_on | fault
a     | Li     | 2026-03-05  | 2026-03-04    | 1970-01-01 | 2026-03-05 | discharged_before_admitted
b     | Li     | 2026-03-05  | 2026-03-05    | 1970-01-01 | 2026-03-05 |
"""
diagnosis = """
claim | code | main
a     | J18  | yes
b     | J18  | yes
"""

[examples."born after the begin; a newborn comes into the world on the day"]
stay = """
claim | member | admitted_on | discharged_on | born       | settled_on | fault
a     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-06 | 2026-03-07 | born_after_admitted
b     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-05 | 2026-03-07 |
c     | Li     | 2026-03-05  | 2026-03-07    |            | 2026-03-07 |
"""
diagnosis = """
claim | code | main
a     | J18  | yes
b     | J18  | yes
c     | J18  | yes
"""

[examples."born more than 130 years ago"]
visit = """
claim | member | day        | born       | settled_on | fault
a     | Li     | 2026-03-05 | 1896-03-04 | 2026-03-05 | born_too_long_ago
b     | Li     | 2026-03-05 | 1896-03-05 | 2026-03-05 |
"""

[examples."settled before it began"]
visit = """
claim | member | day        | born       | settled_on | fault
a     | Li     | 2026-03-05 | 1970-01-01 | 2026-03-04 | settled_before_begun
b     | Li     | 2026-03-05 | 1970-01-01 | 2026-03-05 |
"""

[examples."parts above the whole, by more than a fen; the institution may bear a part itself"]
visit = """
claim | member | day        | settled_on | total  | eligible | paid   | account_paid | cash_paid | fault
a     | Li     | 2026-03-05 | 2026-03-05 | 100.00 | 100.01   | 80.00  | 10.00        | 10.00     |
b     | Li     | 2026-03-05 | 2026-03-05 | 100.00 | 100.02   | 80.00  | 10.00        | 10.00     | eligible_above_total
c     | Li     | 2026-03-05 | 2026-03-05 | 100.00 | 90.00    | 80.00  | 10.00        | 10.01     |
d     | Li     | 2026-03-05 | 2026-03-05 | 100.00 | 90.00    | 80.00  | 10.00        | 10.02     | parts_above_total
e     | Li     | 2026-03-05 | 2026-03-05 | 100.00 | 90.00    | 100.02 |              |           | paid_above_total
f     | Li     | 2026-03-05 | 2026-03-05 | 100.00 | 90.00    | 80.00  |              |           |
g     | Li     | 2026-03-05 | 2026-03-05 | 100.00 | 90.00    | 80.00  | 10.00        | 0.00      |
"""

[examples."a stay without a main diagnosis, and one with two"]
stay = """
claim | member | admitted_on | discharged_on | settled_on | fault
a     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-07 | main_diagnosis_missing
b     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-07 | main_diagnosis_doubled
c     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-07 |
"""
diagnosis = """
claim | code | main
a     | J18  | no
b     | J18  | yes
b     | J20  | yes
c     | J18  | yes
c     | J20  | no
"""

[examples."a diagnosis code that was no longer valid on the day, and the last day it was"]
visit = """
claim | member | province | area   | day        | settled_on | fault
a     | Li     | 990000   | 990100 | 2026-02-01 | 2026-02-01 | retired_code
b     | Li     | 990000   | 990100 | 2026-01-31 | 2026-01-31 |
c     | Li     | 980000   | 980100 | 2026-02-01 | 2026-02-01 |
"""
diagnosis = """
claim | code        | main | day
a     | E11.900x099 | yes  | 2026-02-01
b     | E11.900x099 | yes  | 2026-01-31
c     | E11.900x099 | yes  | 2026-02-01
"""
k_retired_code = """
code        | place  | since      | until
E11.900x099 | 990000 | 2026-02-01 |
"""

[examples."an operation outside its stay"]
stay = """
claim | member | admitted_on | discharged_on | settled_on | fault
a     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-07 | operation_outside_stay
b     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-07 |
c     | Li     | 2026-03-05  | 2026-03-07    | 2026-03-07 | operation_outside_stay
"""
diagnosis = """
claim | code | main
a     | J18  | yes
b     | J18  | yes
c     | J18  | yes
"""
operation = """
claim | code | day
a     | 33   | 2026-03-04
b     | 33   | 2026-03-05
b     | 34   | 2026-03-07
c     | 33   | 2026-03-08
"""

[examples."a reversal that finds nothing to reverse"]
visit = """
claim | member | day        | settled_on | fault
a     | Li     | 2026-03-05 | 2026-03-05 | reversal_unmatched
"""
reversal = """
claim | charge | fault
a     | a:2    | reversal_unmatched
"""
*/
SELECT c.claim, c.institution, c.member, CAST(NULL AS VARCHAR) AS charge, 'discharged_before_admitted' AS fault,
    'discharged' AS field, CAST(c.discharged_on AS VARCHAR) AS value, CAST(c.admitted_on AS VARCHAR) AS other,
    c.admitted_on AS day
FROM stay AS c
WHERE c.discharged_on < c.admitted_on OR c.discharged < c.admitted

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'born_after_admitted', 'born', CAST(c.born AS VARCHAR),
    CAST(c.begun_on AS VARCHAR), c.begun_on
FROM encounter AS c
WHERE c.born > c.begun_on

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'born_too_long_ago', 'born', CAST(c.born AS VARCHAR),
    CAST(c.begun_on AS VARCHAR), c.begun_on
FROM encounter AS c
WHERE date_diff('day', c.born, c.begun_on) > 47481

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'settled_before_begun', 'settled_at', CAST(c.settled_on AS VARCHAR),
    CAST(c.begun_on AS VARCHAR), c.begun_on
FROM encounter AS c
WHERE c.settled_on < c.begun_on

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'eligible_above_total', 'eligible', CAST(c.eligible AS VARCHAR),
    CAST(c.total AS VARCHAR), c.begun_on
FROM encounter AS c
WHERE c.eligible > c.total + 1

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'paid_above_total', 'paid', CAST(c.paid AS VARCHAR),
    CAST(c.total AS VARCHAR), c.begun_on
FROM encounter AS c
WHERE c.paid > c.total + 1

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'parts_above_total', 'total', CAST(c.total AS VARCHAR),
    CAST(c.paid + c.account_paid + c.cash_paid AS VARCHAR), c.begun_on
FROM encounter AS c
WHERE c.paid <= c.total + 1 AND c.paid + c.account_paid + c.cash_paid > c.total + 1

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'main_diagnosis_missing', 'illness', NULL, NULL, c.admitted_on
FROM stay AS c
WHERE NOT EXISTS (SELECT 1 FROM diagnosis AS d WHERE d.claim = c.claim AND d.main)

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'main_diagnosis_doubled', 'illness', max(d.code), min(d.code),
    c.begun_on
FROM encounter AS c
JOIN diagnosis AS d ON d.claim = c.claim AND d.main
GROUP BY c.claim, c.institution, c.member, c.begun_on
HAVING count(*) > 1

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'retired_code', 'illness', d.code, CAST(k.since AS VARCHAR), d.day
FROM diagnosis AS d
JOIN k_retired_code AS k ON k.code = d.code AND d.day BETWEEN k.since AND k.until
JOIN encounter AS c ON c.claim = d.claim AND k.place IN ('000000', c.province, c.area)

UNION ALL
SELECT c.claim, c.institution, c.member, NULL, 'operation_outside_stay', 'operation', CAST(o.day AS VARCHAR),
    CAST(c.admitted_on AS VARCHAR), c.admitted_on
FROM operation AS o
JOIN stay AS c ON c.claim = o.claim
WHERE (o.day < c.admitted_on OR o.day > c.discharged_on) AND c.discharged_on >= c.admitted_on

UNION ALL
SELECT c.claim, c.institution, c.member, r.charge, r.fault, 'quantity', r.value, NULL, c.begun_on
FROM reversal AS r
JOIN encounter AS c ON c.claim = r.claim
