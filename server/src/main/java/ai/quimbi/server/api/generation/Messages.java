package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.generation.Brief;
import ai.quimbi.core.generation.Channel;
import ai.quimbi.core.generation.CustomerFacts;
import ai.quimbi.core.generation.Draft;
import ai.quimbi.core.generation.EditDistance;
import ai.quimbi.core.generation.FactSheet;
import ai.quimbi.core.generation.Pen;
import ai.quimbi.core.generation.Writer;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.generation.Generated;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Writes messages and hears what became of them.
final class Messages {
  private final Tenancy tenancy;
  private final KnownCustomers customers;
  private final Facts facts;
  private final Generated generated;
  private final Pens pens;

  Messages(Tenancy tenancy, KnownCustomers customers, Facts facts, Generated generated, Pens pens) {
    this.tenancy = tenancy;
    this.customers = customers;
    this.facts = facts;
    this.generated = generated;
    this.pens = pens;
  }

  Answer write(Call call) {
    return Answer.ok(written(call));
  }

  /// The same message as server-sent events: its sentences, then the whole answer. It is checked as
  /// a whole before the first of them is sent.
  Answer stream(Call call) {
    Map<String, Object> answer = written(call);
    String text = String.valueOf(answer.get("message"));
    return Answer.stream(
        "text/event-stream",
        out -> {
          for (String sentence : text.split("(?<=[.!?])\\s+", -1)) {
            event(out, "sentence", Map.of("text", sentence));
          }
          event(out, "final", answer);
        });
  }

  private static void event(OutputStream out, String name, Map<String, Object> data)
      throws IOException {
    String json = Wire.JSON.writeValueAsString(data);
    out.write(("event: " + name + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Map<String, Object> written(Call call) {
    Tenant tenant = tenancy.of(call);
    JsonNode body = call.body();
    LocalDate today = LocalDate.ofInstant(call.receivedAt(), tenant.zone());
    Brief told = Briefs.read(body, ToldCustomer.read(body));
    CustomerFacts customer =
        customers.complete(told.customer(), tenant, Math.toIntExact(today.toEpochDay()));
    Brief brief = told.withCustomer(customer);
    FactSheet sheet = facts.about(brief, tenant, today);
    Pen pen = pens.of(tenant, today);
    Writer.Result result = Writer.write(brief, sheet, seed(body), pen.model(), pen.phones());
    String messageId = "msg_" + UUID.randomUUID().toString().replace("-", "");
    Draft draft = result.draft();
    generated.message(
        tenant,
        messageId,
        brief.goal().label(),
        result.generator(),
        draft.message(),
        call.receivedAt());
    return answer(messageId, brief, result);
  }

  private static Map<String, Object> answer(String id, Brief brief, Writer.Result result) {
    Draft draft = result.draft();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("message", draft.message());
    answer.put("tone", draft.tone().label());
    answer.put("channel", draft.channel().label());
    answer.put("personalization_applied", draft.personalizationApplied());
    answer.put("message_id", id);
    answer.put("goal", brief.goal().label());
    answer.put("length", brief.length().value().label());
    if (draft.subject() != null) {
      answer.put("subject", draft.subject());
    }
    answer.put("parts", draft.parts());
    if (draft.channel() == Channel.SMS) {
      answer.put("segments", draft.segments());
    }
    answer.put("generator", result.generator());
    if (result.reason() != null) {
      answer.put("generator_reason", result.reason());
    }
    return answer;
  }

  // The same request gets the same text, another one another choice of words.
  private static long seed(JsonNode body) {
    String text = body.toString();
    return 31L * text.hashCode() + text.length();
  }

  Answer feedback(Call call) {
    Tenant tenant = tenancy.of(call);
    String messageId = call.body().path("message_id").asText();
    String verdict = call.body().path("verdict").asText();
    String made =
        generated
            .text(tenant, messageId)
            .orElseThrow(
                () ->
                    ApiError.invalid(
                        "/message_id", "unknown", "No message of this id was given out."));
    String sent = Nodes.text(call.body(), "/final_text");
    if (verdict.equals("edited") && sent == null) {
      throw ApiError.invalid(
          "/final_text", "required", "Send the text as it was sent, to tell what was changed.");
    }
    int distance = sent == null ? 0 : EditDistance.between(made, sent);
    generated.feedback(tenant, messageId, verdict, distance);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "success");
    answer.put("message_id", messageId);
    answer.put("verdict", verdict);
    answer.put("edit_distance", distance);
    return Answer.ok(answer);
  }

  Answer insights(Call call) {
    Tenant tenant = tenancy.of(call);
    return Answer.ok(
        Map.of(
            "goals",
            generated.counts(tenant).stream()
                .map(
                    c -> {
                      Map<String, Object> goal = new LinkedHashMap<>();
                      goal.put("goal", c.goal());
                      goal.put("generated", c.made());
                      goal.put("by_language_model", c.byModel());
                      goal.put("sent", c.sent());
                      goal.put("edited", c.edited());
                      goal.put("rejected", c.rejected());
                      if (c.meanDistance() != null) {
                        goal.put("mean_edit_distance", c.meanDistance());
                      }
                      return goal;
                    })
                .toList()));
  }
}
