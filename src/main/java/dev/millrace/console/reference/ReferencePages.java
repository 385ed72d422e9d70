package dev.millrace.console.reference;

import dev.millrace.console.Area;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;

/** The routes of the reference. */
public final class ReferencePages {
    private final List<Document> documents;
    private final Pages pages;

    /** @param documents the first one is shown where none is named */
    public ReferencePages(List<Document> documents, Pages pages) {
        this.documents = List.copyOf(documents);
        this.pages = pages;
    }

    /** {@code GET /docs}. */
    public Response first(Request request) {
        return show(request, documents.getFirst());
    }

    /** {@code GET /docs/{name}}. */
    public Response one(Request request) {
        String name = request.pathParam("name");
        return show(
                request,
                documents.stream()
                        .filter(document -> document.key().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ProblemException(
                                ProblemCode.NOT_FOUND, "No reference has this name; /docs leads to all of them.")));
    }

    /** {@code GET /openapi.json}: where tools look for the document. */
    public Response document(Request request) {
        return Response.empty(302).header("Location", documents.getFirst().path());
    }

    private Response show(Request request, Document document) {
        String base = request.baseUrl().toString();
        Reference reference = new ReferenceReader(document, document.source().apply(base), base).read(documents);
        return pages.show(
                request,
                Content.of(
                        "reference/page.jte",
                        document.title() + " API reference",
                        reference.summary(),
                        Area.REFERENCE,
                        reference));
    }
}
