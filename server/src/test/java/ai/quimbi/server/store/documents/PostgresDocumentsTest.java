package ai.quimbi.server.store.documents;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.TestDatabase;

class PostgresDocumentsTest implements DocumentsContract {
  private final Documents documents = new PostgresDocuments(TestDatabase.databases());
  private final Tenant tenant = TestTenant.of(TestDatabase.freshTenant());

  @Override
  public Documents documents() {
    return documents;
  }

  @Override
  public Tenant tenant() {
    return tenant;
  }
}
