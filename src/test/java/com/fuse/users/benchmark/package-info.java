/** The program's speed, side by side with what it competes with, on the same durable PostgreSQL. */
package com.fuse.users.benchmark;
