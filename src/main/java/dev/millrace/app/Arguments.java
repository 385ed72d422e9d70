package dev.millrace.app;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options. */
final class Arguments {
    private Arguments() {}

    static Money money(String text) {
        try {
            Money amount = Money.usd(text);
            if (!amount.isNegative()) {
                return amount;
            }
        } catch (ArithmeticException | NumberFormatException unfit) {
            // Said below.
        }
        throw new TypeConversionException("\"" + text + "\" is no amount in dollars such as 12.50");
    }

    static OrganizationId organization(String text) {
        return OrganizationId.parse(text)
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is no id of an organization"));
    }

    static KeyId key(String text) {
        return KeyId.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "this is no id of a key: it is the part between the underscores of mr_<id>_<secret>"));
    }
}
