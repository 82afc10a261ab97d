package com.fuse.users;

public final class FuseUsersApplication {
    public static void main(String[] args) {
        System.out.println("x");
    }
}
