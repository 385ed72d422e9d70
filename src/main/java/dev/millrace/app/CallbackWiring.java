package dev.millrace.app;

import dev.millrace.crypto.Digest;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressException;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.Trust;
import dev.millrace.jobs.CallbackLinks;
import dev.millrace.jobs.CallbackParts;
import dev.millrace.provider.sandbox.Pause;
import dev.millrace.provider.sandbox.SandboxCallbacks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Makes what upstreams' callbacks need: their addresses, and the sandbox's own, which come in by this node's door as all others do. */
final class CallbackWiring {
    private static final String SANDBOX_SECRET = "millrace sandbox callbacks v1";
    private static final String PATH = "/callbacks/";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CallbackParts parts;
    private final SandboxCallbacks sandbox;
    private final Egress egress;
    private final CompletableFuture<URI> door = new CompletableFuture<>();

    CallbackWiring(Settings settings, byte[] masterKey, Egress egress, InstantSource clock, Pause pause) {
        this.parts =
                new CallbackParts(new CallbackLinks(masterKey, settings.server().publicUrl()), settings.callbacks());
        this.egress = egress;
        this.sandbox = new SandboxCallbacks(
                Digest.hmacSha256(masterKey, SANDBOX_SECRET.getBytes(StandardCharsets.UTF_8)),
                clock,
                pause,
                this::call);
    }

    CallbackParts parts() {
        return parts;
    }

    SandboxCallbacks sandbox() {
        return sandbox;
    }

    /** The door is open: callbacks of the sandbox can come in. */
    void opened(String url) {
        door.complete(URI.create(url));
    }

    /** Calls this node's own door, whatever the public address is: that may lead nowhere from here. */
    private void call(URI callback, Map<String, String> headers, byte[] body) {
        URI own = door.getNow(null);
        if (own == null) {
            return;
        }
        String path = callback.getRawPath();
        URI url = own.resolve(path.substring(path.indexOf(PATH)));
        try {
            var unused = egress.send(new EgressRequest("POST", url, headers, body, PATIENCE, 0, Trust.OPERATOR));
        } catch (EgressException lost) {
            // A callback that nobody takes is lost, as one of any upstream may be.
        }
    }
}
