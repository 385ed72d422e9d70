package dev.millrace.access.people;

import java.time.Duration;

/**
 * Settings of people and of how they sign in, section {@code people}.
 *
 * @param signUp {@code open} lets everybody sign up and make an organization; {@code closed} takes an invitation
 * @param passwordLeast how many letters a password has at least
 * @param passwordMemoryBytes how much memory the hash of one password takes while it is reckoned (Argon2id)
 * @param passwordPasses how often it goes over that memory
 * @param passwordThreads how many passwords are hashed at once at most; others wait their turn, or are told to come back
 * @param sessionIdle how long a session lasts that nobody uses
 * @param sessionLife how long a session lasts at most
 * @param failures how many wrong passwords from one address lock an account for it; five times as many lock it for all
 * @param lockFor for how long; also the time in which they are counted
 * @param invitationLife how long an invitation stands open
 * @param linkLife how long a link to set a password anew, or to prove an address, works
 * @param verifyEmail {@code required} lets who has not shown that his address is his look, and change nothing
 */
public record PeopleSettings(
        SignUpPolicy signUp,
        int passwordLeast,
        long passwordMemoryBytes,
        int passwordPasses,
        int passwordThreads,
        Duration sessionIdle,
        Duration sessionLife,
        int failures,
        Duration lockFor,
        Duration invitationLife,
        Duration linkLife,
        VerifyPolicy verifyEmail) {
    private static final long MEBIBYTE = 1L << 20;

    public static final PeopleSettings DEFAULTS = new PeopleSettings(
            SignUpPolicy.CLOSED,
            10,
            19 * MEBIBYTE,
            2,
            2,
            Duration.ofDays(7),
            Duration.ofDays(30),
            10,
            Duration.ofMinutes(15),
            Duration.ofDays(7),
            Duration.ofHours(1),
            VerifyPolicy.OFF);

    public PeopleSettings {
        if (passwordLeast < 8 || passwordLeast > 64) {
            throw new IllegalArgumentException("password_least must be from 8 to 64");
        }
        if (passwordMemoryBytes < 64 << 10 || passwordMemoryBytes > MEBIBYTE << 10) {
            throw new IllegalArgumentException("password_memory_bytes must be from 64KiB to 1GiB");
        }
        if (passwordPasses < 1 || passwordPasses > 100 || passwordThreads < 1 || passwordThreads > 256) {
            throw new IllegalArgumentException("password_passes must be from 1 to 100, password_threads from 1 to 256");
        }
        if (failures < 1 || !lockFor.isPositive()) {
            throw new IllegalArgumentException("failures and lock_for must be more than nothing");
        }
        if (!sessionIdle.isPositive()
                || sessionLife.compareTo(sessionIdle) < 0
                || !invitationLife.isPositive()
                || !linkLife.isPositive()) {
            throw new IllegalArgumentException(
                    "session_idle, invitation_life and link_life must be more than nothing, and session_life at least session_idle");
        }
    }

    /** Whether people must show that their addresses are theirs. */
    public enum VerifyPolicy {
        OFF,
        REQUIRED
    }

    /** Who may make himself a person here, and an organization. */
    public enum SignUpPolicy {
        OPEN,
        CLOSED
    }
}
