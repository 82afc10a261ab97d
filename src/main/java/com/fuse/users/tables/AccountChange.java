package com.fuse.users.tables;

/** The change of the users' rows in {@code public.users}. */
public enum AccountChange {
    DEACTIVATION("active = false, deactivated_at = :now", false),
    REACTIVATION("active = true, deactivated_at = null", true);

    private final String assignments;
    private final boolean active;

    AccountChange(String assignments, boolean active) {
        this.assignments = assignments;
        this.active = active;
    }

    /**
     * It leaves users alone who are in this state already and get only rows of other tables. It returns no rows, because
     * PostgreSQL would then refuse the statement for all users if the platform had a rule for one of them.
     * {@link #deviating} reads what it did.
     */
    public String statement() {
        return "update public.users t set %s where t.id = any(:users) and t.active is distinct from %s"
                .formatted(assignments, active);
    }

    /**
     * The query for the users in another state than the change gives them: {@code user_id}, the name of the table if the
     * change was not made, and {@code deactivated_at} if the change was made with another time. A user without that time
     * is not deactivated: an undo would not find the user. The subquery looks each user up by the key, also if there are
     * no statistics.
     */
    public String deviating() {
        return """
                select user_id, case when not changed then 'users' end as table_name, deactivated_at
                from (
                    select n.id as user_id, u.deactivated_at,
                           u.active is not distinct from %1$s and (u.deactivated_at is null) = %1$s as changed
                    from unnest(:users) as n (id)
                    left join lateral (
                        select active, deactivated_at from public.users where id = n.id offset 0
                    ) u on true
                ) account
                where not changed or deactivated_at <> :now""".formatted(active);
    }
}
