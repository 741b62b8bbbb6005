-- Closed periods that gained or lost transfers since they were totalled.
SELECT c.book || ' ' || c.period::text
FROM ledger.closing AS c
WHERE c.totalled
  AND c.period = (SELECT max(l.period) FROM ledger.closing AS l WHERE l.book = c.book AND l.totalled)
  AND (c.transfers, c.moved) <> (SELECT count(*), coalesce(sum(t.amount), 0)
                                 FROM ledger.transfer AS t
                                 WHERE t.book = c.book AND t.period <= c.period)
ORDER BY 1
LIMIT 100
