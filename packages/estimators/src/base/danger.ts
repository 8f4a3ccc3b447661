/** @module Names whose call runs code of a file's choosing: a model never needs one, so a file that calls one is refused. */

import type { Global } from "@curtido/pickle";
import { estimatorError } from "./errors.ts";

/** Modules of which every function and class is refused. */
const MODULES = new Set(
  `os posix nt posixpath ntpath subprocess _posixsubprocess sys shutil socket ssl pty platform runpy code codeop commands popen2
  importlib imp pkgutil zipimport ctypes _ctypes cffi signal multiprocessing threading _thread asyncio concurrent webbrowser antigravity
  http urllib urllib2 requests httplib ftplib smtplib telnetlib xmlrpc tempfile pathlib glob fileinput io _io builtins __builtin__
  pickle cPickle _pickle pickletools dill cloudpickle marshal shelve timeit trace profile cProfile pdb bdb doctest pydoc pip setuptools distutils
  ensurepip venv sqlite3 dbm lib2to3 inspect types operator _operator torch test idlelib nose pytest logging warnings gc weakref atexit`
    .trim()
    .split(/\s+/),
);

/** What such a module may be called for all the same: plain values and lazy references. */
const HARMLESS = new Set(
  `builtins.set builtins.frozenset builtins.list builtins.tuple builtins.dict builtins.bytes builtins.bytearray builtins.complex
  builtins.slice builtins.range builtins.object builtins.int builtins.float builtins.bool builtins.str builtins.getattr builtins.Ellipsis
  pathlib.PosixPath pathlib.PurePosixPath pathlib.WindowsPath pathlib.PureWindowsPath operator.itemgetter operator.attrgetter
  _operator.itemgetter _operator.attrgetter types.SimpleNamespace types.MappingProxyType`
    .trim()
    .split(/\s+/),
);

/** Functions elsewhere that run or load what they are given. */
const FUNCTIONS = new Set(
  `numpy.load numpy.loads numpy.save numpy.fromfile numpy.f2py.compile numpy.testing._private.utils.runstring joblib.load
  joblib.numpy_pickle.load pandas.read_pickle pandas.io.pickle.read_pickle pandas.eval pandas.core.computation.eval.eval
  sklearn.externals.joblib.load scipy.io.loadmat functools.reduce`
    .trim()
    .split(/\s+/),
);

/** Whether calling this name runs code that a file chose. */
export function isDangerous({ module, name }: Global): boolean {
  const full = `${module}.${name}`;
  if (FUNCTIONS.has(full)) return true;
  return MODULES.has(module.split(".")[0]!) && !HARMLESS.has(full);
}

/**
 * Refuses a call that Python would make while it loads the file.
 *
 * @throws CurtidoError E_UNSAFE naming it
 */
export function refuseDangerous(callable: Global): void {
  if (!isDangerous(callable)) return;
  const name = callable.toString();
  throw estimatorError(
    "E_UNSAFE",
    `the file would call ${name} when Python loads it: no model needs that, so it is refused (nothing was run)`,
    { name },
  );
}
