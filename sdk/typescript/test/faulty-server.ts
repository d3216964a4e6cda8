// A server on a raw socket that writes exactly the bytes it was told, one script per request: only so
// can it hang in the middle of a body or cut one off. Records what it was sent.
import { type Server, type Socket, createServer } from "node:net";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string;
}

interface Script {
  bytes: string;
  hangs: boolean;
}

export class FaultyServer {
  readonly requests: Received[] = [];
  readonly #scripts: Script[] = [];
  readonly #open = new Set<Socket>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => this.#serve(socket));
  }

  static async start(): Promise<FaultyServer> {
    const server = createServer();
    const faulty = new FaultyServer(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return faulty;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  answers(status: number, json: string, ...headers: string[]): this {
    const head = [
      `HTTP/1.1 ${status} X`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(json)}`,
      "Connection: close",
      ...headers,
    ];
    return this.writes(`${head.join("\r\n")}\r\n\r\n${json}`);
  }

  writes(bytes: string): this {
    this.#scripts.push({ bytes, hangs: false });
    return this;
  }

  writesAndHangs(bytes: string): this {
    this.#scripts.push({ bytes, hangs: true });
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) {
      socket.destroy();
    }
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** One request a connection, which is then closed: an answer without length ends there. */
  #serve(socket: Socket): void {
    this.#open.add(socket);
    let received = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("close", () => this.#open.delete(socket));
    socket.on("data", (piece) => {
      received = Buffer.concat([received, piece]);
      const request = parsed(received);
      if (!request) {
        return;
      }
      received = Buffer.alloc(0);
      this.requests.push(request);
      const script = this.#scripts.shift();
      if (!script) {
        socket.destroy();
      } else if (script.hangs) {
        socket.write(script.bytes);
      } else {
        socket.end(script.bytes);
      }
    });
  }
}

function parsed(received: Buffer): Received | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) {
    return undefined;
  }
  const [first = "", ...lines] = received.subarray(0, end).toString("latin1").split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const body = received.subarray(end + 4);
  if (body.length < Number(headers["content-length"] ?? 0)) {
    return undefined;
  }
  const [method = "", target = ""] = first.split(" ");
  return { method, target, headers, body: body.toString("utf8") };
}
