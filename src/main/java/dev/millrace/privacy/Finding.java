package dev.millrace.privacy;

import dev.millrace.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the names in the conditions of the inventory stand for, about one subject. */
record Finding(String id, String email, String account) {
    private static final Pattern NAME = Pattern.compile(":(id|email|account)\\b");
    private static final String NOBODY = "";

    /** @param email a person's address; null where it is not known, or is not a person's */
    static Finding of(Subject subject, @Nullable String email) {
        return email == null
                ? new Finding(subject.id(), NOBODY, NOBODY)
                : new Finding(subject.id(), email, "account:" + Digest.hex(Digest.sha256(email)) + "%");
    }

    /** A statement with its arguments in their order. */
    record Bound(String sql, List<@Nullable Object> args) {
        Bound with(Object more) {
            List<@Nullable Object> all = new ArrayList<>(args);
            all.add(more);
            return new Bound(sql, all);
        }
    }

    Bound bind(String sql) {
        Matcher names = NAME.matcher(sql);
        List<@Nullable Object> args = new ArrayList<>();
        String bound = names.replaceAll(found -> {
            args.add(value(found.group(1)));
            return "?";
        });
        return new Bound(bound, args);
    }

    private String value(String name) {
        return switch (name) {
            case "id" -> id;
            case "email" -> email;
            default -> account;
        };
    }
}
