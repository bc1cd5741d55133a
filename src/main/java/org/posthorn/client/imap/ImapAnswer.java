package org.posthorn.client.imap;

/**
 * The end of one command.
 *
 * @param reply its tagged line, and what came untagged since the command before it ended; while several are under way, that
 *     may concern another of them
 */
public record ImapAnswer(ImapCommand command, ImapReply reply) {}
