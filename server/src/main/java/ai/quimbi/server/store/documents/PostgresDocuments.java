package ai.quimbi.server.store.documents;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import java.util.List;
import java.util.Optional;

/// Documents as rows of the tenant's own database.
public final class PostgresDocuments implements Documents {
  private final Databases databases;

  public PostgresDocuments(Databases databases) {
    this.databases = databases;
  }

  @Override
  public Optional<byte[]> find(Tenant tenant, DocumentKey key) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT content FROM app.document
                    WHERE owner = :owner AND kind = :kind AND document_id = :id
                    """)
                .bind("owner", key.owner())
                .bind("kind", key.kind().folder())
                .bind("id", key.id())
                .mapTo(byte[].class)
                .findOne());
  }

  @Override
  public void put(Tenant tenant, DocumentKey key, byte[] content) {
    Documents.requireSize(content.length);
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle.execute(
                """
                INSERT INTO app.document (owner, kind, document_id, content, changed_at)
                VALUES (?, ?, ?, ?, now())
                ON CONFLICT (kind, owner, document_id) DO UPDATE
                  SET content = excluded.content, changed_at = excluded.changed_at
                """,
                key.owner(),
                key.kind().folder(),
                key.id(),
                content));
  }

  @Override
  public void delete(Tenant tenant, DocumentKey key) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle.execute(
                "DELETE FROM app.document WHERE owner = ? AND kind = ? AND document_id = ?",
                key.owner(),
                key.kind().folder(),
                key.id()));
  }

  @Override
  public List<DocumentKey> list(Tenant tenant, Kind kind, int most) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT owner, document_id FROM app.document
                    WHERE kind = :kind ORDER BY owner, document_id LIMIT :most
                    """)
                .bind("kind", kind.folder())
                .bind("most", most)
                .map((row, context) -> new DocumentKey(row.getString(1), kind, row.getString(2)))
                .list());
  }
}
