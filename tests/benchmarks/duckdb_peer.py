"""A peer for the benchmark: one card's claim in DuckDB's SQL, written by hand and tuned.

What it is: what an engineer who needs nothing but the claim of the card `fund.yaml` for 2020-Q4 would write.
It gives, byte for byte, what `wlz-calc pay --quarter 2020-Q4 --from-start FOLDER --format csv` prints. The
card's terms are written into the statements, in whole pence and whole counts; no floating number is compared.

What it is not: a calculator. It reads no card, checks nothing, finds nothing and shows no evidence. It takes
sound files in the shape that `wlz-calc sample` writes, in any order of rows: every session says when it was
submitted, two readings of one day agree, and attainment has the two scales of the sample, both relative to
age, without `expected`. What the card makes impossible is left out, and each such place says so.

Run: `python -m tests.benchmarks.duckdb_peer FOLDER OUT.csv [--parquet]`.
"""

import sys
from typing import Final

import duckdb

THREADS: Final = 2

SETTINGS: Final = """
-- A csv has no statistics: the planner would build its hash tables on thirteen million sessions rather than
-- on the children. Tables are joined as written, the smaller one on the right.
SET disabled_optimizers = 'join_order,build_side_probe_side';
SET VARIABLE as_of = DATE '2020-12-31';
"""

CSV: Final = """
CREATE TEMP MACRO rows_of(name) AS TABLE
FROM read_csv(getvariable('folder') || '/extracts/' || name || '.csv',
              all_varchar = true, header = true, delim = ',', quote = '"', escape = '"');
"""

PARQUET: Final = """
CREATE TEMP MACRO rows_of(name) AS TABLE
FROM read_parquet(getvariable('folder') || '/extracts/' || name || '.parquet');
"""

