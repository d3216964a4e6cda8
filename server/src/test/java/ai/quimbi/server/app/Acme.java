package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.server.app.Quimbi.Customer;
import java.util.ArrayList;
import java.util.List;

/// A tenant of the tests' platform with the account Acme, and a client that may call every tool.
record Acme(Customer quimbi, SignedCaller copilot) {
  static final String ENVELOPE = "{\"customerId\":\"acme-001\",\"params\":{}}";

  static Acme told() {
    Customer quimbi = Quimbi.tenant();
    Acme acme = new Acme(quimbi, SignedCaller.of(quimbi.tenant()));
    acme.account(
        "acme-001", "{\"name\": \"Acme Corp\", \"renewal_date\": \"2026-11-01\", \"arr\": 250000}");
    acme.tell("POST", "/api/accounts/{customer_id}/usage", "/api/accounts/acme-001/usage", usage());
    acme.tell(
        "POST", "/api/accounts/{customer_id}/tickets", "/api/accounts/acme-001/tickets", tickets());
    return acme;
  }

  static String usage() {
    List<String> days = new ArrayList<>();
    int[] users = {76, 78, 80, 82, 84, 86, 88, 90};
    for (int i = 0; i < users.length; i++) {
      days.add("{\"date\": \"2026-03-0%d\", \"active_users\": %d}".formatted(i + 1, users[i]));
    }
    return "{\"days\": [" + String.join(",", days) + "]}";
  }

  static String tickets() {
    return """
    {"tickets": [
      {"id": "T-901", "severity": "low", "status": "open", "opened_at": "2026-03-10T10:00:00Z"},
      {"id": "T-902", "severity": "medium", "status": "open", "opened_at": "2026-03-09T10:00:00Z"},
      {"id": "T-900", "severity": "high", "status": "closed", "opened_at": "2026-03-01T10:00:00Z",
       "closed_at": "2026-03-02T10:00:00Z", "subject": "Login"}]}
    """;
  }

  Quimbi.Reply tell(String method, String template, String path, String body) {
    Quimbi.Reply reply = quimbi.caller().send(method, template, path, body);
    assertEquals(200, reply.status(), reply.text());
    return reply;
  }

  void account(String id, String body) {
    tell("PUT", "/api/accounts/{customer_id}", "/api/accounts/" + id, body);
  }
}
