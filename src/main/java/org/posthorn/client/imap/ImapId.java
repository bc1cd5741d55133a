package org.posthorn.client.imap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who speaks to whom (RFC 2971). */
final class ImapId {
    /** A name alone: which version and which system is nobody's business. */
    static final String COMMAND = "ID (\"name\" \"Posthorn\")";

    private static final String RESPONSE = "* ID ";

    private ImapId() {}

    /** What the server says of itself, in its order; a refusal and NIL are nothing. */
    static Map<String, String> in(List<String> untagged) {
        Map<String, String> server = new LinkedHashMap<>();
        for (String line : untagged) {
            if (line.regionMatches(true, 0, RESPONSE, 0, RESPONSE.length())) {
                ImapValue.in(line.substring(RESPONSE.length())).stream()
                        .limit(1)
                        .forEach(value -> pairs(value, server));
            }
        }
        return server;
    }

    private static boolean isNil(ImapValue value) {
        return value instanceof ImapValue.Word(String word) && word.equalsIgnoreCase("NIL");
    }

    private static void pairs(ImapValue value, Map<String, String> server) {
        if (value instanceof ImapValue.Group(List<ImapValue> fields)) {
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                if (!isNil(fields.get(i + 1))) {
                    server.put(fields.get(i).text(), fields.get(i + 1).text());
                }
            }
        }
    }
}
