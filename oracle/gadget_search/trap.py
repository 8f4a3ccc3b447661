"""Loads pickles where every step out of the pickle is heard of: an audit hook, and a folder that should stay empty."""
from __future__ import annotations

import json
import os
import pickle
import re
import resource
import signal
import sys
import warnings

#: Audit events that no honest load raises: they open, run, import, connect, or change the interpreter.
OUT = (
    "open", "os.", "subprocess.", "socket.", "import", "exec", "compile", "ctypes.", "shutil.", "tempfile.", "glob.", "sqlite3.", "urllib.",
    "ftplib.", "http.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib.", "pty.", "webbrowser.", "signal.", "syslog.", "mmap.",
    "fcntl.", "marshal.", "code.", "cpython.", "builtins.input", "builtins.breakpoint", "gc.", "function.", "sys.set", "sys.addaudithook",
    "pathlib.", "resource.", "winreg.", "msvcrt.", "faulthandler.", "setopencodehook", "logging.",
)
TEMPLATE = "_distn_infrastructure"
SECONDS = 5
#: Loggers of which a pickle may ask; that one is made for a new name is no change.
LOGGERS = ("system", "os", "x", "numpy", "a", "b")
#: Where the libraries lie: what they import late is read from there.
HOME = (sys.prefix, sys.base_prefix, "/usr/share/zoneinfo")
MEMORY = 6 << 30


class Trap:
    """Hears of events while it is armed."""

    def __init__(self) -> None:
        self.armed = False
        self.heard: list[str] = []
        self.case = b""
        sys.addaudithook(self.hook)

    def hook(self, event: str, args: tuple) -> None:
        if not self.armed or not event.startswith(OUT):
            return
        self.armed = False  # what is asked here raises events too
        try:
            if not self.is_expected(event, args):
                self.heard.append(f"{event} {str(args)[:200]}")
        finally:
            self.armed = True

    def is_expected(self, event: str, args: tuple) -> bool:
        if event in ("exec", "compile", "import") and TEMPLATE in callers():
            return True  # scipy makes a function of a distribution's template, which the scanner compares letter by letter
        if event.startswith("ctypes.") and re.search("lightgbm|xgboost", callers()):
            return True  # the functions of their own library
        if event == "code.__new__":
            return args[0] == b""  # Cython makes empty ones, for its lines in tracebacks
        if event == "open" and (str(args[0]) == __file__ or "linecache" in callers()):
            return True  # a warning shows its line
        if event == "import":
            return str(args[0]).rsplit(".", 1)[-1].encode() not in self.case  # what the library itself imports when it needs it
        if event in ("open", "os.listdir", "os.scandir") and str(args[-2 if event == "open" else -1]) in ("rb", "r", "None") + tuple(sys.path):
            path = str(args[0])
            return path.startswith(HOME) and (path.endswith((".py", ".pyc", ".so")) or "zoneinfo" in path)
        if event == "compile" and ("ast.py" in callers() or str(args[1]).startswith(HOME)):
            return True  # a literal is parsed, and not run; a warning shows a line of the library
        if event in ("exec", "compile", "marshal.loads"):
            return "importlib" in callers()
        return event in ("os.listdir", "os.scandir") and "importlib" in callers()


def callers() -> str:
    """The files of the innermost frames outside of this one."""
    frame, files = sys._getframe(3), []
    while frame is not None and len(files) < 8:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    return " ".join(files)


def state_of_program() -> tuple:
    """What a load may change without an event."""
    import logging

    root = logging.getLogger()
    known = [root.manager.loggerDict.get(key) for key in LOGGERS]
    loggers = tuple((logger.level, logger.disabled, len(logger.handlers)) for logger in known if isinstance(logger, logging.Logger))
    return (root.level, logging.root.manager.disable, loggers, len(warnings.filters), os.getcwd(), len(sys.path), len(os.environ))


def run(cases: list[bytes], pipe: int, watch: str) -> None:
    """In a child: loads each, and writes a line of JSON for each; what is heard, and the type of what came."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(watch)
    warnings.simplefilter("ignore")
    trap = Trap()
    signal.signal(signal.SIGALRM, overdue)
    import logging

    for key in LOGGERS:
        logging.getLogger(key)
    before = state_of_program()
    with os.fdopen(pipe, "w", buffering=1) as out:
        for case in cases:
            trap.heard.clear()
            trap.case = case
            kind, value = None, None
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            try:
                trap.armed = True
                value = pickle.loads(case)
                kind = f"{type(value).__module__}.{type(value).__qualname__}"
            except BaseException as error:
                kind = None
                del error
            del value
            trap.armed = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            heard = list(trap.heard)
            after = state_of_program()
            if after != before:
                heard.append("the state of the program changed")
                before = after
            out.write(json.dumps([kind, heard]) + "\n")
    os._exit(0)


def overdue(*_: object) -> None:
    raise TimeoutError("too long")
