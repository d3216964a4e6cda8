package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One page of `GET /api/customers`, in id order. `data` are the rows as sent.
public record CustomerPage(
    List<JsonNode> data, boolean hasMore, Optional<String> nextCursor, JsonNode raw) {

  /// The ids of this page.
  public List<String> customerIds() {
    return data.stream().map(row -> Fields.of(row).text("customer_id")).toList();
  }

  static CustomerPage of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    List<JsonNode> rows = new ArrayList<>();
    fields.objects("data", row -> rows.add(row.json()));
    return new CustomerPage(
        List.copyOf(rows),
        fields.flag("has_more"),
        fields.absent("next_cursor") ? Optional.empty() : Optional.of(fields.text("next_cursor")),
        answer);
  }
}
