INSERT INTO ledger.account (owner, id, book, kind, side, totals, limited, opened_at)
SELECT a.owner, a.id, a.book, a.kind, a.side, a.totals, a.limited, $8
FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])
    AS a(owner, id, book, kind, side, totals, limited)
WHERE NOT EXISTS (SELECT 1 FROM ledger.account AS known WHERE known.owner = a.owner AND known.id = a.id)
ORDER BY a.owner, a.id
ON CONFLICT DO NOTHING  -- id and name are both unique, and either may meet first
