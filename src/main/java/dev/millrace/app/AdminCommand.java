package dev.millrace.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything that an operator does to an installation, in its data directory or through the server that runs on it. */
@Command(
        name = "admin",
        description = "Set up and administer an installation.",
        mixinStandardHelpOptions = true,
        subcommands = {
            InitCommand.class,
            OrgCommand.class,
            KeyCommand.class,
            PlanCommand.class,
            PersonCommand.class,
            MemberCommand.class,
            InvitationCommand.class,
            SessionCommand.class,
            AuditLogCommand.class,
            FindCommand.class,
            ExportCommand.class,
            EraseCommand.class,
            TopUpCommand.class,
            PaymentsCommand.class,
            InvoiceCommand.class,
            GrantCommand.class,
            CreditCommand.class,
            RefundCommand.class,
            CodeCommand.class,
            CapCommand.class,
            StatementCommand.class,
            CatalogCommand.class,
            PriceCommand.class,
            AuditCommand.class,
            ReconcileCommand.class
        })
final class AdminCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "admin needs one of: " + String.join(", ", spec.subcommands().keySet()));
    }
}
