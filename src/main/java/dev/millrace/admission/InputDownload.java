package dev.millrace.admission;

import dev.millrace.assets.Assets;
import dev.millrace.assets.StoredFile;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressException;
import dev.millrace.egress.EgressFailure;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.Trust;
import java.io.IOException;
import java.net.URI;

/** Fetches the file behind a customer's URL, past the guard and once more when the network fails. */
final class InputDownload {
    private static final int OK = 200;
    private static final int TRIES = 2;

    private final Assets assets;
    private final Egress egress;
    private final InputSettings settings;

    InputDownload(Assets assets, Egress egress, InputSettings settings) {
        this.assets = assets;
        this.egress = egress;
        this.settings = settings;
    }

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that says why the file can not be had */
    StoredFile fetch(InputField field, long maxBytes) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return fetchOnce(field, maxBytes);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (tries == TRIES || !mayPass(e)) {
                    throw InputUrls.refused(
                            field.path(), "value", "The URL could not be fetched: it " + why(e, maxBytes));
                }
            }
        }
    }

    private StoredFile fetchOnce(InputField field, long maxBytes) throws IOException {
        EgressRequest get = EgressRequest.get(URI.create(field.url()), settings.timeout(), maxBytes, Trust.CUSTOMER);
        return egress.exchange(get, (status, headers, body) -> {
            if (status != OK) {
                throw new AnsweredException(status);
            }
            return assets.write(body, maxBytes + 1);
        });
    }

    private static boolean mayPass(IOException e) {
        return switch (e) {
            case EgressException egress ->
                egress.failure() == EgressFailure.NOT_CONNECTED || egress.failure() == EgressFailure.BROKEN;
            case AnsweredException answered -> answered.status >= 500;
            default -> false;
        };
    }

    private static String why(IOException e, long maxBytes) {
        return switch (e) {
            case EgressException egress -> why(egress.failure(), maxBytes);
            case AnsweredException answered ->
                answered.status / 100 == 3
                        ? "answered with a redirect (" + answered.status + "); give the URL that it leads to."
                        : "answered with status " + answered.status + ".";
            default -> "broke off.";
        };
    }

    private static String why(EgressFailure failure, long maxBytes) {
        return switch (failure) {
            case REFUSED -> "leads to an address that may not be used.";
            case UNRESOLVED -> "names a host that has no address.";
            case NOT_CONNECTED -> "took no connection.";
            case TIMED_OUT -> "took too long.";
            case BROKEN -> "broke off.";
            case MALFORMED -> "did not answer in HTTP.";
            case TOO_LARGE -> "has more than " + maxBytes + " bytes.";
        };
    }

    /** The other side answered, and not with the file. */
    private static final class AnsweredException extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        private AnsweredException(int status) {
            super("answered " + status);
            this.status = status;
        }
    }
}
