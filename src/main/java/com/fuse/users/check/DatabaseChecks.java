package com.fuse.users.check;

import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.ServerState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks the server, the login and the platform's tables. Changes nothing. */
public final class DatabaseChecks {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

    private static final String TLS = "select version from pg_stat_ssl where pid = pg_backend_pid() and ssl";

    private static final String IS_SUPERUSER = "select rolsuper from pg_roles where rolname = current_user";

    /** A guard is enabled if it fires in ordinary sessions. */
    private static final String MISSING_GUARDS = """
            select format('%s on %s', wanted.trigger_name, wanted.table_name)
            from (
                select 'no_inactive_admin' as trigger_name, 'users' as table_name
                union all
                select name, guarded
                from unnest(:tables) as guarded
                cross join (values ('no_inactive_user_inserted'), ('no_inactive_user_updated')) as of_table (name)
            ) wanted
            where not exists (
                select from pg_trigger t
                where t.tgrelid = to_regclass('public.' || wanted.table_name) and t.tgname = wanted.trigger_name
                  and t.tgenabled in ('O', 'A'))
            order by 1
            """;

    /** A foreign key, or a column user_id without one. A partition is checked with its table. */
    private static final String UNKNOWN_TABLES = """
            select c.oid::regclass::text
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition
              and n.nspname not in ('fuse_batch', 'information_schema') and n.nspname not like 'pg\\_%'
              and not (n.nspname = 'public' and c.relname = any(:known))
              and (exists (
                      select from pg_constraint k
                      where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'public.users'::regclass)
                   or exists (
                      select from pg_attribute a
                      where a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped))
            order by 1
            """;

    private final JdbcClient jdbc;
    private final DatabaseLogin login;
    private final ServerState state;
    private final EngineFeatures features;

    public DatabaseChecks(DataSource source, DatabaseLogin login, ServerState state) {
        this.jdbc = JdbcClient.create(source);
        this.login = login;
        this.state = state;
        this.features = new EngineFeatures(jdbc, source);
    }

    /** The login: it should have the job's rights and no others. */
    public CheckResult login() {
        return jdbc.sql(IS_SUPERUSER).query(Boolean.class).single()
                ? CheckResult.warning(
                        "login", login.login() + " is a superuser; a login with the role fuse_users_job is enough")
                : CheckResult.ok("login", login.login());
    }

    /** The encryption of the connection. */
    public CheckResult tls() {
        Optional<String> version = jdbc.sql(TLS).query(String.class).optional();
        if (version.isPresent()) {
            return CheckResult.ok("TLS", version.get());
        }
        return THIS_MACHINE.contains(login.host())
                ? CheckResult.ok("TLS", "none, on this machine")
                : CheckResult.warning(
                        "TLS",
                        "the connection is not encrypted; add sslmode=verify-full and sslrootcert=FILE to"
                                + " SPRING_DATASOURCE_URL");
    }

    /** The server's product, whether it accepts changes, and whether it can do what the program needs. */
    public CheckResult server() {
        return findServerRefusal()
                .map(refusal -> CheckResult.failed("server", refusal))
                .orElseGet(() -> CheckResult.ok("server", features.product()));
    }

    /** The reason why the program cannot change the database of this server, and the remedy; empty if it can. */
    public Optional<String> findServerRefusal() {
        return state.findRefusal().or(features::findRefusal);
    }

    /**
     * The triggers that keep an inactive user without rows.
     *
     * @param guarded the tables, besides users, that have such triggers
     */
    public CheckResult guards(List<String> guarded) {
        List<String> missing = jdbc.sql(MISSING_GUARDS)
                .param("tables", guarded.toArray(String[]::new))
                .query(String.class)
                .list();
        return missing.isEmpty()
                ? CheckResult.ok("guards", "in place")
                : CheckResult.failed(
                        "guards",
                        "missing or disabled: %s; enable them as the owner, or create them again from V2__platform_guards.sql"
                                .formatted(String.join(", ", missing)));
    }

    /**
     * The tables that refer to users.
     *
     * @param known the tables of schema public that a deactivation deletes from or keeps
     */
    public CheckResult tables(List<String> known) {
        List<String> unknown = jdbc.sql(UNKNOWN_TABLES)
                .param("known", known.toArray(String[]::new))
                .query(String.class)
                .list();
        return unknown.isEmpty()
                ? CheckResult.ok(
                        "tables", "every table that refers to users is deleted from or kept, by the specification")
                : CheckResult.warning(
                        "tables",
                        "%s: refers to users, but is in no list, so a deactivation keeps its rows; find out whether it should"
                                .formatted(String.join(", ", unknown)));
    }
}
