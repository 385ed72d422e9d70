package dev.millrace.billing.rerate;

import java.util.Locale;

/** Why a past request can not be priced by a draft. */
public enum Unrated {
    /** The price list that it was charged by is not known. */
    NO_PRICE_LIST("the price list that it was charged by is not known"),
    /** It was charged its whole hold, and what would have been held is not known. */
    ABOVE_HOLD("it came to more than was held, and what would have been held is not known"),
    /** The draft's price depends on a parameter that was not kept, because its price did not depend on it. */
    PARAMETER_NOT_KEPT("the draft's price depends on a parameter that was not kept"),
    /** The draft prices something that was not counted, because it had no price. */
    UNIT_NOT_COUNTED("the draft prices a unit that was not counted");

    private final String meaning;

    Unrated(String meaning) {
        this.meaning = meaning;
    }

    /** The name on the wire, as {@code parameter_not_kept}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same in words. */
    public String meaning() {
        return meaning;
    }
}
