package ai.quimbi.core.copilot;

import ai.quimbi.core.generation.AccountFacts;
import ai.quimbi.core.generation.AccountWriter;
import ai.quimbi.core.generation.AccountWriter.Letter;
import ai.quimbi.core.generation.AccountWriter.Text;
import ai.quimbi.core.generation.Pen;

/// An email to an account, written from its facts.
public record EmailDraft(String subject, String body, Author author) implements ToolResult {

  public static EmailDraft of(Facts facts, Pen pen) {
    AccountFacts stated = facts.stated();
    Text<Letter> letter = AccountWriter.letter(stated, stated.name().hashCode(), pen);
    return new EmailDraft(letter.value().subject(), letter.value().body(), Author.of(letter));
  }
}
