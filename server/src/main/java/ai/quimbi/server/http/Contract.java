package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// `openapi.yaml`: what is promised to callers, and what their requests are checked against.
public final class Contract {
  private static final String ID = "https://quimbi.invalid/openapi.yaml";

  private final JsonNode document;
  private final byte[] json;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Contract(JsonNode document) {
    this.document = document;
    this.json = Wire.bytes(document);
    Dialect dialect =
        Dialect.builder(Dialects.getOpenApi31()).format(new OffsetTimestamp()).build();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).failFast(false).build();
    this.registry =
        SchemaRegistry.withDefaultDialect(
            dialect,
            builder ->
                builder.schemaRegistryConfig(config).schemas(Map.of(ID, document.toString())));
  }

  // Read once: it never changes while the server runs.
  private static final class Shipped {
    static final Contract CONTRACT = read();
  }

  /// The contract that this server ships.
  public static Contract load() {
    return Shipped.CONTRACT;
  }

  /// Reads it in a thread beside the caller, who will soon need it and what bodies are checked
  /// against: both take longer than all else that a start does before PostgreSQL is there.
  public static void readAhead() {
    Thread.ofPlatform().daemon().name("contract").start(() -> load().compileBodies());
  }

  private void compileBodies() {
    for (JsonNode path : document.path("paths")) {
      for (JsonNode operation : path) {
        String schema = operation.at("/requestBody/content/application~1json/schema/$ref").asText();
        if (schema.startsWith("#/")) {
          faultsAt(schema.substring(1), NullNode.getInstance());
        }
      }
    }
  }

  private static Contract read() {
    try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is missing from the server");
      }
      return new Contract(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("reading openapi.yaml", e);
    }
  }

  /// A contract as text, for those who look at another one than the shipped.
  public static Contract of(String yaml) {
    try {
      return new Contract(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no YAML: " + e.getMessage(), e);
    }
  }

  public JsonNode document() {
    return document;
  }

  /// What `X-API-Version` says of every answer.
  public String apiVersion() {
    return Door.API_VERSION;
  }

  byte[] json() {
    return json;
  }

  /// Everything in which `value` differs from `#/components/schemas/{name}`; empty when nothing.
  public List<Fault> faults(String name, JsonNode value) {
    return faultsAt("/components/schemas/" + name, value);
  }

  /// Everything in which `value` differs from the schema at a JSON pointer into the document.
  public List<Fault> faultsAt(String pointer, JsonNode value) {
    List<Error> errors = schemas.computeIfAbsent(pointer, this::schema).validate(value);
    if (errors.isEmpty()) {
      return List.of();
    }
    Set<Fault> faults = new LinkedHashSet<>();
    for (Error error : errors) {
      faults.add(SchemaFaults.of(error));
    }
    return List.copyOf(faults);
  }

  private Schema schema(String pointer) {
    if (document.at(pointer).isMissingNode()) {
      throw new IllegalArgumentException("openapi.yaml has no " + pointer);
    }
    return registry.getSchema(SchemaLocation.of(ID + "#" + pointer));
  }
}
