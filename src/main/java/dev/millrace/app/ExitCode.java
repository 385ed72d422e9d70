package dev.millrace.app;

/** What the process says to the shell when it ends. */
final class ExitCode {
    static final int OK = 0;
    /** Something that was checked or tried is broken. */
    static final int BROKEN = 1;
    /** The command, the configuration or the machine is at fault. */
    static final int USAGE = 2;

    private ExitCode() {}
}
