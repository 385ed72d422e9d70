package dev.millrace.egress;

/** Who chose a URL, which decides what it may reach. */
public enum Trust {
    /** A customer: only addresses and ports that the filter lets pass. */
    CUSTOMER,
    /** The operator, in the configuration: any address. */
    OPERATOR
}
