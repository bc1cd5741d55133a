package org.posthorn.oauth;

import java.util.Map;
import java.util.Optional;

/** What the browser shows when it has come back. */
final class SignInPage {
    private SignInPage() {}

    static String of(Map<String, String> answer, String state) {
        if (!AuthorizationCodeFlow.isOurs(answer, state)) {
            return page("This answer belongs to another sign-in", "Begin again in Posthorn.");
        }
        if (answer.containsKey("error")) {
            String words =
                    Optional.ofNullable(answer.get("error_description")).orElse(answer.getOrDefault("error", ""));
            return page("The sign-in was refused", words + " — Posthorn says more; you can close this page.");
        }
        return page("Signed in", "Posthorn goes on by itself; you can close this page.");
    }

    private static String page(String title, String text) {
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Posthorn</title>
            <style>body{font:16px system-ui,sans-serif;display:grid;place-items:center;height:90vh;margin:0;
            color:#1c2430;background:#f3f5f8}main{background:#fff;border:1px solid #d9dee6;border-radius:10px;
            padding:24px 32px;max-width:34em}h1{font-size:20px;margin:0 0 8px}p{margin:0;color:#566072}</style>
            <main><h1>%s</h1><p>%s</p></main></html>
            """.formatted(escaped(title), escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
