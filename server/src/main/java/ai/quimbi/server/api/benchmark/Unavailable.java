package ai.quimbi.server.api.benchmark;

import ai.quimbi.core.benchmark.Benchmark;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.ErrorCode;
import java.util.List;
import java.util.Map;

/// Why there is no benchmark to show, and what can be done about it.
final class Unavailable {
  private Unavailable() {}

  /// `shown` are the industries that have one.
  static ApiError tooFew(String industry, List<String> shown) {
    return error(
            "too_few_companies",
            "There is no benchmark of this industry: it takes %d companies that share their figures."
                .formatted(Benchmark.LEAST_COMPANIES),
            "Ask for another industry, or join in with PUT /api/insights/contribution;"
                + " releases are made at the beginning of a month.")
        .withDetail("industry", industry)
        .withDetail("industries", shown);
  }

  static ApiError noIndustry() {
    return error(
        "no_industry",
        "Your company has no industry, so there is nothing to compare it with.",
        "Ask your administrator to set it: PUT /api/admin/tenants/{tenant_id}/contribution with"
            + " industry.");
  }

  static ApiError notOptedIn() {
    return error(
        "not_opted_in",
        "A position is told to companies that share their figures; yours does not.",
        "PUT /api/insights/contribution with {\"opted_in\": true}.");
  }

  static ApiError noRate(String currency) {
    return error(
        "no_exchange_rate",
        "There is no rate for " + currency + ", so your figures cannot be compared.",
        "Ask your administrator to set it: PUT /api/admin/benchmarks/rates.");
  }

  static ApiError noCustomers() {
    return error(
        "no_customers",
        "None of your customers has an order, so there is nothing to compare.",
        "Send orders with POST /api/data/ingest_orders.");
  }

  private static ApiError error(String reason, String message, String remedy) {
    return ApiError.of(
        ErrorCode.BENCHMARK_UNAVAILABLE,
        message,
        Map.of(
            "reason",
            reason,
            "required_companies",
            Benchmark.LEAST_COMPANIES,
            "what_to_do",
            remedy));
  }
}
