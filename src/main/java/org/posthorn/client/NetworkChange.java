package org.posthorn.client;

import java.time.Duration;
import java.util.Set;

/** Something that happened to this machine and that its connections may not have survived. */
public sealed interface NetworkChange {
    /** The machine slept: servers and routers have forgotten it meanwhile, and told it nothing. */
    record Woke(Duration slept) implements NetworkChange {
        @Override
        public String words() {
            return "this machine has slept for about " + slept.toSeconds() + " s";
        }
    }

    /** It is in another network: nothing that is sent to these addresses arrives any more. */
    record AddressesGone(Set<String> addresses) implements NetworkChange {
        public AddressesGone {
            addresses = Set.copyOf(addresses);
        }

        @Override
        public String words() {
            return "this machine has lost the address "
                    + String.join(", ", addresses.stream().sorted().toList());
        }
    }

    /** For people, without a full stop. */
    String words();
}
