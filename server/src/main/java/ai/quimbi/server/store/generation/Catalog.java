package ai.quimbi.server.store.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// What a tenant has told about products, offers, policies and approved wording.
public final class Catalog {

  /// The four collections, each of which is set and listed as a whole.
  public enum Kind {
    PRODUCT,
    OFFER,
    POLICY,
    SNIPPET;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// An item: `content` is its JSON as it was told, `words` everything it says.
  public record Item(Kind kind, String itemId, String content, String words) {}

  // A conversation meets at most so many items of a kind.
  private static final int MAX_FOUND = 20;

  private final Databases databases;

  public Catalog(Databases databases) {
    this.databases = databases;
  }

  /// Sets the whole collection: what is not among `items` is gone afterwards. Gives how many are
  /// new or changed.
  public int set(Tenant tenant, Kind kind, Collection<Item> items) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          handle
              .createUpdate(
                  "DELETE FROM app.catalog_item WHERE kind = :kind AND item_id <> ALL (:ids)")
              .bind("kind", kind.label())
              .bindArray("ids", String.class, items.stream().map(Item::itemId).toList())
              .execute();
          return written(handle, kind, items);
        });
  }

  /// Adds what is new and changes what is told otherwise; the rest of the collection stays. Gives
  /// how many are new or changed.
  public int add(Tenant tenant, Kind kind, Collection<Item> items) {
    return databases.inTransaction(tenant.id(), handle -> written(handle, kind, items));
  }

  private static int written(Handle handle, Kind kind, Collection<Item> items) {
    if (items.isEmpty()) {
      return 0;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO app.catalog_item AS i (kind, item_id, content, words)
            VALUES (:kind, :id, :content::jsonb, :words)
            ON CONFLICT (kind, item_id) DO UPDATE
            SET content = excluded.content, words = excluded.words
            WHERE i.content <> excluded.content OR i.words <> excluded.words
            """);
    for (Item item : items) {
      batch
          .bind("kind", kind.label())
          .bind("id", item.itemId())
          .bind("content", item.content())
          .bind("words", item.words())
          .add();
    }
    // Counted by the rows that come back: a batch that the driver joins tells no counts.
    return batch.executePreparedBatch("item_id").mapTo(String.class).list().size();
  }

  /// A page of the collection in the order of its ids, beginning behind `after`.
  public List<Item> list(Tenant tenant, Kind kind, int limit, @Nullable String after) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT item_id, content::text, words FROM app.catalog_item
                    WHERE kind = :kind AND item_id > :after
                    ORDER BY item_id LIMIT :limit
                    """)
                .bind("kind", kind.label())
                .bind("after", after == null ? "" : after)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Item(kind, row.getString(1), row.getString(2), row.getString(3)))
                .list());
  }

  /// What the catalogue holds on `words`, the best first within each kind. Offers, policies and
  /// approved wording are few and come whatever the words are; products only where a word meets
  /// them, unless `anyProduct`.
  public List<Item> find(Tenant tenant, List<String> words, boolean anyProduct) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT kind, item_id, content, words FROM (
                      SELECT kind, item_id, content::text AS content, words,
                             row_number() OVER (
                               PARTITION BY kind
                               ORDER BY ts_rank_cd(search, asked) DESC, item_id) AS place
                      FROM app.catalog_item, to_tsquery('english', :asked) AS asked
                      WHERE kind <> 'product' OR search @@ asked OR :any
                    ) AS ranked
                    WHERE place <= :limit
                    ORDER BY kind, place
                    """)
                .bind("asked", asked(words))
                .bind("any", anyProduct)
                .bind("limit", MAX_FOUND)
                .map(
                    (row, context) ->
                        new Item(
                            Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4)))
                .list());
  }

  // Any of the words will do; only letters and digits reach the query language.
  private static String asked(List<String> words) {
    return String.join(
        " | ",
        words.stream()
            .map(word -> word.replaceAll("[^\\p{L}\\p{N}]", ""))
            .filter(word -> !word.isEmpty() && word.length() <= 40)
            .distinct()
            .limit(64)
            .toList());
  }
}
