package ai.quimbi.server.llm;

import java.time.LocalDate;

/// What a tenant may spend on language models in a day. What a request could cost at most is
/// reserved before it is sent, so that requests under way together cannot overspend. Where it is
/// kept elsewhere, its methods may throw.
public interface Budget {

  /// Whether `atMost` still fits `tenantId`'s `day`; if so it is set aside.
  boolean reserve(String tenantId, LocalDate day, Spend atMost);

  /// Puts what was really spent in the place of what was set aside.
  void settle(String tenantId, LocalDate day, Spend setAside, Spend spent);

  Spend spentOn(String tenantId, LocalDate day);
}
