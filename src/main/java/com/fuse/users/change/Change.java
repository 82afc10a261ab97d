package com.fuse.users.change;

import java.util.List;

/**
 * What a command does to the users whom it is to change, set-based.
 *
 * @param updateAccount the assignments to the users' rows in {@code public.users}; {@code :now} is the run's clock
 * @param deletions the steps, in the order in which they are reported; the one on {@code community_memberships} is
 *     kept on record, row by row
 */
public record Change(String updateAccount, List<Deletion> deletions) {}
