package org.posthorn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.client.CheckResult;
import org.posthorn.client.LoginGuard;
import org.posthorn.client.smtp.SmtpReply;
import org.posthorn.client.smtp.Submission;
import org.posthorn.diagnosis.Finding;
import org.posthorn.mailbox.FoundMessage;
import org.posthorn.mailbox.Hop;
import org.posthorn.mailbox.RoundTripResult;
import org.posthorn.mailbox.SendingResult;

/**
 * A test message as the object that {@code send --json} prints. A name never changes within one number of the schema.
 *
 * <pre>{@code
 * { "schema": 1,
 *   "endpoint": {…},                       as check prints it
 *   "outcome": "sent",                     partly, refused, uncertain, failed, cancelled
 *   "message": {"messageId": "<…>", "mark": "…", "from": "…", "size": 812, "eightBit": false, "smtputf8": false},
 *   "sender": {"code": 250, "enhancedCode": "2.1.0", "serverText": "250 2.1.0 Ok"},
 *   "recipients": [ {"address": "…", "outcome": "accepted", "code": 250, "enhancedCode": …, "serverText": …} ],
 *   "data": {…}, "accepted": {…},          the replies to DATA and to the end of the message
 *   "millis": 41.2,
 *   "session": {…},                        the connection, as check prints it
 *   "roundTrip": {"endpoint": {…}, "outcome": "found", "millis": 530.1, "looks": 2, "folder": "INBOX",
 *                 "hops": [ {"from": …, "by": …, "with": …, "id": …, "date": …, "delayMillis": …} ],
 *                 "deletion": "deleted", "failure": null, "findings": []},
 *   "findings": [] }
 * }</pre>
 *
 * A recipient's outcome is {@code accepted}, {@code refused}, {@code notSent} (accepted, but the message was not) or {@code
 * unknown} (never asked, or no answer). {@code message} is null when the connection did not come about, {@code roundTrip} when
 * none was asked for or nothing was sent. {@code uncertain} means that the connection ended between the message and the answer
 * to it. A round trip's outcome is {@code found}, {@code notFound}, {@code failed} or {@code cancelled}, and its deletion
 * {@code deleted}, {@code marked}, {@code refused}, {@code kept} (as asked) or {@code readOnly} (kept, since the mailbox is).
 */
final class SendJson {
    private SendJson() {}

    static Map<String, Object> of(Sent sent, LoginGuard guard) {
        SendingResult sending = sent.sending();
        List<Finding> findings = sent.findings();
        Map<String, Object> session = CheckJson.of(sending.session(), sent.ofSession(), guard);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CheckJson.SCHEMA);
        json.put("endpoint", CheckJson.endpoint(sending.session().endpoint()));
        json.put("outcome", sending.outcome().word());
        json.put("message", sending.message().map(SendJson::message));
        json.put("sender", sending.submission().flatMap(Submission::sender).map(SendJson::reply));
        json.put(
                "recipients",
                sending.submission()
                        .map(submission -> submission.recipients().stream()
                                .map(recipient -> recipient(submission, recipient))
                                .toList())
                        .orElse(List.of()));
        json.put("data", sending.submission().flatMap(Submission::data).map(SendJson::reply));
        json.put("accepted", sending.submission().flatMap(Submission::message).map(SendJson::reply));
        json.put("millis", FactsJson.millis(sending.elapsed()));
        json.put("session", session);
        json.put("roundTrip", sent.roundTrip().map(trip -> roundTrip(trip, guard)));
        json.put("findings", findings.stream().map(CheckJson::finding).toList());
        return json;
    }

    private static Map<String, Object> message(SendingResult.Outline message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("messageId", message.mark().messageId());
        json.put("mark", message.mark().mark());
        json.put("from", message.sender());
        json.put("size", message.size());
        json.put("eightBit", message.eightBit());
        json.put("smtputf8", message.utf8());
        return json;
    }

    private static Map<String, Object> recipient(Submission submission, Submission.Recipient recipient) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", recipient.address());
        json.put("outcome", outcome(submission, recipient));
        recipient.reply().ifPresentOrElse(reply -> json.putAll(reply(reply)), () -> json.putAll(noReply()));
        return json;
    }

    private static String outcome(Submission submission, Submission.Recipient recipient) {
        if (recipient.reply().isEmpty() || (recipient.isAccepted() && submission.isUncertain())) {
            return "unknown";
        }
        if (!recipient.isAccepted()) {
            return "refused";
        }
        return submission.isDelivered(recipient) ? "accepted" : "notSent";
    }

    private static Map<String, Object> reply(SmtpReply reply) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", reply.code());
        json.put("enhancedCode", reply.enhanced());
        json.put("serverText", reply.text());
        return json;
    }

    private static Map<String, Object> noReply() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", Optional.empty());
        json.put("enhancedCode", Optional.empty());
        json.put("serverText", Optional.empty());
        return json;
    }

    private static Map<String, Object> roundTrip(RoundTripResult result, LoginGuard guard) {
        CheckResult session = result.session();
        List<Finding> findings = Sent.of(result);
        Map<String, Object> check = CheckJson.of(session, findings, guard);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("endpoint", CheckJson.endpoint(session.endpoint()));
        json.put("outcome", result.outcome().word());
        json.put("millis", FactsJson.millis(result.elapsed()));
        json.put("looks", result.looks());
        json.put("folder", result.found().map(FoundMessage::folder));
        json.put(
                "hops",
                result.found()
                        .map(found -> found.hops().stream().map(SendJson::hop).toList())
                        .orElse(List.of()));
        json.put("deletion", result.found().map(found -> found.deletion().word()));
        json.put("failure", check.getOrDefault("failure", Optional.empty()));
        json.put("findings", findings.stream().map(CheckJson::finding).toList());
        return json;
    }

    private static Map<String, Object> hop(Hop hop) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", hop.from());
        json.put("by", hop.by());
        json.put("with", hop.with());
        json.put("id", hop.id());
        json.put("date", hop.date().map(Object::toString));
        json.put("delayMillis", hop.delay().map(FactsJson::millis));
        return json;
    }
}
