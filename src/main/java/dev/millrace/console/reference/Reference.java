package dev.millrace.console.reference;

import dev.millrace.console.code.Sample;
import dev.millrace.console.schema.ParameterRow;
import java.util.List;

/**
 * One document as a page.
 *
 * @param tabs all documents, to choose from
 * @param keyed how a request says who asks, in a line
 */
public record Reference(
        Document document,
        List<Document> tabs,
        String summary,
        String version,
        String base,
        String keyed,
        List<Group> groups) {
    /** How many operations there are. */
    public int operations() {
        return groups.stream().mapToInt(group -> group.operations().size()).sum();
    }

    /** The operations on one kind of thing. */
    public record Group(String key, String title, List<Entry> operations) {}

    /**
     * One operation.
     *
     * @param open whether it needs no key
     * @param bodyType the media type of the body; empty when it takes none
     * @param others whether the body may hold what the table does not name
     */
    public record Entry(
            String key,
            String method,
            String path,
            String summary,
            boolean open,
            List<ParameterRow> parameters,
            String bodyType,
            List<ParameterRow> body,
            boolean others,
            List<Answer> answers,
            List<Answer> failures,
            Sample call) {}

    /**
     * One answer.
     *
     * @param name what the form of its body is called
     * @param example a body of that form; empty where it is no JSON
     */
    public record Answer(
            String status, String meaning, String mediaType, String name, List<ParameterRow> members, Sample example) {}
}
