package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tool calls and answers in a format, through every route that answers with language. */
class MillraceToolsTest {
    private static final String CHAT = "/api/v1/chat/completions";
    private static final String TOOL =
            "{'type':'function','function':{'name':'get_weather','description':'The weather.',"
                    + "'parameters':{'type':'object','required':['location'],'properties':{'location':{'type':'string'},"
                    + "'unit':{'enum':['celsius','fahrenheit']}}}}}";
    private static final String ASK =
            "'model':'sandbox/text','messages':[{'role':'user','content':'What is the weather in Paris?'}]";
    private static final String WITH = ASK + ",'tools':[" + TOOL + "]";
    private static Gateway gateway;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        NewKey key = gateway.customer("5");
        client = gateway.caller(key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    private static Reply post(String path, String fields) {
        return client.post(path, "{" + fields.replace('\'', '"') + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, "/v1/chat/completions", "/api/v1/generations"})
    void a_call_comes_whole_and_is_answered_with_text(String path) {
        BigDecimal before = available();
        Reply called = post(path, WITH);
        assertThat(called.status()).as(called.toString()).isEqualTo(200);
        JsonNode choice = called.json().path("choices").path(0);
        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        JsonNode message = choice.path("message");
        assertThat(message.has("content")).isTrue();
        assertThat(message.path("content").isNull()).isTrue();
        JsonNode call = message.path("tool_calls").path(0);
        assertThat(call.path("type").asString()).isEqualTo("function");
        assertThat(call.path("function").path("name").asString()).isEqualTo("get_weather");
        assertThat(call.path("function").path("arguments").asString()).isEqualTo("{\"location\":\"Paris\"}");
        JsonNode usage = called.json().path("usage");
        assertThat(usage.path("completion_tokens").asLong()).isPositive();
        assertThat(before.subtract(available()))
                .isEqualByComparingTo(usage.path("cost").decimalValue());
        Reply told = client.post(
                path,
                Json.text(Json.readOwnObject("{" + WITH.replace('\'', '"') + "}")
                        .set(
                                "messages",
                                Json.array()
                                        .add(Json.object()
                                                .put("role", "user")
                                                .put("content", "What is the weather in Paris?"))
                                        .add(message)
                                        .add(Json.object()
                                                .put("role", "tool")
                                                .put(
                                                        "tool_call_id",
                                                        call.path("id").asString())
                                                .put("content", "{\"degrees\":11}")))));
        assertThat(told.status()).as(told.toString()).isEqualTo(200);
        JsonNode end = told.json().path("choices").path(0);
        assertThat(end.path("finish_reason").asString()).isEqualTo("stop");
        assertThat(end.path("message").has("tool_calls")).isFalse();
        assertThat(end.path("message").path("content").asString()).contains("get_weather");
    }

    @Test
    void a_call_comes_in_pieces_with_its_head_in_the_first() {
        Reply reply = post(CHAT, WITH + ",'stream':true,'stream_options':{'include_usage':true}");
        List<JsonNode> deltas = new ArrayList<>();
        StringBuilder arguments = new StringBuilder();
        String finish = "";
        for (JsonNode chunk : chunks(reply)) {
            JsonNode choice = chunk.path("choices").path(0);
            finish = choice.path("finish_reason").isString()
                    ? choice.path("finish_reason").asString()
                    : finish;
            choice.path("delta").path("tool_calls").forEach(deltas::add);
        }
        deltas.forEach(delta ->
                arguments.append(delta.path("function").path("arguments").asString("")));
        assertThat(finish).isEqualTo("tool_calls");
        assertThat(deltas.getFirst().path("id").asString()).startsWith("call_");
        assertThat(deltas.getFirst().path("type").asString()).isEqualTo("function");
        assertThat(deltas.getFirst().path("function").path("name").asString()).isEqualTo("get_weather");
        assertThat(deltas.subList(1, deltas.size()))
                .isNotEmpty()
                .allMatch(delta -> !delta.has("id") && !delta.path("function").has("name"))
                .allMatch(delta -> delta.path("index").asInt(-1) == 0);
        assertThat(arguments.toString()).isEqualTo("{\"location\":\"Paris\"}");
        JsonNode totals = chunks(reply).getLast();
        assertThat(totals.path("usage").path("completion_tokens").asLong()).isPositive();
    }

    @Test
    void a_stream_that_is_cut_within_arguments_says_so_and_is_charged_for_what_came() {
        Reply reply = post(CHAT, WITH + ",'stream':true,'sandbox':{'cut_stream_at':3}");
        List<JsonNode> chunks = chunks(reply);
        assertThat(chunks.getLast().path("error").path("code").asString()).isEqualTo("upstream_error");
        JsonNode row = client.get("/api/v1/usage?limit=1").json().path("data").path(0);
        assertThat(row.path("units_source").asString()).isEqualTo("estimate");
        assertThat(row.path("units").path("output_token").asLong()).isBetween(3L, 8L);
    }

    @Test
    void schemas_and_results_are_counted_as_input_and_held_for() {
        long plain = tokens(post(CHAT, ASK));
        long tools = tokens(post(CHAT, WITH + ",'tool_choice':'none'"));
        assertThat(tools).isGreaterThan(plain + 30);
        String large = TOOL.replace("The weather.", "word ".repeat(1600));
        Reply poor = gateway.caller(gateway.customer("0.0009"))
                .post(CHAT, ("{" + ASK + ",'tools':[" + large + "],'max_tokens':5}").replace('\'', '"'));
        assertThat(poor.status()).as("the schema counts in the hold: " + poor).isEqualTo(402);
    }

    @Test
    void a_format_is_kept_and_said_in_settings_too() {
        String format = "'response_format':{'type':'json_schema','json_schema':{'name':'r','strict':true,'schema':"
                + "{'type':'object','required':['n'],'properties':{'n':{'type':'integer','minimum':3}}}}}";
        Reply chat = post(CHAT, ASK + "," + format);
        assertThat(chat.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo("{\"n\":3}");
        Reply generated = post("/api/v1/generations", ASK + ",'settings':{" + format + "}");
        assertThat(generated.at("output_text")).isEqualTo("{\"n\":3}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'tools':{}                                                        | tools",
                "'tools':[1]                                                       | tools.0",
                "'tools':[{'type':'custom'}]                                       | tools.0.type",
                "'tools':[{'type':'function'}]                                     | tools.0.function",
                "'tools':[{'type':'function','function':{}}]                       | tools.0.function.name",
                "'tools':[{'type':'function','function':{'name':'a b'}}]           | tools.0.function.name",
                "'tools':[{'type':'function','function':{'name':'a'}},{'type':'function','function':{'name':'a'}}] | tools.1.function.name",
                "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'string'}}}] | tools.0.function.parameters.type",
                "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'objekt'}}}] | tools.0.function.parameters.type",
                "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'object','properties':{'b':{'minLength':-1}}}}}] | tools.0.function.parameters.properties.b.minLength",
                "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'object','properties':{'b':{'$ref':'#/$defs/c'}}}}}] | tools.0.function.parameters.properties.b.$ref",
                "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'object','properties':{'b':{'$ref':'https://example.com/'}}}}}] | tools.0.function.parameters.properties.b.$ref",
                "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'object','$defs':{'x':{'$ref':'#/$defs/y'},'y':{'$ref':'#/$defs/x'}}}}}] | tools.0.function.parameters.$defs.x.$ref",
                "'tool_choice':'auto'                                              | tool_choice",
                "'tools':[TOOL],'tool_choice':'sometimes'                          | tool_choice",
                "'tools':[TOOL],'tool_choice':{'type':'function','function':{'name':'b'}} | tool_choice.function.name",
                "'tools':[TOOL],'parallel_tool_calls':'yes'                        | parallel_tool_calls",
                "'functions':[]                                                    | functions",
                "'response_format':{'type':'xml'}                                  | response_format.type",
                "'response_format':{'type':'json_schema'}                          | response_format.json_schema.name",
                "'response_format':{'type':'json_schema','json_schema':{'name':'a'}} | response_format.json_schema.schema",
            })
    void what_is_wrong_with_tools_is_named(String fields, String field) {
        refused(ASK + "," + fields.replace("TOOL", TOOL), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'role':'tool','tool_call_id':'a','content':'x'}                  | messages.1.tool_call_id",
                "{'role':'tool','content':'x'}                                     | messages.1.tool_call_id",
                "{'role':'assistant','content':null}                               | messages.1.content",
                "{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}}]} | messages.1.tool_calls.0.id",
                "{'role':'assistant','tool_calls':[CALL,CALL]}                     | messages.1.tool_calls.1.id",
                "{'role':'assistant','tool_calls':[CALL]},{'role':'user','content':'x'} | messages.1.tool_calls.0.id",
                "{'role':'assistant','tool_calls':[CALL]},RESULT,RESULT            | messages.3.tool_call_id",
                "{'role':'assistant','tool_calls':[CALL]},RESULT,{'role':'user','content':'x'},RESULT | messages.4.tool_call_id",
                "{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f'}}]} | messages.1.tool_calls.0.function.arguments",
                "{'role':'assistant','tool_calls':{}}                              | messages.1.tool_calls",
                "{'role':'function','content':'x'}                                 | messages.1.role",
            })
    void a_conversation_whose_calls_and_answers_do_not_match_is_named(String messages, String field) {
        refused(
                "'model':'sandbox/text','messages':[{'role':'user','content':'x'},"
                        + messages.replace(
                                        "CALL", "{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}}")
                                .replace("RESULT", "{'role':'tool','tool_call_id':'a','content':'x'}")
                        + "]",
                field);
    }

    @Test
    void too_many_tools_and_too_large_schemas_are_refused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 129; i++) {
            many.append(i == 0 ? "" : ",").append(TOOL.replace("get_weather", "t" + i));
        }
        refused(ASK + ",'tools':[" + many + "]", "tools");
        refused(
                ASK + ",'tools':[" + TOOL.replace("'enum':[", "'enum':['" + "x".repeat(70_000) + "',") + "]",
                "tools.0.function.parameters");
    }

    private static void refused(String fields, String field) {
        Reply reply = post(CHAT, fields);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json().path("error").path("param").asString())
                .as(reply.toString())
                .isEqualTo(field);
    }

    private static long tokens(Reply reply) {
        return reply.json().path("usage").path("prompt_tokens").asLong();
    }

    private static List<JsonNode> chunks(Reply events) {
        return events.text()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Json.readOwn(line.substring(6)))
                .toList();
    }

    private static BigDecimal available() {
        return new BigDecimal(client.get("/api/v1/wallet").at("available_usd"));
    }
}
