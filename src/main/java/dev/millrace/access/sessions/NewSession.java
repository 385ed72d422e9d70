package dev.millrace.access.sessions;

import dev.millrace.id.SessionId;
import java.time.Instant;

/** A session that was just opened, with the only copy of its token: hand it out once, then forget it. */
public record NewSession(SessionId id, String token, Instant expiresAt) {
    /** The id alone. */
    @Override
    public String toString() {
        return "NewSession[" + id + "]";
    }
}
