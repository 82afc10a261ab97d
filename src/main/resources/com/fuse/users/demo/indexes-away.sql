-- Drops indexes, because updating them row by row takes most of the time of a large world, and building them afterwards
-- takes little. Keys that a foreign key refers to cannot be dropped.
create temporary table demo_indexes on commit drop as
select format('alter table %s drop constraint %I', key.conrelid::regclass, key.conname) as away,
       format('alter table %s add constraint %I %s', key.conrelid::regclass, key.conname,
              pg_get_constraintdef(key.oid)) as back
from pg_constraint key
where key.connamespace = 'public'::regnamespace
  and key.contype in ('p', 'u')
  and not exists (select from pg_constraint reference
                  where reference.contype = 'f' and reference.conindid = key.conindid)
union all
select format('drop index %s', plain.indexrelid::regclass), pg_get_indexdef(plain.indexrelid)
from pg_index plain
join pg_class class on class.oid = plain.indexrelid
where class.relnamespace = 'public'::regnamespace
  and not exists (select from pg_constraint key where key.conindid = plain.indexrelid);

do $$
declare
    statement text;
begin
    for statement in select away from demo_indexes loop
        execute statement;
    end loop;
end $$;
