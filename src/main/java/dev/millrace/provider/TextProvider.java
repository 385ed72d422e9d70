package dev.millrace.provider;

/** Runs language requests on an upstream. */
public interface TextProvider {
    /**
     * Runs the call and tells the sink what comes, in order: pieces of text and of tool calls, then usage, then the end. Blocks until the
     * answer has ended or the sink no longer wants it ({@link TextSink#wanted()}).
     *
     * @throws UpstreamException when the upstream fails; whether anything was told before decides if another may be tried
     */
    void run(TextCall call, TextSink sink);
}
