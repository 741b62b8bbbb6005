SELECT t.id FROM ledger.transfer AS t WHERE t.owner = $1 AND t.reverses = $2
