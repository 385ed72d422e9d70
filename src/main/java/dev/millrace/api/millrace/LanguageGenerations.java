package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.Ask;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Message;
import dev.millrace.provider.Message.Role;
import dev.millrace.relay.LiveKey;
import dev.millrace.relay.Relay;
import dev.millrace.relay.Started;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Language through {@code POST /api/v1/generations}, with a chain of models to fall back on. */
final class LanguageGenerations {
    private static final String SURFACE = "POST /api/v1/generations live";
    private static final int CHAIN_MAX = 5;

    private final Admission admission;
    private final Relay relay;
    private final InstantSource clock;

    LanguageGenerations(Admission admission, Relay relay, InstantSource clock) {
        this.admission = admission;
        this.relay = relay;
        this.clock = clock;
    }

    /** What is asked of whichever model answers. */
    private record Wish(
            List<Message> messages,
            boolean stream,
            @Nullable LiveKey key) {}

    Response generate(Request request, Principal principal, Fields body) {
        List<Message> messages = messages(body);
        ObjectNode settings = body.objectOrEmpty("settings");
        boolean stream = body.flag("stream") || new Fields(settings, "settings").flag("stream");
        settings.remove("stream");
        List<Ask> chain = chain(principal, body, settings);
        LiveKey key = LiveKeys.of(request, SURFACE, principal, body);
        if (key != null) {
            relay.refuseRepeat(key);
        }
        return first(request, new Wish(messages, stream, key), chain);
    }

    /** The first model of the chain that can answer; the last one's failure is the answer when none can. */
    private Response first(Request request, Wish wish, List<Ask> chain) {
        for (Ask ask : chain.subList(0, chain.size() - 1)) {
            try {
                return answer(request, wish, ask);
            } catch (ProblemException failed) {
                if (!anotherMayWork(failed)) {
                    throw failed;
                }
            }
        }
        return answer(request, wish, chain.getLast());
    }

    private Response answer(Request request, Wish wish, Ask ask) {
        Started started = relay.start(admission.admitText(ask, wish.messages()), wish.key());
        ChatHead head =
                new ChatHead("gen-" + started.id().text(), clock.instant().getEpochSecond(), ask.model());
        if (wish.stream()) {
            return Response.sse(out -> {
                StreamedAnswer answer = new StreamedAnswer(out, head, true);
                try {
                    started.run(answer);
                } catch (ProblemException failed) {
                    answer.failed(failed.problem());
                }
            });
        }
        CollectedAnswer answer = new CollectedAnswer(request);
        started.run(answer);
        return Response.json(200, GenerationBody.of(head, answer.text(), answer.outcome()));
    }

    private static boolean anotherMayWork(ProblemException failed) {
        return switch (failed.problem().code()) {
            case MODEL_NOT_FOUND,
                    MODEL_BLOCKED,
                    MODEL_DISABLED,
                    UPSTREAM_ERROR,
                    UPSTREAM_TIMEOUT,
                    UPSTREAM_UNKNOWN,
                    NO_CAPACITY -> true;
            case dev.millrace.problem.ProblemCode other -> false;
        };
    }

    private static List<Ask> chain(Principal principal, Fields body, ObjectNode settings) {
        List<String> models = new ArrayList<>(List.of(body.text("model")));
        ArrayNode others = body.arrayOrNull("models");
        if (others != null) {
            for (JsonNode other : others) {
                if (!other.isString()) {
                    throw Fields.wrong("models", "type", "must be a list of model ids.");
                }
                models.add(other.stringValue());
            }
        }
        if (models.size() > CHAIN_MAX) {
            throw Fields.wrong(
                    "models", "maxItems", "must hold at most " + (CHAIN_MAX - 1) + " models to fall back on.");
        }
        return models.stream()
                .distinct()
                .map(model -> new Ask(
                        principal,
                        MillraceApi.DIALECT,
                        model,
                        Modality.LANGUAGE,
                        settings.deepCopy(),
                        UnknownFields.REJECT,
                        MediaRequest.quote(body)))
                .toList();
    }

    private static List<Message> messages(Fields body) {
        return body.has("messages") ? ChatMessages.read(body) : List.of(new Message(Role.USER, body.text("prompt")));
    }
}
