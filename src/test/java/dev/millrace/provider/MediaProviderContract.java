package dev.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.provider.MediaProgress.Finished;
import dev.millrace.provider.MediaProgress.Running;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What holds for every adapter that runs image, video and music jobs; each adapter's test extends it. */
public abstract class MediaProviderContract {
    /** What the calls' prompt holds, and nothing that an adapter says may. */
    protected static final String CANARY = "canary-5d1f0c";

    private static final int POLLS = 1_000;

    protected abstract MediaProvider provider();

    /** A call that ends well, with {@link #CANARY} in its prompt; the same at every time. */
    protected abstract MediaCall call();

    /** A call that the upstream refuses or fails. */
    protected abstract MediaCall failing();

    /** Lets the upstream get on. */
    protected abstract void proceed();

    @Test
    void an_upstream_id_is_a_short_text_without_content() {
        String id = provider().submit(call());
        assertThat(id).isNotBlank().hasSizeLessThanOrEqualTo(1_000).doesNotContain(CANARY);
    }

    @Test
    void progress_never_goes_back_and_comes_to_an_end() {
        MediaCall call = call();
        String id = provider().submit(call);
        int last = 0;
        for (int i = 0; i < POLLS; i++) {
            if (!(provider().poll(call, id) instanceof Running running)) {
                assertThat(provider().poll(call, id)).isInstanceOf(Finished.class);
                return;
            }
            assertThat(running.percent()).isBetween(last, 99);
            last = running.percent();
            proceed();
        }
        throw new AssertionError("still running after " + POLLS + " polls");
    }

    @Test
    void every_output_can_be_opened_and_is_numbered_from_zero() throws IOException {
        MediaCall call = call();
        String id = provider().submit(call);
        Finished finished = finished(call, id);
        assertThat(finished.outputs()).isNotEmpty();
        for (int i = 0; i < finished.outputs().size(); i++) {
            MediaOutput output = finished.outputs().get(i);
            assertThat(output.index()).isEqualTo(i);
            assertThat(output.contentType()).contains("/");
            assertThat(output.facts().toString()).doesNotContain(CANARY);
            assertThat(bytes(call, id, output)).isNotEmpty();
        }
    }

    @Test
    void polling_after_the_end_says_the_same() {
        MediaCall call = call();
        String id = provider().submit(call);
        assertThat(finished(call, id)).isEqualTo(finished(call, id));
    }

    @Test
    void where_submitting_is_idempotent_both_ids_lead_to_the_same_outputs() throws IOException {
        if (!provider().submitIsIdempotent()) {
            return;
        }
        MediaCall call = call();
        String first = provider().submit(call);
        proceed();
        String second = provider().submit(call);
        byte[] one = bytes(call, first, finished(call, first).outputs().getFirst());
        byte[] other = bytes(call, second, finished(call, second).outputs().getFirst());
        assertThat(java.util.Arrays.equals(one, other)).isTrue();
    }

    @Test
    void an_id_that_the_upstream_never_gave_is_an_upstream_failure() {
        assertThat(catchThrowable(() -> provider().poll(call(), "never-given"))).isInstanceOf(UpstreamException.class);
    }

    @Test
    void a_failure_tells_nothing_of_the_prompt() {
        MediaCall call = failing();
        String told;
        try {
            String id = provider().submit(call);
            MediaProgress progress = provider().poll(call, id);
            for (int i = 0; i < POLLS && progress instanceof Running; i++) {
                proceed();
                progress = provider().poll(call, id);
            }
            assertThat(progress).isNotInstanceOfAny(Running.class, Finished.class);
            told = progress.toString();
        } catch (UpstreamException failure) {
            told = failure.toString() + failure.detail();
        }
        assertThat(told).isNotBlank().doesNotContain(CANARY);
    }

    private Finished finished(MediaCall call, String id) {
        MediaProgress progress = provider().poll(call, id);
        for (int i = 0; i < POLLS && progress instanceof Running; i++) {
            proceed();
            progress = provider().poll(call, id);
        }
        assertThat(progress).isInstanceOf(Finished.class);
        return (Finished) progress;
    }

    private byte[] bytes(MediaCall call, String id, MediaOutput output) throws IOException {
        try (InputStream in = provider().open(call, id, output)) {
            return in.readAllBytes();
        }
    }
}
