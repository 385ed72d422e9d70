package dev.millrace.provider.sandbox;

import dev.millrace.id.JobId;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Units;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.Message;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.TextSink;
import dev.millrace.provider.ToolPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Calls and a sink for the sandbox's tests. */
final class Calls {
    static final JobId JOB = new JobId(UUID.fromString("0190a5b2-7c11-7abc-8def-0123456789ab"));

    private Calls() {}

    static MediaCall media(Modality modality, String parameters) {
        return media(modality, parameters, 1);
    }

    static MediaCall media(Modality modality, String parameters, int attempt) {
        return new MediaCall(JOB, attempt, modality.wire(), modality, object(parameters));
    }

    static TextCall text(String parameters, long limit) {
        return new TextCall(
                "request-1",
                "text",
                List.of(new Message(Message.Role.USER, "How do bees find flowers?")),
                limit,
                OptionalLong.of(1),
                object(parameters));
    }

    private static ObjectNode object(String json) {
        return Json.readOwnObject(json.replace('\'', '"'));
    }

    /** Keeps what it is told; wants no more after a number of pieces. */
    static final class KeptAnswer implements TextSink {
        final List<String> pieces = new ArrayList<>();
        final List<ToolPiece> tools = new ArrayList<>();
        final List<Units> usage = new ArrayList<>();
        final List<FinishReason> ends = new ArrayList<>();
        private final int patience;

        KeptAnswer() {
            this(Integer.MAX_VALUE);
        }

        KeptAnswer(int patience) {
            this.patience = patience;
        }

        @Override
        public void text(String piece) {
            pieces.add(piece);
        }

        @Override
        public void tool(ToolPiece piece) {
            tools.add(piece);
        }

        @Override
        public void usage(Units units) {
            usage.add(units);
        }

        @Override
        public void end(FinishReason reason) {
            ends.add(reason);
        }

        @Override
        public boolean wanted() {
            return pieces.size() + tools.size() < patience;
        }
    }
}
