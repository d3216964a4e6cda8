package ai.quimbi.server.http;

/// One thing wrong with a request. `path` is a JSON pointer into the body (`/orders/0/total_price`,
/// empty for the body as a whole), `?name` for a query parameter, or a header's name. `code` is
/// for programs, `message` for people; neither repeats what was sent.
public record Fault(String path, String code, String message) {}
