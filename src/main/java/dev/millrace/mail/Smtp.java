package dev.millrace.mail;

import dev.millrace.mail.Letter.Enclosure;
import dev.millrace.mail.MailSettings.Tls;
import dev.millrace.mail.SealedLetter.Addressed;
import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Speaks SMTP with the one server that the settings name: one connection for each letter. Safe for all threads. */
final class Smtp {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailSettings settings;
    private final InstantSource clock;
    private final Session session;

    Smtp(MailSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        String wait = Long.toString(settings.timeout().toMillis());
        Properties all = new Properties();
        all.put("mail.transport.protocol", "smtp");
        all.put("mail.smtp.connectiontimeout", wait);
        all.put("mail.smtp.timeout", wait);
        all.put("mail.smtp.writetimeout", wait);
        all.put("mail.smtp.localhost", settings.domain());
        all.put("mail.smtp.auth", Boolean.toString(settings.user() != null));
        all.put("mail.smtp.ssl.checkserveridentity", "true");
        all.put("mail.smtp.ssl.enable", Boolean.toString(settings.tls() == Tls.IMPLICIT));
        all.put("mail.smtp.starttls.enable", Boolean.toString(settings.tls() == Tls.STARTTLS));
        all.put("mail.smtp.starttls.required", Boolean.toString(settings.tls() == Tls.STARTTLS));
        return all;
    }

    /** Hands one letter over. */
    Outcome send(String id, Addressed addressed) {
        try {
            MimeMessage message = message(id, addressed);
            try (Transport transport = session.getTransport()) {
                transport.connect(
                        settings.host(),
                        settings.door(),
                        settings.user(),
                        settings.password() == null ? null : settings.password().reveal());
                transport.sendMessage(message, message.getAllRecipients());
            }
            return new Outcome.Sent();
        } catch (AddressException e) {
            return new Outcome.Refused("address");
        } catch (AuthenticationFailedException e) {
            return new Outcome.NotYet("sign_in"); // our fault, and mended in the settings
        } catch (MessagingException e) {
            return failed(e);
        }
    }

    /** The first answer with a code, among what failed and what made it fail. */
    private static Outcome failed(MessagingException e) {
        for (Throwable one = e; one != null; one = next(one)) {
            int code = switch (one) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (code >= 500) {
                return new Outcome.Refused(Integer.toString(code));
            }
            if (code >= 400) {
                return new Outcome.NotYet(Integer.toString(code));
            }
        }
        return new Outcome.NotYet("no_answer");
    }

    private static @org.jspecify.annotations.Nullable Throwable next(Throwable one) {
        return one instanceof MessagingException chained && chained.getNextException() != null
                ? chained.getNextException()
                : one.getCause();
    }

    private MimeMessage message(String id, Addressed addressed) throws MessagingException {
        Letter letter = addressed.letter();
        // The same for each attempt: whoever gets a letter twice, as behind a crash, can tell.
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + id + "@" + settings.domain() + ">");
            }
        };
        message.setFrom(sender());
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(addressed.to(), true));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeMultipart words = new MimeMultipart(
                "alternative", text(Wording.plain(letter), "plain"), text(Wording.html(letter), "html"));
        Enclosure enclosure = letter.enclosure();
        if (enclosure == null) {
            message.setContent(words);
        } else {
            MimeBodyPart first = new MimeBodyPart();
            first.setContent(words);
            message.setContent(new MimeMultipart(first, file(enclosure)));
        }
        return message;
    }

    private InternetAddress sender() throws MessagingException {
        try {
            return new InternetAddress(Objects.requireNonNull(settings.from()), settings.fromName(), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every JDK has UTF-8", e);
        }
    }

    private static MimeBodyPart text(String words, String kind) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(words, UTF_8, kind);
        return part;
    }

    private static MimeBodyPart file(Enclosure enclosure) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(enclosure.bytes(), enclosure.type())));
        part.setFileName(enclosure.name());
        return part;
    }
}
