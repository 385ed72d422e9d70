package dev.millrace.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** The catalogue can not be read; it says every mistake that was found, with its file and line. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;

    public CatalogException(List<Complaint> complaints) {
        super(complaints.stream().map(Complaint::toString).collect(Collectors.joining("\n")), null, false, false);
        this.complaints = List.copyOf(complaints);
    }

    CatalogException(Complaint complaint) {
        this(List.of(complaint));
    }

    public List<Complaint> complaints() {
        return complaints;
    }
}
