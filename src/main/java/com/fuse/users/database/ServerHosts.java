package com.fuse.users.database;

import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.hostchooser.HostRequirement;

/**
 * The servers to which a new connection may lead. A run opens new connections until its end, and all of them must lead to
 * the server that holds its lock.
 *
 * @param url the database's JDBC URL
 * @param defaults the driver's properties that the URL does not set
 */
public record ServerHosts(String url, Properties defaults) {

    /** The reason why two connections may lead to different servers, and the remedy; empty if they do not. */
    Optional<String> findRefusal() {
        Properties properties = Objects.requireNonNull(Driver.parseURL(url, defaults));
        String hosts = Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(properties));
        String type = Objects.requireNonNull(PGProperty.TARGET_SERVER_TYPE.getOrDefault(properties));
        return hosts.contains(",") && HostRequirement.getTargetServerType(type) != HostRequirement.primary
                ? Optional.of(
                        "SPRING_DATASOURCE_URL names several hosts with targetServerType=%s, so a connection may lead to a standby; add targetServerType=primary to it"
                                .formatted(type))
                : Optional.empty();
    }
}
