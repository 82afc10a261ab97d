create temporary table staged (
    line    bigint generated always as identity (start with 2),
    user_id bigint
) on commit drop
