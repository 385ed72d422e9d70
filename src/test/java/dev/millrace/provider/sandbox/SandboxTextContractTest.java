package dev.millrace.provider.sandbox;

import dev.millrace.json.Json;
import dev.millrace.provider.Message;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.TextProviderContract;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

class SandboxTextContractTest extends TextProviderContract {
    private final SandboxText text = new SandboxText(SandboxSettings.INSTANT, duration -> {});

    @Override
    protected TextProvider provider() {
        return text;
    }

    @Override
    protected TextCall call(long maxOutputTokens) {
        return call(maxOutputTokens, Json.object());
    }

    @Override
    protected TextCall failing() {
        ObjectNode parameters = Json.object();
        parameters.putObject("sandbox").put("fail", "unavailable");
        return call(100, parameters);
    }

    private static TextCall call(long limit, ObjectNode parameters) {
        var messages = List.of(
                new Message(Message.Role.SYSTEM, "Be brief."),
                new Message(Message.Role.USER, "What is " + CANARY + "?"));
        return new TextCall("request-1", "text", messages, limit, OptionalLong.empty(), parameters);
    }
}
