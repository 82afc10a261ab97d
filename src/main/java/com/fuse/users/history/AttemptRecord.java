package com.fuse.users.history;

import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What Spring Batch recorded of an attempt. Its times are in the time zone of the process that made it, which is not on
 * record.
 *
 * @param number counted from 1
 * @param status null while Spring Batch has not given it any
 * @param worked until its last sign of life
 * @param start null if it died before it began
 * @param decidingStart when it began with the chunks; null if it did not come to that
 * @param deciding how long it was at them
 * @param chunks how many it committed
 */
record AttemptRecord(
        int number,
        @Nullable String status,
        Duration worked,
        @Nullable LocalDateTime start,
        @Nullable LocalDateTime decidingStart,
        Duration deciding,
        long chunks) {}
