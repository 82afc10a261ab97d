package com.fuse.users.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that is about to start. It is outside the range that the operating system uses for outgoing
 * connections. Otherwise a connection could take the port between the choice and the start of the server.
 */
public final class ServerPort {

    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;
    private static final int ATTEMPTS = 100;

    private ServerPort() {}

    /** A free port. */
    public static int choose() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            try (ServerSocket listening = new ServerSocket(port)) {
                return listening.getLocalPort();
            } catch (BindException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
