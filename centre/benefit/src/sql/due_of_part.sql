-- Every month from the start of the award up to the month of the run that is not paid yet.
SELECT a.person_no, a.award_id, a.total_fen, a.account_fen,
    (extract(year FROM d) * 100 + extract(month FROM d))::integer AS month
FROM benefit.award AS a
CROSS JOIN LATERAL generate_series(
    make_date(a.start_month / 100, a.start_month % 100, 1), make_date($1 / 100, $1 % 100, 1), interval '1 month') AS d
WHERE a.part = $2 AND a.status = 'active' AND a.start_month <= $1
    AND NOT EXISTS (
        SELECT 1 FROM benefit.payment AS p
        WHERE p.person_no = a.person_no AND p.kind <> 'difference'
            AND p.month = (extract(year FROM d) * 100 + extract(month FROM d))::integer)
ORDER BY a.person_no, month
