"""Runs a command, and ends it when standard input ends: whoever started it has gone, by whatever way.

usage: guard.py FOLDER COMMAND ...
FOLDER is removed then, and the one that it is in where it was the last; the command's process id is printed.
"""
import os
import shutil
import signal
import subprocess
import sys
import threading

folder, command = sys.argv[1], sys.argv[2:]
for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(ignored, signal.SIG_IGN)
child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True,
                         restore_signals=True, preexec_fn=lambda: [
                             signal.signal(s, signal.SIG_DFL)
                             for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)])
print(child.pid, flush=True)
abandoned = threading.Event()


def watch():
    sys.stdin.buffer.read()
    abandoned.set()
    child.kill()


threading.Thread(target=watch, daemon=True).start()
code = child.wait()
if abandoned.is_set():
    shutil.rmtree(folder, ignore_errors=True)
    try:
        os.rmdir(os.path.dirname(folder))
    except OSError:
        pass
sys.exit(code if code >= 0 else 128 - code)
