SELECT t.id::text FROM ledger.transfer AS t GROUP BY t.id HAVING count(*) > 1 ORDER BY t.id LIMIT 100
