package dev.millrace.payments;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressException;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.EgressResponse;
import dev.millrace.egress.Trust;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Carries the requests of Stripe's library through the one way out. */
final class EgressTransport extends HttpClient {
    private static final long ANSWER_MAX = 4L << 20;

    /** What the way out sets by itself. */
    private static final Set<String> NOT_OURS = Set.of("user-agent", "host", "content-length", "connection");

    private final Egress egress;
    private final Duration timeout;

    EgressTransport(Egress egress, Duration timeout) {
        this.egress = egress;
        this.timeout = timeout;
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        HttpContent content = request.content();
        Map<String, String> headers = new HashMap<>();
        request.headers().map().forEach((name, values) -> put(headers, name, values));
        byte[] body = new byte[0];
        if (content != null) {
            body = content.byteArrayContent();
            headers.put("Content-Type", content.contentType());
        }
        try {
            EgressResponse answer = egress.send(new EgressRequest(
                    request.method().name(),
                    URI.create(request.url().toString()),
                    headers,
                    body,
                    timeout,
                    ANSWER_MAX,
                    Trust.OPERATOR));
            return new StripeResponse(
                    answer.status(),
                    HttpHeaders.of(answer.headers().values()),
                    new String(answer.body(), StandardCharsets.UTF_8));
        } catch (EgressException e) {
            throw new ApiConnectionException(e.failure().slug(), e);
        }
    }

    private static void put(Map<String, String> headers, String name, List<String> values) {
        if (!values.isEmpty() && !NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, values.getFirst());
        }
    }
}
