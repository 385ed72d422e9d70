package dev.millrace.jobs;

import dev.millrace.assets.ContentTypes;
import dev.millrace.assets.StoredFile;
import dev.millrace.jobs.Outcome.Fetched;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.UpstreamException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Copies the outputs of a finished upstream job into files that nobody sees yet. */
final class OutputFetch {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobParts parts;
    private final LeaseGuard guard;
    private final RunPause pause;
    private final Instant deadline;

    OutputFetch(JobParts parts, LeaseGuard guard, RunPause pause, Instant deadline) {
        this.parts = parts;
        this.guard = guard;
        this.pause = pause;
        this.deadline = deadline;
    }

    /**
     * All of the outputs, whole; when one can not be had, none of them stays.
     *
     * @throws UpstreamException when an output could not be copied after several tries, is empty or too large
     */
    List<Fetched> fetch(Upstream upstream, String upstreamId, List<MediaOutput> outputs)
            throws InterruptedException, RunPause.Over {
        List<Fetched> fetched = new ArrayList<>();
        try {
            for (MediaOutput output : outputs) {
                fetched.add(fetch(upstream, upstreamId, output));
            }
            return fetched;
        } catch (RuntimeException | InterruptedException | RunPause.Over e) {
            discard(fetched);
            throw e;
        }
    }

    private void discard(List<Fetched> fetched) {
        fetched.forEach(one -> parts.assets().discard(one.file()));
    }

    private Fetched fetch(Upstream upstream, String upstreamId, MediaOutput output)
            throws InterruptedException, RunPause.Over {
        for (int tries = 1; ; tries++) {
            guard.check();
            try (InputStream bytes = upstream.open(upstreamId, output)) {
                StoredFile file = parts.assets()
                        .write(new Partial(bytes), parts.assets().settings().maxOutputBytes());
                parts.signals().at(Checkpoint.ASSET_STORED);
                return checked(output, file);
            } catch (ProblemException refused) {
                if (refused.problem().code() == ProblemCode.PAYLOAD_TOO_LARGE) {
                    throw failed("An output of the upstream is larger than may be stored here.");
                }
                if (tries == TRIES || late()) {
                    throw new UpstreamException(
                            ProblemCode.UNAVAILABLE,
                            "The upstream finished, and there was no room to store its output; send it again later.",
                            false,
                            null);
                }
                pause.await(PAUSE.multipliedBy(tries));
            } catch (IOException | UpstreamException e) {
                if (tries == TRIES || late()) {
                    throw failed("The upstream finished, and its output could not be copied.");
                }
                pause.await(PAUSE.multipliedBy(tries));
            }
        }
    }

    private Fetched checked(MediaOutput output, StoredFile file) {
        if (file.bytes() == 0) {
            parts.assets().discard(file);
            throw failed("The upstream finished with an empty output.");
        }
        String name = output.index() + "." + ContentTypes.extension(file.contentType());
        return new Fetched(
                new JobOutput(
                        output.index(),
                        parts.ids().asset(),
                        name,
                        file.contentType(),
                        file.bytes(),
                        file.sha256(),
                        output.facts(),
                        null),
                file);
    }

    private boolean late() {
        return parts.clock().instant().isAfter(deadline);
    }

    private static UpstreamException failed(String detail) {
        return new UpstreamException(ProblemCode.UPSTREAM_ERROR, detail, false, null);
    }

    /** Lets a test stop in the middle of a file. */
    private final class Partial extends FilterInputStream {
        private Partial(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (guard.lost() || late()) {
                throw new IOException("no time is left for it");
            }
            int read = super.read(buffer, from, length);
            if (read > 0) {
                parts.signals().at(Checkpoint.ASSET_PARTIAL);
            }
            return read;
        }
    }
}
