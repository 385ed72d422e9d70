package dev.millrace.wallet;

import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.function.Supplier;

/**
 * What of the wallets this node has set aside in blocks, for those who must not be misled by it: a refusal that the node's own blocks
 * would have spared, and a customer who reads what was just charged. Nothing is, until a node lends its keeper.
 */
public final class Reserves {
    /** Keeps the blocks of a node. */
    public interface Keeper {
        /** Waits until what has ended up to now is durable; not long, whatever happens. */
        void settle();

        /** The same for one organization, and gives back what it has in blocks and is not granted. */
        void settle(OrganizationId organization);

        /** Gives back all that the organization has in blocks and is not granted, waits for that, and opens none for a while. */
        void giveBack(OrganizationId organization);

        /** How often something went back to the wallet. */
        long returns(OrganizationId organization);
    }

    private static final Keeper NONE = new Keeper() {
        @Override
        public void settle() {}

        @Override
        public void settle(OrganizationId organization) {}

        @Override
        public void giveBack(OrganizationId organization) {}

        @Override
        public long returns(OrganizationId organization) {
            return 0;
        }
    };

    private volatile Keeper keeper = NONE;

    /** Has a node's keeper asked from now on. */
    public void lend(Keeper nodes) {
        keeper = nodes;
    }

    /** What was charged up to now on this node can be read. */
    public void settle() {
        keeper.settle();
    }

    /** The same for one organization; and of its blocks only what is granted is held. */
    public void settle(OrganizationId organization) {
        keeper.settle(organization);
    }

    /**
     * Holds; and when money or a cap is short, gives back the organization's blocks and holds again, as long as that brings anything.
     *
     * @param hold a write that holds, whole
     */
    public <R> R insist(OrganizationId organization, Supplier<R> hold) {
        while (true) {
            long before = keeper.returns(organization);
            try {
                return hold.get();
            } catch (ProblemException refused) {
                if (!wanting(refused.problem().code())) {
                    throw refused;
                }
                keeper.giveBack(organization);
                if (keeper.returns(organization) == before) {
                    throw refused;
                }
            }
        }
    }

    private static boolean wanting(ProblemCode code) {
        return code == ProblemCode.INSUFFICIENT_FUNDS || code == ProblemCode.SPEND_CAP_REACHED;
    }
}
