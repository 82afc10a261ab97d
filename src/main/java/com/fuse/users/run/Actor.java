package com.fuse.users.run;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who makes an attempt, for the record.
 *
 * @param account the account of the operating system; a command under sudo names the account that called it too
 * @param host the name of the host, or of the pod
 * @param version the version of the program
 */
public record Actor(String account, String host, String version) {

    /** The kernel's name of the host. A look-up by the network could take seconds. */
    private static final Path LINUX_HOST = Path.of("/proc/sys/kernel/hostname");

    /** This process. */
    public static Actor ofThisProcess() {
        return new Actor(
                account(System.getProperty("user.name"), System.getenv("SUDO_USER")), hostName(), programVersion());
    }

    /** The version in the manifest of the jar. */
    public static String programVersion() {
        String version = Actor.class.getPackage().getImplementationVersion();
        return version == null ? "from a checkout" : version;
    }

    /** Such as "anna@ops1". */
    public String describe() {
        return account + "@" + host;
    }

    static String account(String name, @Nullable String caller) {
        return caller == null || caller.isBlank() || caller.equals(name)
                ? name
                : "%s (sudo by %s)".formatted(name, caller);
    }

    private static String hostName() {
        try {
            return Files.isReadable(LINUX_HOST)
                    ? Files.readString(LINUX_HOST).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
