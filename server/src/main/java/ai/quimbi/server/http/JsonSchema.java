package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A schema of its own (2020-12), outside `openapi.yaml`.
public final class JsonSchema {
  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  public static JsonSchema of(JsonNode schema) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).failFast(false).build();
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
    return new JsonSchema(registry.getSchema(schema));
  }

  /// Everything in which `value` differs from the schema; empty when nothing.
  public List<Fault> faults(JsonNode value) {
    Set<Fault> faults = new LinkedHashSet<>();
    for (Error error : schema.validate(value)) {
      faults.add(SchemaFaults.of(error));
    }
    return List.copyOf(faults);
  }
}
