package ai.quimbi.server.http;

/// The methods a route may have. `HEAD` comes with every `GET`; `OPTIONS` is answered by the door.
public enum Method {
  GET,
  POST,
  PUT,
  DELETE
}
