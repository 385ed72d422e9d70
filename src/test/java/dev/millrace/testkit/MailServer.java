package dev.millrace.testkit;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server on loopback that keeps what it takes, or answers each recipient with a code instead. */
public final class MailServer implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final List<Got> letters = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final SMTPServer server;
    private volatile int refusal;

    private MailServer(int port) {
        server = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandlerFactory(context -> new Taking())
                .build();
        server.start();
    }

    public static MailServer start() {
        return new MailServer(0);
    }

    /** On the port of one that was closed. */
    public static MailServer startAt(int port) {
        return new MailServer(port);
    }

    /** One letter as it came. */
    public record Got(String to, String raw, MimeMessage message) {
        public String subject() {
            try {
                return message.getSubject();
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The words of one kind, as {@code text/plain}. */
        public String words(String type) {
            try {
                return words(message.getContent(), type);
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String words(Object content, String type) throws MessagingException, IOException {
            Multipart parts = (Multipart) content;
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (part.getContent() instanceof Multipart inner) {
                    return words(inner, type);
                }
                if (part.isMimeType(type)) {
                    return part.getContent().toString();
                }
            }
            return "";
        }

        /** What stands behind {@code token=} in its link. */
        public String token() {
            Matcher link = LINK.matcher(words("text/plain").replaceAll("(?s).*(https?://\\S+token=\\S+).*", "$1"));
            if (!link.find()) {
                throw new AssertionError("no link: " + words("text/plain"));
            }
            return link.group().replaceAll(".*token=", "");
        }
    }

    public int port() {
        return server.getPortAllocated();
    }

    /** Answers each recipient with this code from now on; 0 takes letters. */
    public void refuse(int code) {
        refusal = code;
    }

    /** How many recipients it was asked to take a letter for. */
    public int asked() {
        return asked.get();
    }

    public List<Got> letters() {
        return List.copyOf(letters);
    }

    /** The n-th letter, from 1, once it has come. */
    public Got await(int n) {
        Await.until("letter " + n, () -> letters.size() >= n);
        return letters.get(n - 1);
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Taking implements MessageHandler {
        private String to = "";

        @Override
        public void from(String from) {
            // whoever it is
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            asked.incrementAndGet();
            if (refusal != 0) {
                throw new RejectException(refusal, "as it was told, for " + recipient);
            }
            to = recipient;
        }

        @Override
        public String data(InputStream data) throws IOException {
            byte[] bytes = data.readAllBytes();
            try {
                MimeMessage message =
                        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
                letters.add(new Got(to, new String(bytes, java.nio.charset.StandardCharsets.UTF_8), message));
            } catch (MessagingException e) {
                throw new UncheckedIOException(new IOException(e));
            }
            return null;
        }

        @Override
        public void done() {
            // one letter for each connection
        }
    }
}
