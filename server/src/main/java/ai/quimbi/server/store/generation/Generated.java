package ai.quimbi.server.store.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.generation.Beta.Outcomes;
import ai.quimbi.server.store.Databases;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Messages and actions that were given out, what was done with them and what came of it.
public final class Generated {

  /// A recommended action as it is remembered.
  public record Action(String actionId, String playId, String playbook) {}

  /// How often messages of a goal were made, and what became of them.
  public record GoalCounts(
      String goal,
      long made,
      long byModel,
      long sent,
      long edited,
      long rejected,
      @Nullable Double meanDistance) {}

  private final Databases databases;

  public Generated(Databases databases) {
    this.databases = databases;
  }

  public void message(
      Tenant tenant, String messageId, String goal, String generator, String text, Instant now) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle.execute(
                """
                INSERT INTO app.generated_message (message_id, goal, generator, message, made_at)
                VALUES (?, ?, ?, ?, ?)
                """,
                messageId,
                goal,
                generator,
                text,
                now));
  }

  /// The text of a message that was given out.
  public Optional<String> text(Tenant tenant, String messageId) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery("SELECT message FROM app.generated_message WHERE message_id = :id")
                .bind("id", messageId)
                .mapTo(String.class)
                .findOne());
  }

  /// Sets what was done with a message; told again, the later holds.
  public void feedback(Tenant tenant, String messageId, String verdict, int distance) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle.execute(
                """
                UPDATE app.generated_message SET verdict = ?, distance = ? WHERE message_id = ?
                """,
                verdict,
                distance,
                messageId));
  }

  /// The counts of every goal, in the order of the goals' names.
  public List<GoalCounts> counts(Tenant tenant) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT goal, count(*), count(*) FILTER (WHERE generator <> 'composer'),
                           count(*) FILTER (WHERE verdict = 'sent'),
                           count(*) FILTER (WHERE verdict = 'edited'),
                           count(*) FILTER (WHERE verdict = 'rejected'),
                           avg(distance) FILTER (WHERE verdict IN ('sent', 'edited'))
                             ::double precision
                    FROM app.generated_message GROUP BY goal ORDER BY goal
                    """)
                .map(
                    (row, context) ->
                        new GoalCounts(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getObject(7, Double.class)))
                .list());
  }

  public void actions(Tenant tenant, List<Action> actions, Instant now) {
    if (actions.isEmpty()) {
      return;
    }
    databases.inTransaction(
        tenant.id(),
        handle -> {
          var batch =
              handle.prepareBatch(
                  """
                  INSERT INTO app.recommended_action (action_id, play_id, playbook, made_at)
                  VALUES (:id, :play, :playbook, :now)
                  """);
          for (Action action : actions) {
            batch
                .bind("id", action.actionId())
                .bind("play", action.playId())
                .bind("playbook", action.playbook())
                .bind("now", now)
                .add();
          }
          return batch.execute().length;
        });
  }

  /// Sets what was decided and, where it is known, what came of it; told again, the later holds.
  /// Gives the play, or nothing where there is no such action.
  public Optional<String> outcome(
      Tenant tenant, String actionId, String decision, @Nullable String result) {
    return databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE app.recommended_action SET decision = :decision, result = :result
                    WHERE action_id = :id RETURNING play_id
                    """)
                .bind("decision", decision)
                .bind("result", result)
                .bind("id", actionId)
                .mapTo(String.class)
                .findOne());
  }

  /// What was recorded of each play that anything was recorded of.
  public Map<String, Outcomes> outcomes(Tenant tenant) {
    return databases.read(
        tenant.id(),
        handle -> {
          Map<String, Outcomes> byPlay = new TreeMap<>();
          handle
              .createQuery(
                  """
                  SELECT play_id, count(*) FILTER (WHERE decision = 'accepted'),
                         count(*) FILTER (WHERE decision = 'rejected'),
                         count(*) FILTER (WHERE decision = 'accepted' AND result = 'success'),
                         count(*) FILTER (WHERE decision = 'accepted' AND result = 'failure')
                  FROM app.recommended_action WHERE decision IS NOT NULL GROUP BY play_id
                  """)
              .map(
                  (row, context) -> {
                    byPlay.put(
                        row.getString(1),
                        new Outcomes(
                            row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
                    return 0;
                  })
              .list();
          return byPlay;
        });
  }
}
