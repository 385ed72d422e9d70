package dev.millrace.assets;

/** Where a stored file comes from. */
public enum AssetKind {
    /** Made by a job. */
    OUTPUT,
    /** Sent by a customer, as the input of a job. */
    UPLOAD,
    /** Fetched for a job, and kept until it ends; nobody is shown it. */
    INPUT
}
