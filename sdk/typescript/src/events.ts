/** One server-sent event; `data` is parsed where it is JSON. */
export interface ServerEvent {
  event: string;
  data: unknown;
}

/** Events out of pieces of bytes, cut anywhere. Comments are heartbeats and are passed over. */
export async function* parseEvents(
  read: () => Promise<{ done: boolean; value?: Uint8Array | undefined }>,
): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  let event = "";
  let data: string[] = [];
  for (;;) {
    const piece = await read();
    // A CR at the end may be half of a CRLF: it waits for the next piece.
    rest += decoder.decode(piece.value, { stream: !piece.done });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length) {
          yield { event: event || "message", data: parsed(data.join("\n")) };
        }
        event = "";
        data = [];
        continue;
      }
      const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (field === "event") {
        event = value ?? "";
      } else if (field === "data") {
        data.push(value ?? "");
      }
    }
    if (piece.done) {
      return;
    }
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
