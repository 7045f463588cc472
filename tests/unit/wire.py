"""A server of raw sockets, for what only shows on the wire."""

import select
import socket
import ssl
import struct
import threading
from contextlib import contextmanager

SSE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def json_reply(content, status=b"200 OK"):
    return b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (status, len(content), content)


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


LAST_CHUNK = b"0\r\n\r\n"


class Peer:
    """One connection, from the server's side."""

    def __init__(self, connection):
        self._connection = connection
        self._buffer = b""

    def request(self):
        """Read a whole request; None where the client hangs up instead."""
        while b"\r\n\r\n" not in self._buffer:
            if not (more := self._connection.recv(65536)):
                return None
            self._buffer += more
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        while len(self._buffer) < length:
            self._buffer += self._connection.recv(65536)
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return head, body

    def send(self, data):
        self._connection.sendall(data)

    def hung_up(self):
        """Wait for the client to hang up."""
        select.select([self._connection], [], [], 10)
        try:
            return self._connection.recv(1) == b""
        except ConnectionResetError:
            return True

    def reset(self):
        """Break the connection off."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


class Wire:
    """Listens on a free port; a script talks to each client that connects. `requests` are the heads and bodies that came."""

    def __init__(self, script, tls=None):
        self.requests = []
        self.failures = []
        self._script = script
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    def _listen(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
            thread = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection):
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                peer = Peer(connection)
                while (request := peer.request()) is not None:
                    self.requests.append(request)
                    if self._script(peer, request) is not None:
                        return
        except (OSError, ssl.SSLError) as error:
            self.failures.append(error)

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)


@contextmanager
def serving(script, tls=None):
    """A server for a block; `script(peer, request)` answers a request, and anything but None ends the connection."""
    wire = Wire(script, tls)
    try:
        yield wire
    finally:
        wire.close()
