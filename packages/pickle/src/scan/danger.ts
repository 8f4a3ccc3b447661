/** @module Names that run code, reach the system, or load other files: whole modules, and functions elsewhere. */

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Modules and packages of which every function and class is dangerous unless it is listed as safe. */
const MODULES = words(`
  builtins __builtin__ os posix nt posixpath ntpath subprocess _posixsubprocess sys shutil socket _socket ssl pty tty platform runpy
  code codeop commands popen2 importlib _frozen_importlib _frozen_importlib_external imp pkgutil zipimport zipapp zipfile tarfile
  ctypes _ctypes cffi signal faulthandler multiprocessing _multiprocessing threading _thread thread dummy_threading sched queue
  asyncio concurrent selectors select webbrowser antigravity http urllib urllib2 urllib3 requests httplib httplib2 aiohttp ftplib
  smtplib smtpd poplib imaplib nntplib telnetlib xmlrpc xmlrpclib socketserver wsgiref tempfile pathlib glob fileinput io _io
  codecs mmap fcntl resource crypt pwd grp spwd nis syslog msvcrt winreg _winreg winsound _winapi pickle cPickle _pickle pickletools
  dill cloudpickle jsonpickle marshal shelve dbm anydbm sqlite3 timeit trace profile cProfile pstats hotshot pdb bdb cmd
  doctest pydoc pydoc_data pip setuptools pkg_resources distutils ensurepip venv lib2to3 idlelib turtle turtledemo tkinter test
  unittest nose pytest _pytest py logging warnings gc weakref atexit site sitecustomize usercustomize inspect types dis ast symtable
  tokenize parser compileall py_compile linecache traceback rlcompleter readline operator _operator paramiko fabric invoke sh
  pexpect plumbum fire execnet pyximport IPython
`);

/** Packages inside others, and functions: each runs, loads or writes what it is given. */
const INSIDE = words(`
  joblib.load joblib.dump joblib.numpy_pickle joblib.numpy_pickle_compat joblib.numpy_pickle_utils joblib.externals joblib.parallel
  joblib.Parallel joblib.pool joblib.executor joblib._parallel_backends joblib.disk joblib.wrap_non_picklable_objects joblib.test
  numpy.load numpy.loads numpy.save numpy.savez numpy.savez_compressed numpy.savetxt numpy.loadtxt numpy.genfromtxt numpy.fromfile
  numpy.fromregex numpy.recfromtxt numpy.recfromcsv numpy.memmap numpy.DataSource numpy.core.memmap numpy._core.memmap numpy.lib.npyio
  numpy.lib._npyio_impl numpy.lib._datasource numpy.lib.format numpy.lib.utils numpy.f2py numpy.distutils numpy.testing
  numpy.ctypeslib numpy.compat numpy.core.records.fromfile numpy._core.records.fromfile numpy.core.setup numpy.core.setup_common
  pandas.read_pickle pandas.io pandas.eval pandas.core.computation pandas.compat.pickle_compat pandas.util.testing pandas._testing
  pandas.read_csv pandas.read_table pandas.read_fwf pandas.read_excel pandas.read_hdf pandas.read_sql pandas.read_parquet
  pandas.read_feather pandas.read_orc pandas.read_json pandas.read_html pandas.read_xml pandas.read_sas pandas.read_spss
  pandas.read_stata pandas.to_pickle pandas.HDFStore pandas.ExcelFile pandas.ExcelWriter pandas.test
  scipy.io scipy.weave scipy.misc scipy.datasets scipy._lib._testutils scipy._lib._ccallback scipy.LowLevelCallable
  sklearn.externals sklearn.datasets sklearn.utils._testing sklearn.utils.testing sklearn._build_utils sklearn.utils._joblib
  torch.load torch.hub torch.jit torch.package torch.serialization torch.storage._load_from_bytes torch.multiprocessing
  torch.distributed torch.utils.cpp_extension torch.utils.data torch.utils.model_zoo torch._dynamo torch._inductor torch.fx
  torch.ops torch.classes torch.testing torch.utils.collect_env torch.utils.bottleneck torch.cuda
  tensorflow.io tensorflow.raw_ops tensorflow.load_op_library tensorflow.load_library tensorflow.saved_model tensorflow.python
  tensorflow.keras keras.models keras.saving keras.src keras.utils
  functools.reduce functools.partialmethod itertools.starmap itertools.accumulate collections.namedtuple copyreg copy_reg random._inst
`);

/** Attributes that lead from any object to its module, its class tree or its code. */
const ATTRIBUTE =
  /^(?:__\w*__|func_globals|func_code|gi_frame|gi_code|cr_frame|f_globals|f_builtins|f_locals|tb_frame|co_\w+|mro)$/;

/** Whether a name belongs to what is dangerous by prefix: its module, a package around it, or itself. */
export function isDangerousName(module: string, name: string): boolean {
  const whole = `${module}.${name}`;
  let end = whole.indexOf(".");
  if (MODULES.has(whole.slice(0, end))) return true;
  while (end < whole.length) {
    const next = whole.indexOf(".", end + 1);
    end = next < 0 ? whole.length : next;
    if (INSIDE.has(whole.slice(0, end))) return true;
  }
  return reachesOut(name.split("."));
}

/** Whether a dotted name goes through another module or through an object's inside: `sklearn.os.system`, `f.__globals__`. */
function reachesOut(path: readonly string[]): boolean {
  return path.some((part, at) => isReachingAttribute(part) || (at < path.length - 1 && MODULES.has(part)));
}

/** Whether an attribute leads out of the object that it is asked of. */
export function isReachingAttribute(attribute: string): boolean {
  return ATTRIBUTE.test(attribute);
}
