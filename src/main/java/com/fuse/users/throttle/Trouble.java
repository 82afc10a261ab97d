package com.fuse.users.throttle;

/**
 * A reason to wait at this moment.
 *
 * @param text what is wrong, with the value and its limit, in one line for people
 */
public record Trouble(WaitReason reason, String text) {}
