package com.fuse.users.run.request;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The guard's limits, evaluated on all inputs of the command so far, before the first write of each.
 *
 * @param maxUsers how many users may be changed; null for no such limit
 * @param maxPercent what percentage of the active users may be changed; null for the default of 20 %, which applies only
 *     to commands that would change more than 100 users
 */
public record GuardLimits(@Nullable Long maxUsers, @Nullable BigDecimal maxPercent) {}
