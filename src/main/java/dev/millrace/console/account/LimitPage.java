package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.KeyState;
import dev.millrace.access.Permission;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.KeyId;
import dev.millrace.limits.LimitStanding;
import dev.millrace.limits.LimitStandings;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /console/limits}: how often and how much at once may be asked, who says so, and what is used of it now. */
public final class LimitPage {
    private static final int FULL = 100;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    LimitPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /**
     * One limit.
     *
     * @param what is counted, in words
     * @param of what it counts alone: a kind or a model; empty for everything
     * @param from who says it, in words
     * @param again when all of it is there again, in words
     */
    public record Line(
            boolean key, String what, String of, String limit, String used, long percent, String from, String again) {
        static Line of(LimitStanding limit) {
            LimitStanding.Whose whose = limit.whose();
            Duration resets = limit.resetsIn();
            boolean atOnce = resets == null;
            String scope = limit.rule().modality().isEmpty()
                    ? limit.rule().model()
                    : limit.rule().modality();
            return new Line(
                    whose == LimitStanding.Whose.KEY,
                    what(limit),
                    scope,
                    grouped(limit.limit()) + (atOnce ? " at once" : " per minute"),
                    grouped(limit.used()),
                    Math.clamp(limit.used() * FULL / Math.max(1, limit.limit()), 0, FULL),
                    from(limit.source()),
                    resets == null ? "as they end" : resets.isZero() ? "now" : "in " + resets.toSeconds() + " s");
        }

        private static String what(LimitStanding limit) {
            return switch (limit.rule().measure()) {
                case REQUESTS -> "Requests";
                case TOKENS -> "Tokens";
                case LIVE -> "Live requests";
                case OPEN -> "Jobs queued or running";
                case QUEUED -> "Jobs queued";
                case RUNNING -> "Jobs running";
            };
        }

        private static String from(LimitStanding.Source source) {
            return switch (source) {
                case INSTALLATION -> "this installation";
                case PLAN -> "the plan";
                case ORGANIZATION -> "set for you";
                case KEY -> "set for the key";
            };
        }

        private static String grouped(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /** A key whose own limits can be looked at. */
    public record Choice(String id, String name, boolean chosen) {}

    /** {@code GET /console/limits}: query {@code key}. */
    Response show(Request request) {
        Visitor visitor = visitors.enter(request);
        Caller caller = visitor.caller();
        List<KeyInfo> keys = caller.may(Permission.READ_KEYS)
                ? rooms.database().read(tx -> rooms.keyring().access().list(tx, caller.organization())).stream()
                        .filter(key -> key.state() != KeyState.REVOKED)
                        .toList()
                : List.of();
        @Nullable
        KeyId chosen = request.query("key")
                .flatMap(KeyId::parse)
                .filter(id -> keys.stream().anyMatch(key -> key.id().equals(id)))
                .orElse(null);
        LimitStandings.Shown shown = rooms.organization().limits().of(caller.organization(), chosen);
        List<Line> lines = shown.limits().stream().map(Line::of).toList();
        return pages.personal(
                request,
                200,
                new Content(
                        "account/limits.jte",
                        "Limits",
                        "How often and how much at once.",
                        null,
                        Map.of(
                                "plan",
                                shown.plan(),
                                "ours",
                                lines.stream().filter(line -> !line.key()).toList(),
                                "ofKey",
                                lines.stream().filter(Line::key).toList(),
                                "keys",
                                keys.stream()
                                        .map(key -> new Choice(
                                                key.id().text(),
                                                key.name(),
                                                key.id().equals(chosen)))
                                        .toList(),
                                "chosen",
                                chosen != null)),
                Visitors.told(visitor));
    }
}
