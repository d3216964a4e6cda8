package ai.quimbi.server.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.server.store.Databases;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How often jobs came to an end, counted by the database itself: a doubled effect shows.
public final class Endings {
  private final Databases databases;

  private Endings(Databases databases) {
    this.databases = databases;
  }

  /// Counts from here on.
  public static Endings counted(Databases databases) {
    databases
        .control()
        .inTransaction(
            handle -> {
              handle.execute("CREATE TABLE ending (job_id text)");
              handle.execute(
                  """
                  CREATE FUNCTION note_ending() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN INSERT INTO ending VALUES (NEW.job_id); RETURN NEW; END'
                  """);
              return handle.execute(
                  """
                  CREATE TRIGGER endings AFTER UPDATE ON job FOR EACH ROW
                  WHEN (NEW.status IN ('succeeded', 'failed')) EXECUTE FUNCTION note_ending()
                  """);
            });
    return new Endings(databases);
  }

  /// Each of these jobs has ended once; what others have is of no account.
  public void assertOnceEach(Collection<String> jobIds) {
    Set<String> wanted = new TreeSet<>(jobIds);
    List<String> ended =
        databases
            .control()
            .read(
                handle ->
                    handle
                        .createQuery("SELECT job_id FROM ending ORDER BY job_id COLLATE \"C\"")
                        .mapTo(String.class)
                        .filter(wanted::contains)
                        .list());
    assertEquals(List.copyOf(wanted), ended);
  }
}
