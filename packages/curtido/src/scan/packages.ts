/** @module What a file is made of: the modules that it names, by the package that they are installed with. */

import type { ScanReport } from "@curtido/pickle";

/** A package that a file needs. */
export interface UsedPackage {
  /** As `pip install` knows it; `python` for the standard library. */
  readonly package: string;
  /** The version that the file was written with, when it says so. */
  readonly version: string | null;
  readonly modules: readonly string[];
}

/** Modules of Python itself; those that begin with `_` are told by that. */
const PYTHON = new Set(
  `
  abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2
  cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser
  contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest
  email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc
  genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp
  importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
  mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator
  optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint
  profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource
  rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver
  spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable
  sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token
  tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv
  warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo copy_reg
  __builtin__ cPickle sre commands Queue StringIO cStringIO UserDict urllib2 urlparse cdecimal
`
    .trim()
    .split(/\s+/),
);
const OF_PYTHON = /^_(?!loss$|catboost$)/;
/** Packages that are called otherwise than their first module. */
const NAMES: Readonly<Record<string, string>> = {
  sklearn: "scikit-learn",
  _loss: "scikit-learn",
  imblearn: "imbalanced-learn",
  _catboost: "catboost",
  dateutil: "python-dateutil",
  skimage: "scikit-image",
  PIL: "pillow",
  cv2: "opencv-python",
  yaml: "PyYAML",
  bs4: "beautifulsoup4",
  keras_preprocessing: "Keras-Preprocessing",
};

/** The packages of a file, in order. */
export function packagesOf({ modules, versions }: Pick<ScanReport, "modules" | "versions">): UsedPackage[] {
  const found = new Map<string, { version: string | null; modules: string[] }>();
  const add = (first: string): { version: string | null; modules: string[] } => {
    const name = PYTHON.has(first) || OF_PYTHON.test(first) ? "python" : (NAMES[first] ?? first);
    const known = found.get(name) ?? { version: null, modules: [] };
    found.set(name, known);
    return known;
  };
  for (const module of modules) add(module.split(".", 1)[0]!).modules.push(module);
  for (const [first, version] of Object.entries(versions)) add(first).version = version;
  return Array.from(found, ([name, { version, modules: of }]) => ({ package: name, version, modules: of })).sort(
    (a, b) => (a.package < b.package ? -1 : 1),
  );
}

/** A report with its packages in place of bare modules. */
export function withPackages({ modules, versions, ...report }: ScanReport): object {
  return { ...report, packages: packagesOf({ modules, versions }) };
}
