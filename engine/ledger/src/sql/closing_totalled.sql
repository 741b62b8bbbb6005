UPDATE ledger.closing AS c
SET totalled = true, transfers = s.transfers, moved = s.moved
FROM (SELECT count(*) AS transfers, coalesce(sum(t.amount), 0) AS moved
      FROM ledger.transfer AS t
      WHERE t.book = $1 AND t.period <= $2) AS s
WHERE c.book = $1 AND c.period <= $2 AND NOT c.totalled
