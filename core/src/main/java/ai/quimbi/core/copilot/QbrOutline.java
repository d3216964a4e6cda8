package ai.quimbi.core.copilot;

import ai.quimbi.core.generation.AccountWriter;
import ai.quimbi.core.generation.AccountWriter.Text;
import ai.quimbi.core.generation.Pen;
import java.util.List;

/// The sections of a quarterly business review, each with what is known for it.
public record QbrOutline(List<String> sections, Author author) implements ToolResult {

  public QbrOutline {
    sections = List.copyOf(sections);
  }

  public static QbrOutline of(Facts facts, Pen pen) {
    Text<List<String>> review = AccountWriter.review(facts.stated(), pen);
    return new QbrOutline(review.value(), Author.of(review));
  }
}
