package dev.millrace.provider.sandbox;

import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request tells the sandbox to do wrong, or differently; its parameter {@code sandbox}. See {@code docs/sandbox.md}.
 *
 * @param latency how long to pretend to work; null for the settings' own
 * @param fail the failure to end with; null for none
 * @param failAt where the failure shows
 * @param failTimes how many attempts fail before one goes well; at least 1
 * @param moderation what does not pass
 * @param neverFinish whether to work for ever
 * @param finishTwice whether to tell the end twice
 * @param cutStreamAt after how many pieces of text, or bytes of a file, the stream breaks
 * @param usage the quantities to report instead of the true ones; null for the true ones
 * @param silentUsage whether to report no quantities at all
 * @param noop whether to make nothing
 * @param outputs how many outputs to deliver, whatever was asked for
 * @param tokens how many tokens an answer has
 * @param refuseCancel whether to go on when asked to stop
 * @param tools what to do about tool calls
 * @param draft whether small pictures and films will do
 * @param callback how a job is called back about; null for not at all
 */
public record Instructions(
        @Nullable Duration latency,
        @Nullable ProblemCode fail,
        FailAt failAt,
        long failTimes,
        Moderation moderation,
        boolean neverFinish,
        boolean finishTwice,
        OptionalLong cutStreamAt,
        @Nullable Units usage,
        boolean silentUsage,
        boolean noop,
        OptionalLong outputs,
        OptionalLong tokens,
        boolean refuseCancel,
        ToolOrders tools,
        boolean draft,
        @Nullable CallBack callback) {
    /** The parameter that instructions come in. */
    public static final String PARAMETER = "sandbox";

    /** Where in a job's life a failure shows. */
    public enum FailAt {
        SUBMIT,
        POLL,
        OPEN
    }

    /** How a job is called back about. */
    public enum CallBack {
        /** One call at the end. */
        ONCE,
        /** The same call twice at the end. */
        TWICE,
        /** One call before the submission is answered, and one at the end. */
        EARLY,
        /** One call some time behind the end, on which nobody counts. */
        LATE,
        /** A call is promised, and never made. */
        NEVER
    }

    /** What does not pass moderation. */
    public enum Moderation {
        PASS,
        INPUT,
        OUTPUT
    }

    /**
     * The instructions in a request's parameters; where it has none, the sandbox does everything right.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} that names the instruction, for an unknown or badly typed one
     */
    public static Instructions of(ObjectNode parameters) {
        return new InstructionReader(parameters.get(PARAMETER)).read();
    }

    /** Whether the stream of this attempt, counted from 1, is to break before this piece, counted from 0. */
    boolean cuts(int attempt, long piece) {
        return attempt <= failTimes && cutStreamAt.isPresent() && piece >= cutStreamAt.getAsLong();
    }

    /** Whether this attempt, counted from 1, is to fail. */
    boolean fails(int attempt) {
        return fail != null && attempt <= failTimes;
    }
}
