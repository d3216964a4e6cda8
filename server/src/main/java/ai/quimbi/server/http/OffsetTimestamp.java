package ai.quimbi.server.http;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/// The format `date-time`, as the platform reads it: what [OffsetDateTime] parses, so that no leap
/// second and no year of six digits passes here and fails later.
final class OffsetTimestamp implements Format {
  @Override
  public String getName() {
    return "date-time";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    if (value.length() < 17 || value.length() > 35 || !Character.isDigit(value.charAt(0))) {
      return false;
    }
    try {
      return OffsetDateTime.parse(value).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
