package com.fuse.users.metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The Pushgateway that the settings name.
 *
 * @param name its address, or what is wrong with the settings
 * @param problem why it cannot be reached; null if it can
 */
public record Receiver(String name, @Nullable String problem) {

    private static final int TIMEOUT_MILLIS = 2_000;

    /** Connects to the Pushgateway; empty if the settings name none. */
    public static Optional<Receiver> check(Environment settings) {
        try {
            return PushgatewayClient.configuredBy(settings).map(client -> connect(client.address()));
        } catch (RuntimeException e) {
            return Optional.of(new Receiver("the settings", CommandMetrics.describe(e)));
        }
    }

    private static Receiver connect(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    TIMEOUT_MILLIS);
            return new Receiver(address, null);
        } catch (UnknownHostException e) {
            return new Receiver(address, "the host is unknown");
        } catch (IOException | IllegalArgumentException e) {
            return new Receiver(address, CommandMetrics.describe(e));
        }
    }
}
