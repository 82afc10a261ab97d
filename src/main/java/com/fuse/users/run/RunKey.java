package com.fuse.users.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The key under which a run is resumed: SHA-256 of the command, the input's content and the options that affect outcomes
 * (contract, section 4). The input's name is not part of it.
 *
 * @param sha256 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared in Java; the database stores the array
public record RunKey(byte[] sha256) {

    static RunKey of(String command, byte[] inputSha256, RunOptions options) {
        MessageDigest key = DigestUtils.getSha256Digest();
        key.update(inputSha256);
        add(key, command);
        String column = options.columns().column();
        add(key, column == null ? "" : column.strip().toLowerCase(Locale.ROOT));
        add(key, Boolean.toString(options.dryRun()));
        addGiven(key, "no-header", options.columns().noHeader() ? true : null);
        addGiven(key, "identifier", options.columns().identifier());
        addGiven(key, "plan", options.planId());
        addGiven(key, "transfer-admin-to", options.transferAdminTo());
        addGiven(key, "with-memberships", options.withMemberships() ? true : null);
        return new RunKey(key.digest());
    }

    /** The number of the advisory lock that a live process holds on the run. */
    public long lockNumber() {
        return ByteBuffer.wrap(sha256).getLong();
    }

    private static void addGiven(MessageDigest key, String name, @Nullable Object value) {
        if (value != null) {
            add(key, name + "=" + value);
        }
    }

    private static void add(MessageDigest key, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        key.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        key.update(bytes);
    }
}
