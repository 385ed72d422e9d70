package dev.millrace.wallet;

import dev.millrace.id.Id;
import dev.millrace.id.JobId;
import dev.millrace.id.RequestId;
import java.util.regex.Pattern;

/** Names one hold after what it is for: {@code job:<uuid>} or {@code live:<uuid>}; ids of its transfers derive from it. */
public record HoldId(String text) implements Id {
    private static final Pattern FORM = Pattern.compile("[a-z]{1,16}:[A-Za-z0-9-]{1,64}");

    public HoldId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a hold is named <kind>:<id>");
        }
    }

    public static HoldId of(JobId job) {
        return new HoldId("job:" + job.text());
    }

    public static HoldId of(RequestId liveRequest) {
        return new HoldId("live:" + liveRequest.text());
    }

    @Override
    public String toString() {
        return text;
    }
}
