package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.api.millrace.LiveAnswers.Question;
import dev.millrace.jobs.Accepted;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.Message;
import dev.millrace.provider.Message.Role;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Language through {@code POST /api/v1/generations}, with a chain of models to fall back on. */
final class LanguageGenerations {
    private static final String SURFACE = "POST /api/v1/generations live";

    private final LiveAnswers answers;
    private final MediaRequest jobs;

    LanguageGenerations(LiveAnswers answers, MediaRequest jobs) {
        this.answers = answers;
        this.jobs = jobs;
    }

    /** @param fields the names of the route's own fields */
    Response generate(Request request, Principal principal, Fields body, Set<String> fields) {
        ObjectNode parameters = Parameters.of(body, fields);
        Dialogue dialogue = dialogue(body, parameters);
        boolean stream = body.flag("stream") || new Fields(parameters, "settings").flag("stream");
        parameters.remove("stream");
        Chain chain = Chain.of(principal, body, parameters, MediaRequest.quote(body));
        Question question = new Question(
                chain, dialogue, "gen-", LiveKeys.of(request, SURFACE, principal, body), HangUps.of(request));
        return stream ? answers.streamed(question, true) : answers.whole(request, question, GenerationBody::of);
    }

    /** @param wish the request without what only language has */
    Accepted job(Request request, Principal principal, Fields body, Wish wish) {
        ObjectNode parameters = wish.parameters();
        Dialogue dialogue = dialogue(body, parameters);
        if (parameters.path("stream").asBoolean(false)) {
            throw Fields.wrong("stream", "value", "is for answers at once; watch the job's events instead.");
        }
        parameters.remove("stream");
        return jobs.accept(request, principal, wish, dialogue);
    }

    /** The conversation; tools and the answer's format may stand in {@code settings} too, and are taken out of the parameters. */
    private static Dialogue dialogue(Fields body, ObjectNode parameters) {
        List<Message> messages =
                body.has("messages") ? ChatMessages.read(body) : List.of(new Message(Role.USER, body.text("prompt")));
        Fields told = new Fields(parameters, "");
        Dialogue dialogue = new Dialogue(messages, ChatTools.read(told), ChatFormat.read(told));
        parameters.remove(ChatRequest.DIALOGUE);
        return dialogue;
    }
}
