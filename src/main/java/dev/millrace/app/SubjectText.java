package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.privacy.Subject;

/** Who is meant on the command line: {@code org} or {@code person}, and an id. */
final class SubjectText {
    private SubjectText() {}

    static Subject parse(String kind, String id) {
        String whole = kind.equals("org") ? "organization" : kind;
        return Subject.parse(whole + ":" + id)
                .orElseThrow(() ->
                        new ConfigException("say \"org ID\" or \"person ID\"; \"admin find ADDRESS\" tells the id"));
    }

    /** The path of its routes. */
    static String path(Subject subject) {
        return (subject instanceof Subject.OfPerson ? "/api/v1/people/" : "/api/v1/organizations/") + subject.id();
    }
}
