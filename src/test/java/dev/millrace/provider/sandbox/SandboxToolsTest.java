package dev.millrace.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.CustomerSchema;
import dev.millrace.catalog.InputSchema;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.AnswerFormat;
import dev.millrace.provider.CollectedCalls;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.Message;
import dev.millrace.provider.Message.Role;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.Tool;
import dev.millrace.provider.ToolCall;
import dev.millrace.provider.ToolChoice;
import dev.millrace.provider.Tooling;
import dev.millrace.provider.sandbox.Calls.KeptAnswer;
import dev.millrace.provider.sandbox.text.Tokens;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SandboxToolsTest {
    private static final Tool WEATHER = tool("get_weather", """
            {'type':'object','required':['location'],'additionalProperties':false,
             'properties':{'location':{'type':'string'},'unit':{'enum':['celsius','fahrenheit']}}}""");
    private static final Tool TIME = tool("get_time", """
            {'type':'object','properties':{'zone':{'type':'string'}},'required':['zone']}""");
    private static final String QUESTION = "What is the weather in Paris?";

    private final SandboxText text = new SandboxText(SandboxSettings.INSTANT, length -> {});

    private static Tool tool(String name, String schema) {
        return new Tool(name, "", object(schema), false);
    }

    private static ObjectNode object(String json) {
        return Json.readOwnObject(json.replace('\'', '"'));
    }

    private static Dialogue asked(String question, ToolChoice choice, boolean parallel, Tool... tools) {
        return new Dialogue(
                List.of(new Message(Role.USER, question)),
                new Tooling(List.of(tools), choice, parallel),
                AnswerFormat.TEXT);
    }

    private KeptAnswer answer(Dialogue dialogue, String parameters, long limit) {
        var answer = new KeptAnswer();
        text.run(new TextCall("r-1", 1, "text", dialogue, limit, OptionalLong.of(4), object(parameters)), answer);
        return answer;
    }

    private static List<ToolCall> calls(KeptAnswer answer) {
        CollectedCalls calls = new CollectedCalls();
        answer.tools.forEach(calls::add);
        return calls.list();
    }

    @Test
    void a_tool_that_the_question_names_is_called_with_what_the_question_says() {
        Dialogue dialogue = asked(QUESTION, new ToolChoice.Auto(), true, TIME, WEATHER);
        KeptAnswer answer = answer(dialogue, "{}", 500);
        assertThat(answer.pieces).isEmpty();
        assertThat(answer.ends).containsExactly(FinishReason.TOOL_CALLS);
        ToolCall call = calls(answer).getFirst();
        assertThat(calls(answer)).hasSize(1);
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.arguments()).isEqualTo("{\"location\":\"Paris\"}");
        assertThat(answer.usage.getLast().get(Unit.OUTPUT_TOKEN))
                .isEqualTo(Tokens.count("get_weather")
                        + (long) Tokens.split(call.arguments()).size());
        assertThat(calls(answer(dialogue, "{}", 500))).isEqualTo(List.of(call));
    }

    @Test
    void the_choice_and_the_number_of_calls_are_the_requests() {
        String both = "The weather and the time in Paris?";
        assertThat(calls(answer(asked(both, new ToolChoice.Auto(), true, TIME, WEATHER), "{}", 500)))
                .extracting(ToolCall::name)
                .containsExactly("get_time", "get_weather");
        assertThat(calls(answer(asked(both, new ToolChoice.Auto(), false, TIME, WEATHER), "{}", 500)))
                .hasSize(1);
        assertThat(calls(answer(asked(both, new ToolChoice.None(), true, TIME, WEATHER), "{}", 500)))
                .isEmpty();
        assertThat(calls(answer(asked("Hello!", new ToolChoice.Auto(), true, TIME, WEATHER), "{}", 500)))
                .isEmpty();
        assertThat(calls(answer(asked("Hello!", new ToolChoice.Required(), true, TIME, WEATHER), "{}", 500)))
                .extracting(ToolCall::name)
                .containsExactly("get_time");
        assertThat(calls(answer(asked(QUESTION, new ToolChoice.Named("get_time"), true, TIME, WEATHER), "{}", 500)))
                .extracting(ToolCall::name)
                .containsExactly("get_time");
    }

    @Test
    void once_a_tool_has_answered_the_answer_is_text() {
        Dialogue dialogue = new Dialogue(
                List.of(
                        new Message(Role.USER, QUESTION),
                        new Message(Role.ASSISTANT, "", List.of(new ToolCall("c1", "get_weather", "{}")), null),
                        new Message(Role.TOOL, "rain", List.of(), "c1")),
                new Tooling(List.of(WEATHER), new ToolChoice.Required(), true),
                AnswerFormat.TEXT);
        KeptAnswer answer = answer(dialogue, "{}", 500);
        assertThat(answer.tools).isEmpty();
        assertThat(String.join("", answer.pieces)).startsWith("With what get_weather answered: ");
        assertThat(answer.ends).containsExactly(FinishReason.STOP);
    }

    @Test
    void a_limit_cuts_a_call_as_it_cuts_text() {
        KeptAnswer answer = answer(asked(QUESTION, new ToolChoice.Auto(), true, WEATHER), "{}", 4);
        assertThat(answer.ends).containsExactly(FinishReason.LENGTH);
        assertThat(answer.usage.getLast().get(Unit.OUTPUT_TOKEN)).isLessThanOrEqualTo(4);
    }

    @Test
    void instructions_name_tools_arguments_and_faults() {
        Dialogue dialogue = asked("Hello!", new ToolChoice.Auto(), true, TIME, WEATHER);
        ToolCall told = calls(
                        answer(dialogue, "{'sandbox':{'call':'get_weather','arguments':{'location':'Zürich'}}}", 500))
                .getFirst();
        assertThat(Json.readOwn(told.arguments()).path("location").asString()).isEqualTo("Zürich");
        String call = "{'sandbox':{'call':['get_weather'],'tool_fault':'%s'}}";
        String malformed = calls(answer(dialogue, call.formatted("malformed"), 500))
                .getFirst()
                .arguments();
        assertThatThrownBy(() -> Json.readOwn(malformed)).isNotNull();
        assertThatThrownBy(() -> checked(
                        WEATHER.parameters(),
                        calls(answer(dialogue, call.formatted("mismatch"), 500)).getFirst()))
                .isInstanceOf(ProblemException.class);
        assertThat(calls(answer(dialogue, call.formatted("unknown_tool"), 500))
                        .getFirst()
                        .name())
                .isEqualTo("no_such_tool");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','required':['n'],'properties':{'n':{'type':'integer','minimum':5,'maximum':9}}}",
                "{'type':'object','required':['n'],'properties':{'n':{'type':'integer','exclusiveMaximum':-3,'multipleOf':4}}}",
                "{'type':'object','required':['n'],'properties':{'n':{'type':'number','exclusiveMinimum':0,'maximum':0.5}}}",
                "{'type':'object','required':['s'],'properties':{'s':{'type':'string','minLength':40,'maxLength':41}}}",
                "{'type':'object','required':['s'],'properties':{'s':{'type':'string','maxLength':2}}}",
                "{'type':'object','required':['s'],'properties':{'s':{'type':'string','pattern':'^[A-Z]{3}-\\\\d{4}(-x)?$'}}}",
                "{'type':'object','required':['s'],'properties':{'s':{'type':'string','pattern':'^(?:cat|dog)s?[^a-z]+$'}}}",
                "{'type':'object','required':['d','u'],'properties':{'d':{'type':'string','format':'date-time'},'u':{'type':'string','format':'uri'}}}",
                "{'type':'object','required':['a'],'properties':{'a':{'type':'array','minItems':3,'uniqueItems':true,'items':{'type':'string'}}}}",
                "{'type':'object','required':['a'],'properties':{'a':{'type':'array','minItems':2,'uniqueItems':true,'items':{'enum':['x','y','z']}}}}",
                "{'type':'object','required':['v'],'properties':{'v':{'anyOf':[{'type':'null'},{'type':'boolean'}]}}}",
                "{'type':'object','required':['v'],'properties':{'v':{'type':['null','integer']}}}",
                "{'type':'object','minProperties':2,'properties':{'a':{'type':'string'},'b':{'const':7},'c':{'type':'null'}}}",
                "{'type':'object','required':['t'],'$defs':{'tree':{'type':'object','required':['name'],'properties':{'name':{'type':'string'},'kids':{'type':'array','items':{'$ref':'#/$defs/tree'}}}}},'properties':{'t':{'$ref':'#/$defs/tree'}}}",
                "{'type':'object','required':['o'],'properties':{'o':{'type':'object','allOf':[{'required':['a'],'properties':{'a':{'type':'integer'}}},{'required':['b'],'properties':{'b':{'type':'boolean'}}}]}}}",
                "{'type':'object'}",
            })
    void arguments_keep_the_schema_of_their_tool(String schema) {
        ObjectNode parameters = object(schema);
        CustomerSchema.checkArguments(parameters, "parameters");
        Dialogue dialogue = asked(
                "Call it for 'Ada Lovelace' and \"b\" with 7, 3 and 100 in Rome.",
                new ToolChoice.Required(),
                true,
                new Tool("it", "", parameters, true));
        checked(parameters, calls(answer(dialogue, "{}", 5000)).getFirst());
    }

    @Test
    void a_format_is_kept() {
        ObjectNode schema = object(
                "{'type':'object','required':['rating'],'properties':{'rating':{'type':'integer','minimum':1,'maximum':5}}}");
        List<Message> messages = List.of(new Message(Role.USER, "Rate it 4 of 5."));
        KeptAnswer strict =
                answer(new Dialogue(messages, Tooling.NONE, new AnswerFormat.JsonSchema("r", schema)), "{}", 500);
        assertThat(String.join("", strict.pieces)).isEqualTo("{\"rating\":4}");
        KeptAnswer any = answer(new Dialogue(messages, Tooling.NONE, new AnswerFormat.JsonObject()), "{}", 500);
        assertThat(Json.readOwnObject(String.join("", any.pieces)).has("answer"))
                .isTrue();
    }

    private static void checked(ObjectNode schema, ToolCall call) {
        InputSchema.of(schema).checked(Json.readOwnObject(call.arguments()), UnknownFields.IGNORE);
    }
}