SCRIPT: Final = """
-- The card: names in its order, so that an enum sorts as the card does.

CREATE TYPE payment AS ENUM ('sign_up', 'engagement', 'continued_engagement', 'outcomes');
CREATE TYPE outcome AS ENUM ('reading', 'english', 'maths', 'writing', 'school_engagement',
                             'emotional_wellbeing', 'relationships', 'attendance', 'parental_engagement');

-- What each commissioner pays of a price, in pence: by largest remainder, ties in the order of the card.

CREATE TEMP TABLE price AS
WITH stated(payment, first_day, last_day, pence) AS (
    VALUES ('sign_up'::payment, DATE '2016-11-01', DATE '2019-03-31', 30000),
           ('sign_up', DATE '2019-04-01', DATE '9999-12-31', 31200),
           ('engagement', DATE '2016-11-01', DATE '9999-12-31', 45000),
           ('continued_engagement', DATE '2016-11-01', DATE '9999-12-31', 45000),
           ('outcomes', DATE '2016-11-01', DATE '9999-12-31', 70000)
), share(position, commissioner, percent) AS (
    VALUES (1, 'rbkc', 30), (2, 'lottery', 20), (3, 'philanthropy', 30), (4, 'school', 20)
), whole AS (
    SELECT *, pence * percent // 100 AS pennies, pence * percent % 100 AS remainder
    FROM stated CROSS JOIN share
), shared AS (
    SELECT *, pennies + (row_number() OVER by_remainder <= pence - sum(pennies) OVER (price_of))::INT AS part
    FROM whole
    WINDOW price_of AS (PARTITION BY payment, first_day),
           by_remainder AS (PARTITION BY payment, first_day ORDER BY remainder DESC, position)
)
PIVOT (SELECT payment, first_day, last_day, commissioner, printf('%d.%02d', part // 100, part % 100) AS amount
       FROM shared)
ON commissioner IN ('rbkc', 'lottery', 'philanthropy', 'school') USING first(amount);

-- The children on the card, with the bounds of its windows. A later consent_on or left_on is not known.

CREATE TEMP TABLE child AS
SELECT row_number() OVER ()::INT AS child, child_id, school, joined_on::DATE AS joined_on,
       CASE WHEN consent_on::DATE <= getvariable('as_of') THEN consent_on::DATE END AS consent_on,
       CASE WHEN year_group IN ('R', '1', '2', '3', '4', '5', '6') THEN 'primary'
            WHEN year_group IN ('7', '8', '9', '10', '11') THEN 'secondary' END AS phase,
       CASE phase WHEN 'primary' THEN 'teacher' WHEN 'secondary' THEN 'self' END AS informant,
       (joined_on::DATE - INTERVAL 6 MONTH)::DATE AS months_before_6,
       (joined_on::DATE + INTERVAL 3 MONTH)::DATE AS months_3,
       (joined_on::DATE + INTERVAL 12 MONTH)::DATE AS months_12,
       (joined_on::DATE + INTERVAL 18 MONTH)::DATE AS months_18,
       (joined_on::DATE + INTERVAL 24 MONTH)::DATE AS months_24,
       least(left_on::DATE, getvariable('as_of'), months_24 - 1) AS last_session_on,
       year(joined_on::DATE) - (month(joined_on::DATE) < 9)::INT AS year_begun
FROM rows_of('children')
WHERE contract = 'fund' AND joined_on::DATE BETWEEN DATE '2016-11-01' AND DATE '2019-03-31';

-- Payments 2 and 3. All submissions of a session are one group, whose greatest number is that of the latest:
-- its moment and, in the last two bits, its status. A test of a rate falls due on the window's last day, and
-- so never before the counts beside it have got there.

CREATE TEMP TABLE engaged AS
WITH submitted AS (
    SELECT child, date::DATE AS day, day >= months_12 AS second_year, kind = 'partner' AS partner,
           provider, session,
           epoch_us(submitted_at::TIMESTAMP) * 4
               + CASE status WHEN 'attended' THEN 2 WHEN 'absent' THEN 1 ELSE 0 END AS submission
    FROM rows_of('engagement') JOIN child USING (child_id)
    WHERE day BETWEEN joined_on AND last_session_on
), standing AS (
    SELECT child, second_year, partner, max(submission) & 3 AS status
    FROM submitted GROUP BY child, day, second_year, partner, provider, session
), counted AS (
    SELECT child, second_year,
           count(*) FILTER (NOT partner AND status = 2) AS link_worker,
           count(*) FILTER (partner AND status = 2) AS attended,
           count(*) FILTER (partner AND status = 1) AS absent
    FROM standing GROUP BY child, second_year
)
SELECT child, if(second_year, 'continued_engagement', 'engagement')::payment AS payment,
       if(second_year, months_24, months_12) - 1 AS due_on
FROM counted JOIN child USING (child)
WHERE link_worker >= 20 AND attended >= 10 AND attended * 4 >= (attended + absent) * 3
  AND due_on <= getvariable('as_of');

-- Outcomes can be met by the children whose gate is open, met or held; those of other phases have none.

CREATE TEMP TABLE candidate AS
SELECT child.*, opened_on
FROM child JOIN (SELECT child, min(due_on) AS opened_on FROM engaged GROUP BY child) USING (child)
WHERE phase IS NOT NULL;

-- Readings: the baseline is the nearest on or before joining, else the first after it; the endpoint is the
-- last on the same scale. The windows lie apart, so that an endpoint is always after its baseline.

CREATE TEMP MACRO subscale(items) AS
    CASE WHEN list_count(items) >= 3
         THEN (10 * list_sum(items)::INT + list_count(items)::INT) // (2 * list_count(items)::INT) END;

CREATE TEMP TABLE change AS
WITH questionnaire AS (
    SELECT child_id, completed_on::DATE AS day,
           [somatic::INT, worries::INT, unhappy::INT, clingy::INT, afraid::INT] AS emotional,
           [loner::INT, 2 - friend::INT, 2 - popular::INT, bullied::INT, oldbest::INT] AS peer
    FROM rows_of('sdq') JOIN candidate USING (child_id, informant)
), reading AS (
    SELECT child_id, subject::outcome AS outcome, assessed_on::DATE AS day, scale,
           CASE scale WHEN 'termly_judgement'
                      THEN list_position(['below', 'towards', 'at', 'above'], score)::DECIMAL(9, 4)
                      ELSE try_cast(score AS DECIMAL(9, 4)) END AS score
    FROM rows_of('attainment')
    UNION ALL
    SELECT child_id, measure::outcome, completed_on::DATE, NULL, score::DECIMAL(9, 4)
    FROM rows_of('survey') WHERE measure IN ('school_engagement', 'parental_engagement')
    UNION ALL
    SELECT child_id, 'emotional_wellbeing'::outcome, day, NULL, subscale(emotional)::DECIMAL(9, 4)
    FROM questionnaire
    UNION ALL
    SELECT child_id, 'relationships'::outcome, day, NULL, subscale(peer)::DECIMAL(9, 4)
    FROM questionnaire
), dated AS (
    SELECT child, outcome, scale, day, score, day < months_3 AS early,
           abs(day - joined_on) + if(day > joined_on, 100000, 0) AS distance
    FROM reading JOIN candidate USING (child_id)
    WHERE score IS NOT NULL AND day <= getvariable('as_of')
      AND (day >= months_before_6 AND day < months_3 OR day >= months_18 AND day < months_24)
), on_scale AS (
    SELECT child, outcome, min(distance) FILTER (early) AS distance,
           arg_min(score, distance) FILTER (early) AS baseline,
           arg_max(score, day) FILTER (NOT early) AS endpoint
    FROM dated GROUP BY child, outcome, scale
)
SELECT child, outcome, arg_min(baseline, distance) AS baseline, arg_min_null(endpoint, distance) AS endpoint
FROM on_scale WHERE distance IS NOT NULL GROUP BY child, outcome;

-- School attendance in the academic year before joining and in the second one: periods wholly inside.

CREATE TEMP TABLE attending AS
WITH period AS (
    SELECT child, sessions_attended::INT AS attended, sessions_possible::INT AS possible,
           period_start::DATE AS start, period_end::DATE AS ends,
           start >= make_date(year_begun - 1, 9, 1) AND ends < make_date(year_begun, 9, 1) AS before,
           start >= make_date(year_begun + 1, 9, 1) AND ends < make_date(year_begun + 2, 9, 1) AS after
    FROM rows_of('attendance') JOIN candidate USING (child_id)
    WHERE ends <= getvariable('as_of') AND (before OR after)
)
SELECT child,
       sum(attended) FILTER (before)::BIGINT AS attended_0,
       sum(possible) FILTER (before)::BIGINT AS possible_0,
       sum(attended) FILTER (after)::BIGINT AS attended_2,
       sum(possible) FILTER (after)::BIGINT AS possible_2
FROM period GROUP BY child HAVING possible_0 >= 150 AND possible_2 >= 150;

-- Awards. The outcomes met take the numbers 4 to 6 in the order of due date and card: their price is one.
-- Whoever has joined within the card's days has nothing due before its term, or by the as-of date after it.

CREATE TEMP TABLE award AS
WITH met AS (
    SELECT child, outcome, greatest(months_24 - 1, opened_on) AS due_on,
           CASE WHEN outcome IN ('reading', 'english', 'maths', 'writing') THEN 'progressed'
                WHEN outcome = 'parental_engagement' THEN 'improved' ELSE 'crossed' END AS reason
    FROM change JOIN candidate USING (child)
    WHERE months_24 - 1 <= getvariable('as_of') AND CASE outcome
        WHEN 'reading' THEN phase = 'primary' AND endpoint - baseline >= 1
        WHEN 'english' THEN phase = 'secondary' AND endpoint - baseline >= 1
        WHEN 'maths' THEN endpoint - baseline >= 1
        WHEN 'writing' THEN phase = 'primary' AND endpoint - baseline >= 1
        WHEN 'school_engagement' THEN phase = 'secondary' AND baseline < 50 AND endpoint >= 50
        WHEN 'emotional_wellbeing' THEN baseline >= if(informant = 'teacher', 4, 5)
                                    AND endpoint < if(informant = 'teacher', 4, 5)
        WHEN 'relationships' THEN baseline >= 3 AND endpoint < 3
        WHEN 'parental_engagement' THEN endpoint - baseline >= 10 END
    UNION ALL
    SELECT child, 'attendance'::outcome, greatest(make_date(year_begun + 2, 8, 31), opened_on), 'improved'
    FROM attending JOIN candidate USING (child)
    WHERE make_date(year_begun + 2, 8, 31) <= getvariable('as_of')
      AND attended_0 * 100 < possible_0 * 95
      AND (attended_2 * possible_0 - attended_0 * possible_2) * 100 >= possible_2 * possible_0 * 2
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY child ORDER BY due_on, outcome) AS place FROM met
)
SELECT child, 'sign_up'::payment AS payment, NULL::outcome AS outcome, 1 AS number,
       greatest(consent_on, joined_on) AS due_on, 'happened' AS reason
FROM child WHERE consent_on IS NOT NULL
UNION ALL
SELECT child, payment, NULL, if(payment = 'engagement', 2, 3), due_on, 'reached' FROM engaged
UNION ALL
SELECT child, 'outcomes', outcome, 3 + place, due_on, reason FROM ranked WHERE place <= 3;

-- Holds in force. A hold that leaves payment or outcome empty is on all of them.

CREATE TEMP TABLE hold AS
SELECT child_id, payment, outcome
FROM read_csv(getvariable('folder') || '/holds.csv', all_varchar = true, header = true)
WHERE "from"::DATE <= getvariable('as_of') AND ("to" IS NULL OR "to"::DATE >= getvariable('as_of'));

-- The claim: awards are sorted once for all who pay, and once more for the schools; a table, UNION ALL and
-- COPY keep their order, so that the lines, four times as many, are written as they come.

CREATE TEMP TABLE line AS
SELECT child_id, child.school, award.payment, outcome, number, due_on, reason,
       rbkc, lottery, philanthropy, price.school AS school_pays
FROM award JOIN child USING (child)
     JOIN price ON price.payment = award.payment AND due_on BETWEEN first_day AND last_day
WHERE NOT EXISTS (
    FROM hold
    WHERE hold.child_id = child.child_id AND (hold.payment IS NULL OR hold.payment = award.payment)
      AND (hold.outcome IS NULL OR hold.outcome = award.outcome)
)
ORDER BY due_on, child_id, number;

COPY (
    WITH part AS (
        SELECT 'lottery' AS commissioner, lottery AS amount, * FROM line
        UNION ALL SELECT 'philanthropy', philanthropy, * FROM line
        UNION ALL SELECT 'rbkc', rbkc, * FROM line
        UNION ALL (SELECT 'school:' || school, school_pays, * FROM line
                   ORDER BY school, due_on, child_id, number)
    )
    SELECT '2020-Q4' AS quarter, 'fund' AS contract, 1 AS card_version, commissioner, child_id, school,
           payment, outcome, number, 'new' AS kind, due_on, amount, NULL AS corrects, reason
    FROM part
) TO $out (FORMAT csv, HEADER);
"""


def main(folder: str, out: str, *, parquet: bool) -> None:
    """Write the lines of the folder's claim to a file."""
    with duckdb.connect(config={"threads": THREADS}) as connection:
        connection.execute("SET VARIABLE folder = $folder", {"folder": folder})
        connection.execute(SETTINGS + (PARQUET if parquet else CSV) + SCRIPT, {"out": out})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], parquet="--parquet" in sys.argv[3:])
