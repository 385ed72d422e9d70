package dev.millrace.routing;

import dev.millrace.catalog.Deployment;
import dev.millrace.provider.Provider;

/** One upstream that a request may go to: the deployment and the adapter that reaches it. */
public record Route(Deployment deployment, Provider provider) {}
