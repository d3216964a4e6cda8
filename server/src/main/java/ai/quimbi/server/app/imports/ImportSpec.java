package ai.quimbi.server.app.imports;

import ai.quimbi.core.customer.Ledger;
import java.time.Instant;

/// What a file is read as: the `source` of rows that name none, the tenant's ledger (zone of dates
/// without an offset, currency of rows without one), the time from which the future is told, and
/// whether the first bad row stops the reading.
public record ImportSpec(String source, Ledger ledger, Instant now, boolean isStrict) {}
