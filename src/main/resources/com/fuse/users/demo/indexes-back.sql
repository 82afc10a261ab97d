set local maintenance_work_mem = '256MB';

do $$
declare
    statement text;
begin
    for statement in select back from demo_indexes order by back loop
        execute statement;
    end loop;
end $$;
