package dev.millrace.api.higgsfield;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.Set;

/** What tests of this dialect do all the time. */
final class Studio {
    /** A picture that is painted in no time. */
    static final String SMALL = "{\"prompt\":\"a lighthouse\",\"size\":\"64x64\",\"seed\":7}";

    /** A picture that is in the request itself, so that nothing is fetched. */
    static final String PICTURE = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAa0lEQVR42g3JQQEAMAgDMZxUClIqpVI4J0jBypZvqg"
            + "oVXbhIMcUWV1QJiRYWESNWnH40arpxk2aaba5/GJk2NjFj1px/BIUODgkTNlx+DBp68JBhhh1ufixaevGSZZZdbn8c"
            + "OvrwkWOOPe54tcBfkVHkesIAAAAASUVORK5CYII=";

    private static final Set<String> TERMINAL = Set.of("completed", "failed", "nsfw", "canceled");

    private Studio() {}

    /** Speaks with {@code Authorization: Key}. */
    static Caller caller(Gateway gateway, NewKey key) {
        return new Caller(gateway.url()).with("Authorization", "Key " + key.id().text() + ":" + key.secret());
    }

    /** Submits and waits for the end; the last status answer. */
    static Reply run(Caller client, String model, String json) {
        Reply submitted = client.post("/" + model, json);
        if (submitted.status() != 200) {
            throw new AssertionError(submitted.toString());
        }
        return ended(client, submitted.at("status_url"));
    }

    static Reply ended(Caller client, String statusUrl) {
        Reply[] last = new Reply[1];
        Await.until("the request ends", () -> {
            last[0] = client.get(statusUrl);
            return TERMINAL.contains(last[0].at("status"));
        });
        return last[0];
    }
}
