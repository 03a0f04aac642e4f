from django.db import migrations

# By the finding's ratio, as the running sum grows, so that the lines add up to the hearing's part to the fen.
OF_LINES = """
WITH reached AS (
    SELECT line.id, line.hearing_id, found.fund_method AS method, line.charge,
        least(found.fund_at_stake, found.at_stake) AS paid, found.at_stake AS stake, line.suspected, line.confirmed,
        sum(line.suspected) OVER upto AS suspected_upto, sum(line.confirmed) OVER upto AS confirmed_upto
    FROM hearing_hearingline AS line
    JOIN hearing_hearing AS heard ON heard.id = line.hearing_id
    JOIN monitoring_finding AS found ON found.id = heard.finding_id
    WINDOW upto AS (PARTITION BY line.hearing_id ORDER BY line.id)
), parts AS (
    SELECT id, method, charge,
        round(paid * suspected_upto / stake, 2) - round(paid * (suspected_upto - suspected) / stake, 2) AS suspected,
        round(paid * confirmed_upto / stake, 2) - round(paid * (confirmed_upto - confirmed) / stake, 2) AS confirmed
    FROM reached WHERE stake > 0
)
UPDATE hearing_hearingline AS line SET fund_suspected = parts.suspected, fund_confirmed = parts.confirmed,
    fund_method = CASE WHEN parts.method IN ('whole', 'group') THEN parts.method ELSE 'line_ratio' END
FROM parts WHERE parts.id = line.id
"""
OF_HEARINGS = """
UPDATE hearing_hearing AS heard SET fund_suspected = sums.suspected, fund_confirmed = sums.confirmed
FROM (
    SELECT hearing_id, sum(fund_suspected) AS suspected, sum(fund_confirmed) AS confirmed
    FROM hearing_hearingline GROUP BY hearing_id
) AS sums
WHERE sums.hearing_id = heard.id
"""


class Migration(migrations.Migration):
    dependencies = [("hearing", "0004_what_the_fund_paid")]

    operations = [migrations.RunSQL([OF_LINES, OF_HEARINGS], migrations.RunSQL.noop)]
