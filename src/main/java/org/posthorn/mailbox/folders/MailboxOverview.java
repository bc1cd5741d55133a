package org.posthorn.mailbox.folders;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server says of a mailbox.
 *
 * @param server its own words of who it is (RFC 2971); empty where it says nothing
 * @param namespaces empty where the server does not know the question, as are the quotas
 */
public record MailboxOverview(
        Map<String, String> server, List<Namespace> namespaces, List<FolderStatus> folders, List<Quota> quotas) {
    public MailboxOverview {
        server = Collections.unmodifiableMap(new LinkedHashMap<>(server));
        namespaces = List.copyOf(namespaces);
        folders = List.copyOf(folders);
        quotas = List.copyOf(quotas);
    }
}
