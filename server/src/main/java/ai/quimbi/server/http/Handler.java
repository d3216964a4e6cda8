package ai.quimbi.server.http;

/// What a route does. Everything it may assume was checked before: key, limit, scope, body. It
/// refuses by throwing an [ApiError]; what else it throws goes through the door's error mapping.
@FunctionalInterface
public interface Handler {
  Answer handle(Call call) throws Exception;
}
