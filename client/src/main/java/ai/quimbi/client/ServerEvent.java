package ai.quimbi.client;

/// One event of an answer that comes piece by piece. `data` is the text as sent, JSON in one line.
public record ServerEvent(String event, String data) {}
