package ai.quimbi.server.store.generation;

import ai.quimbi.server.store.Databases;
import java.math.BigDecimal;
import java.time.LocalDate;

/// What language models cost each tenant by day, in the tenant's own database: every server counts
/// in the same row, and a restart forgets nothing.
public final class ModelCosts {

  /// Tokens and the money for them.
  public record Cost(long tokens, BigDecimal money) {
    public static final Cost NOTHING = new Cost(0, BigDecimal.ZERO);
  }

  private final Databases databases;

  public ModelCosts(Databases databases) {
    this.databases = databases;
  }

  /// Adds `cost` to the day where the sum keeps within `limit`, and tells whether it did. Two at
  /// once wait for each other at the row.
  public boolean add(String tenantId, LocalDate day, Cost cost, Cost limit) {
    return databases.inTransaction(
        tenantId,
        handle ->
            handle
                    .createUpdate(
                        """
                        INSERT INTO app.model_budget AS b (day, tokens, money)
                        SELECT :day, :tokens, :money
                        WHERE :tokens <= :tokenLimit AND :money <= :moneyLimit
                        ON CONFLICT (day) DO UPDATE
                        SET tokens = b.tokens + excluded.tokens, money = b.money + excluded.money
                        WHERE b.tokens + excluded.tokens <= :tokenLimit
                          AND b.money + excluded.money <= :moneyLimit
                        """)
                    .bind("day", day)
                    .bind("tokens", cost.tokens())
                    .bind("money", cost.money())
                    .bind("tokenLimit", limit.tokens())
                    .bind("moneyLimit", limit.money())
                    .execute()
                == 1);
  }

  /// Puts `actual` in the place of `added`, which stands in the day's sum.
  public void correct(String tenantId, LocalDate day, Cost added, Cost actual) {
    databases.inTransaction(
        tenantId,
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE app.model_budget
                    SET tokens = tokens + :tokens, money = money + :money WHERE day = :day
                    """)
                .bind("day", day)
                .bind("tokens", actual.tokens() - added.tokens())
                .bind("money", actual.money().subtract(added.money()))
                .execute());
  }

  public Cost on(String tenantId, LocalDate day) {
    return databases.read(
        tenantId,
        handle ->
            handle
                .createQuery("SELECT tokens, money FROM app.model_budget WHERE day = :day")
                .bind("day", day)
                .map((row, context) -> new Cost(row.getLong(1), row.getBigDecimal(2)))
                .findOne()
                .orElse(Cost.NOTHING));
  }
}
