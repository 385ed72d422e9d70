"""A Millrace server of the suite's own: a fresh data directory, a funded and a poor organization, ended by process id."""

import atexit
import functools
import json
import os
import queue
import re
import shutil
import subprocess
import tempfile
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / 'millrace'
READY = re.compile(r'millrace ready on (http://\S+)')


class Millrace:
    """A running server, with one job at a time so that others can be seen waiting."""

    def __init__(self):
        self._data = tempfile.mkdtemp(prefix='millrace-clients-')
        self.rich = self._admin('init', '--wallet', '50')
        self.poor = self._admin('org', 'create', 'Poor', '--wallet', '0.01')
        environment = {**os.environ, 'MILLRACE_EGRESS_ALLOW': '127.0.0.0/8', 'MILLRACE_JOBS_MAX_RUNNING': '1'}
        self._log = open(os.path.join(self._data, 'server.log'), 'wb')
        self._process = subprocess.Popen(
            [SCRIPT, 'serve', '--port', '0', '--data', self._data],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.url = self._ready()
        # The line is out; whatever else is printed is read away, so that the server never waits for us.
        threading.Thread(target=self._process.stdout.read, daemon=True).start()

    def _admin(self, *words):
        made = subprocess.run(
            [SCRIPT, 'admin', *words, '--data', self._data, '--json'], check=True, stdout=subprocess.PIPE, text=True
        )
        return json.loads(made.stdout)

    def _ready(self):
        for line in self._process.stdout:
            ready = READY.search(line)
            if ready:
                return ready.group(1)
        raise RuntimeError('the server ended before it was ready')

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=60)
        self._log.close()
        shutil.rmtree(self._data, ignore_errors=True)

    def call(self, method, path, who=None, body=None):
        """A plain request to Millrace's own API; the parsed answer."""
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={'Authorization': 'Bearer ' + (who or self.rich)['key'], 'Content-Type': 'application/json'},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def available(self, who=None):
        wallet = self.call('GET', '/api/v1/wallet', who)
        assert float(wallet['held_usd']) == 0, wallet
        return wallet['available_usd']


def pair(who):
    """The credentials as Higgsfield's clients want them."""
    return f"{who['key_id']}:{who['key_secret']}"


def fetch(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.headers['Content-Type'], answer.read()


@functools.cache
def millrace():
    """The server of this run; started when it is first asked for, ended with the interpreter."""
    server = Millrace()
    atexit.register(server.stop)
    return server


class Sink:
    """Listens on loopback for webhooks; next() gives them in order."""

    def __init__(self):
        arrived = self._arrived = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                self.send_response(200)
                self.end_headers()
                arrived.put((dict(self.headers), json.loads(body)))

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self._server.server_port}/hook?from=a test'.replace(' ', '%20')
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def next(self):
        return self._arrived.get(timeout=60)

    def close(self):
        self._server.shutdown()
        self._server.server_close()
