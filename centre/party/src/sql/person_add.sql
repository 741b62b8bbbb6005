INSERT INTO party.person (person_no, name, id_type, id_no, birth, sex, hukou, mobile, address, area, first_work_date,
                          registered_at, changed_at)
SELECT n.person_no, n.name, n.id_type, n.id_no, n.birth, n.sex, n.hukou, n.mobile, n.address, n.area,
       n.first_work_date, $12, $12
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::smallint[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::date[])
    AS n(person_no, name, id_type, id_no, birth, sex, hukou, mobile, address, area, first_work_date)
ORDER BY n.id_type, n.id_no
ON CONFLICT (id_type, id_no) WHERE status = 'active' DO NOTHING
RETURNING person_no
