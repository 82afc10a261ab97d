package com.fuse.users;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A network between the program and the server: a proxy on loopback that can go silent, break connections, or delay. A
 * silent connection forwards nothing and accepts only as much as its buffers hold, so that a large write blocks. It
 * stays silent.
 */
public final class FaultyNetwork implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final int serverPort;
    private final List<Flow> flows = new CopyOnWriteArrayList<>();
    private volatile boolean silent;
    private volatile Duration delay = Duration.ZERO;

    public FaultyNetwork(TestDatabase database) {
        try {
            serverPort = database.port();
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** The database's URL by way of this network. */
    public String url(TestDatabase database) {
        return database.url().replace(":" + serverPort + "/", ":" + listener.getLocalPort() + "/");
    }

    /** From now on nothing that either side sends arrives, on new connections too, and nobody is told. */
    public void goSilent() {
        silent = true;
        flows.forEach(flow -> flow.silent = true);
    }

    /** Silences one connection, which the server knows by this port of its client. */
    public void silence(int clientPort) {
        of(clientPort).forEach(flow -> flow.silent = true);
    }

    /** Breaks one connection, which the server knows by this port of its client, without a goodbye. */
    public void reset(int clientPort) {
        of(clientPort).forEach(Flow::reset);
    }

    /** New connections are served again. */
    public void recover() {
        silent = false;
    }

    /** Breaks all connections that there are, without a goodbye. */
    public void reset() {
        flows.forEach(Flow::reset);
    }

    /** Every piece that is sent takes so much longer. */
    public void delay(Duration each) {
        delay = each;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    private Stream<Flow> of(int clientPort) {
        return flows.stream().filter(flow -> flow.server.getLocalPort() == clientPort);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Flow flow = new Flow(listener.accept(), new Socket(InetAddress.getLoopbackAddress(), serverPort));
                flow.silent = silent;
                flows.add(flow);
                daemon(() -> flow.pump(flow.client, flow.server));
                daemon(() -> flow.pump(flow.server, flow.client));
            } catch (IOException e) {
                // The listener is closed, or the server is down: the client is refused or left without an answer.
                continue;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-network");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection of the program, and its twin to the server. */
    private final class Flow {

        final Socket client;
        final Socket server;
        volatile boolean silent;

        Flow(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Thread.sleep(delay.toMillis());
                    if (silent) {
                        return;
                    }
                    out.write(buffer, 0, read);
                }
                if (!silent) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void reset() {
            for (Socket socket : List.of(client, server)) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    // It is broken already.
                    continue;
                }
            }
            flows.remove(this);
        }
    }
}
