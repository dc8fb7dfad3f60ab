import type { Socket } from 'node:net';

/**
 * Responds to bytes that never became a request: text that is not HTTP, headers that are too large, a client that is
 * too slow. Then closes the connection, because the rest of its bytes can't be trusted.
 */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(responseTo(error.code));
  socket.destroy(error);
}

function responseTo(code: string | undefined): string {
  const [status, description] = statusOf(code);
  const body = JSON.stringify({ error: 'invalid_request', error_description: description });
  const headers = [
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Type: application/json; charset=utf-8',
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  return `HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

function statusOf(code: string | undefined): readonly [status: string, description: string] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['408 Request Timeout', 'The request took too long to arrive'];
    case 'HPE_HEADER_OVERFLOW':
      return ['431 Request Header Fields Too Large', 'The address and the headers are larger than 16 kB'];
    default:
      return ['400 Bad Request', 'The request is not valid HTTP'];
  }
}
