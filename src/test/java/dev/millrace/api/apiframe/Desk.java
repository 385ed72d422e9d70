package dev.millrace.api.apiframe;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A client of this dialect whose every answer is held against the OpenAPI document. */
final class Desk {
    /** A picture that is painted in no time. */
    static final String SMALL =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a lighthouse\",\"size\":\"64x64\",\"seed\":7}";

    private static final Set<String> TERMINAL = Set.of("COMPLETED", "FAILED", "CANCELLED");

    private final Caller caller;
    private final Described described;

    private Desk(Caller caller, Described described) {
        this.caller = caller;
        this.described = described;
    }

    static Desk of(Gateway gateway, NewKey key) {
        return new Desk(new Caller(gateway.url()).with("X-API-Key", key.full()), new Described(gateway.url()));
    }

    /** The same client with another caller. */
    Desk as(Caller other) {
        return new Desk(other, described);
    }

    Desk with(String name, String value) {
        return new Desk(caller.with(name, value), described);
    }

    Desk bare() {
        return new Desk(caller.bare(), described);
    }

    Caller caller() {
        return caller;
    }

    Described described() {
        return described;
    }

    Reply get(String path) {
        return described.hold("GET", path, caller.get(path));
    }

    Reply delete(String path) {
        return described.hold("DELETE", path, caller.delete(path));
    }

    Reply post(String path, String json) {
        return described.hold("POST", path, caller.post(path, json));
    }

    Reply post(String path, byte[] body) {
        return described.hold("POST", path, caller.post(path, body));
    }

    Reply call(String method, String path, String json) {
        return described.hold(
                method,
                path,
                caller.with("Content-Type", "application/json")
                        .call(method, path, json.getBytes(StandardCharsets.UTF_8)));
    }

    Reply send(String path, Form form) {
        return described.hold(
                "POST", path, caller.with("Content-Type", form.contentType()).call("POST", path, form.bytes()));
    }

    /** Submits and waits for the end; the job. */
    Reply run(String path, String json) {
        Reply accepted = post(path, json);
        if (accepted.status() != 202) {
            throw new AssertionError(accepted.toString());
        }
        return ended(accepted.at("jobId"));
    }

    Reply ended(String job) {
        Reply[] last = new Reply[1];
        Await.until("the job ends", () -> {
            last[0] = get("/v2/jobs/" + job);
            return TERMINAL.contains(last[0].at("status"));
        });
        return last[0];
    }

    Reply until(String job, String status) {
        Reply[] last = new Reply[1];
        Await.until("the job is " + status, () -> {
            last[0] = get("/v2/jobs/" + job);
            return status.equals(last[0].at("status"));
        });
        return last[0];
    }
}
