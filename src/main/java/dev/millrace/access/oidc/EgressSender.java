package dev.millrace.access.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.EgressResponse;
import dev.millrace.egress.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Sends the library's requests through the one way out. */
final class EgressSender implements HTTPRequestSender {
    private static final long BODY_MAX = 1 << 20;

    private final Egress egress;
    private final Duration timeout;

    EgressSender(Egress egress, Duration timeout) {
        this.egress = egress;
        this.timeout = timeout;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.put("Accept", "application/json");
        String body = request.getBody() == null ? "" : request.getBody();
        EgressResponse answer = egress.send(new EgressRequest(
                request.getMethod().name(),
                request.getURI(),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                timeout,
                BODY_MAX,
                Trust.OPERATOR));
        HTTPResponse response = new HTTPResponse(answer.status());
        answer.header("Content-Type").ifPresent(type -> type(response, type));
        response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return response;
    }

    private static void type(HTTPResponse response, String type) {
        try {
            response.setContentType(type);
        } catch (ParseException e) {
            // an answer of no type is refused where it is read
        }
    }
}
