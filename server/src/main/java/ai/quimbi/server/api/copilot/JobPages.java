package ai.quimbi.server.api.copilot;

import ai.quimbi.server.api.LongJobs;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Jobs;
import java.util.Map;

/// A tenant's jobs as they stand.
final class JobPages {
  private final Tenancy tenancy;
  private final Jobs jobs;

  JobPages(Tenancy tenancy, Jobs jobs) {
    this.tenancy = tenancy;
    this.jobs = jobs;
  }

  Answer one(Call call) {
    String id = call.pathParameter("job_id");
    Job job =
        jobs.find(tenancy.of(call).id(), id)
            .orElseThrow(
                () ->
                    ApiError.of(
                        ErrorCode.JOB_NOT_FOUND,
                        "There is no job of this id.",
                        Map.of("job_id", id)));
    return Answer.ok(LongJobs.shown(job));
  }
}
