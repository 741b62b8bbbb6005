SELECT t.id
FROM unnest($1::text[], $2::uuid[]) AS asked(owner, id)
JOIN ledger.transfer AS t ON t.owner = asked.owner AND t.id = asked.id
