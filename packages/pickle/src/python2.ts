/**
 * Where Python 2 kept modules and names that Python 3 keeps elsewhere: what a pickle of protocol 0 to 2 is read with.
 * Facts of CPython 3.11's `_compat_pickle` (55 modules, 88 names), `old=new`, one a line.
 */
const MODULES = `
BaseHTTPServer=http.server
CGIHTTPServer=http.server
ConfigParser=configparser
Cookie=http.cookies
Dialog=tkinter.dialog
DocXMLRPCServer=xmlrpc.server
FileDialog=tkinter.filedialog
HTMLParser=html.parser
Queue=queue
ScrolledText=tkinter.scrolledtext
SimpleDialog=tkinter.simpledialog
SimpleHTTPServer=http.server
SimpleXMLRPCServer=xmlrpc.server
SocketServer=socketserver
StringIO=io
Tix=tkinter.tix
Tkconstants=tkinter.constants
Tkdnd=tkinter.dnd
Tkinter=tkinter
UserDict=collections
UserList=collections
UserString=collections
__builtin__=builtins
_abcoll=collections.abc
_elementtree=xml.etree.ElementTree
_winreg=winreg
anydbm=dbm
cPickle=pickle
cStringIO=io
commands=subprocess
cookielib=http.cookiejar
copy_reg=copyreg
dbhash=dbm.bsd
dbm=dbm.ndbm
dumbdbm=dbm.dumb
dummy_thread=_dummy_thread
gdbm=dbm.gnu
htmlentitydefs=html.entities
httplib=http.client
markupbase=_markupbase
repr=reprlib
robotparser=urllib.robotparser
test.test_support=test.support
thread=_thread
tkColorChooser=tkinter.colorchooser
tkCommonDialog=tkinter.commondialog
tkFileDialog=tkinter.filedialog
tkFont=tkinter.font
tkMessageBox=tkinter.messagebox
tkSimpleDialog=tkinter.simpledialog
ttk=tkinter.ttk
urllib2=urllib.request
urlparse=urllib.parse
whichdb=dbm
xmlrpclib=xmlrpc.client
`;

const NAMES = `
UserDict:IterableUserDict=collections:UserDict
UserDict:UserDict=collections:UserDict
UserList:UserList=collections:UserList
UserString:UserString=collections:UserString
__builtin__:basestring=builtins:str
__builtin__:intern=sys:intern
__builtin__:long=builtins:int
__builtin__:reduce=functools:reduce
__builtin__:unichr=builtins:chr
__builtin__:unicode=builtins:str
__builtin__:xrange=builtins:range
_multiprocessing:Connection=multiprocessing.connection:Connection
_socket:fromfd=socket:fromfd
exceptions:ArithmeticError=builtins:ArithmeticError
exceptions:AssertionError=builtins:AssertionError
exceptions:AttributeError=builtins:AttributeError
exceptions:BaseException=builtins:BaseException
exceptions:BufferError=builtins:BufferError
exceptions:BytesWarning=builtins:BytesWarning
exceptions:DeprecationWarning=builtins:DeprecationWarning
exceptions:EOFError=builtins:EOFError
exceptions:EnvironmentError=builtins:EnvironmentError
exceptions:Exception=builtins:Exception
exceptions:FloatingPointError=builtins:FloatingPointError
exceptions:FutureWarning=builtins:FutureWarning
exceptions:GeneratorExit=builtins:GeneratorExit
exceptions:IOError=builtins:IOError
exceptions:ImportError=builtins:ImportError
exceptions:ImportWarning=builtins:ImportWarning
exceptions:IndentationError=builtins:IndentationError
exceptions:IndexError=builtins:IndexError
exceptions:KeyError=builtins:KeyError
exceptions:KeyboardInterrupt=builtins:KeyboardInterrupt
exceptions:LookupError=builtins:LookupError
exceptions:MemoryError=builtins:MemoryError
exceptions:NameError=builtins:NameError
exceptions:NotImplementedError=builtins:NotImplementedError
exceptions:OSError=builtins:OSError
exceptions:OverflowError=builtins:OverflowError
exceptions:PendingDeprecationWarning=builtins:PendingDeprecationWarning
exceptions:ReferenceError=builtins:ReferenceError
exceptions:RuntimeError=builtins:RuntimeError
exceptions:RuntimeWarning=builtins:RuntimeWarning
exceptions:StandardError=builtins:Exception
exceptions:StopIteration=builtins:StopIteration
exceptions:SyntaxError=builtins:SyntaxError
exceptions:SyntaxWarning=builtins:SyntaxWarning
exceptions:SystemError=builtins:SystemError
exceptions:SystemExit=builtins:SystemExit
exceptions:TabError=builtins:TabError
exceptions:TypeError=builtins:TypeError
exceptions:UnboundLocalError=builtins:UnboundLocalError
exceptions:UnicodeDecodeError=builtins:UnicodeDecodeError
exceptions:UnicodeEncodeError=builtins:UnicodeEncodeError
exceptions:UnicodeError=builtins:UnicodeError
exceptions:UnicodeTranslateError=builtins:UnicodeTranslateError
exceptions:UnicodeWarning=builtins:UnicodeWarning
exceptions:UserWarning=builtins:UserWarning
exceptions:ValueError=builtins:ValueError
exceptions:Warning=builtins:Warning
exceptions:ZeroDivisionError=builtins:ZeroDivisionError
itertools:ifilter=builtins:filter
itertools:ifilterfalse=itertools:filterfalse
itertools:imap=builtins:map
itertools:izip=builtins:zip
itertools:izip_longest=itertools:zip_longest
multiprocessing:AuthenticationError=multiprocessing.context:AuthenticationError
multiprocessing:BufferTooShort=multiprocessing.context:BufferTooShort
multiprocessing:ProcessError=multiprocessing.context:ProcessError
multiprocessing:TimeoutError=multiprocessing.context:TimeoutError
multiprocessing.forking:Popen=multiprocessing.popen_fork:Popen
multiprocessing.process:Process=multiprocessing.context:Process
socket:_socketobject=socket:SocketType
urllib:ContentTooShortError=urllib.error:ContentTooShortError
urllib:getproxies=urllib.request:getproxies
urllib:pathname2url=urllib.request:pathname2url
urllib:quote=urllib.parse:quote
urllib:quote_plus=urllib.parse:quote_plus
urllib:unquote=urllib.parse:unquote
urllib:unquote_plus=urllib.parse:unquote_plus
urllib:url2pathname=urllib.request:url2pathname
urllib:urlcleanup=urllib.request:urlcleanup
urllib:urlencode=urllib.parse:urlencode
urllib:urlopen=urllib.request:urlopen
urllib:urlretrieve=urllib.request:urlretrieve
urllib2:HTTPError=urllib.error:HTTPError
urllib2:URLError=urllib.error:URLError
whichdb:whichdb=dbm:whichdb
`;

/** What is written another way than the tables above would be turned round; a name without an old one is kept. */
const MODULES_BACK = `
SimpleXMLRPCServer=xmlrpc.server
bz2=_bz2
dbm=_dbm
functools=_functools
gdbm=_gdbm
pickle=_pickle
tkFileDialog=tkinter.filedialog
tkSimpleDialog=tkinter.simpledialog
collections=collections
io=io
pickle=pickle
xml.etree.ElementTree=xml.etree.ElementTree
`;

const NAMES_BACK = `
CGIHTTPServer:CGIHTTPRequestHandler=http.server:CGIHTTPRequestHandler
DocXMLRPCServer:DocCGIXMLRPCRequestHandler=xmlrpc.server:DocCGIXMLRPCRequestHandler
DocXMLRPCServer:DocXMLRPCRequestHandler=xmlrpc.server:DocXMLRPCRequestHandler
DocXMLRPCServer:DocXMLRPCServer=xmlrpc.server:DocXMLRPCServer
DocXMLRPCServer:ServerHTMLDoc=xmlrpc.server:ServerHTMLDoc
DocXMLRPCServer:XMLRPCDocGenerator=xmlrpc.server:XMLRPCDocGenerator
FileDialog:FileDialog=tkinter.filedialog:FileDialog
FileDialog:LoadFileDialog=tkinter.filedialog:LoadFileDialog
FileDialog:SaveFileDialog=tkinter.filedialog:SaveFileDialog
SimpleDialog:SimpleDialog=tkinter.simpledialog:SimpleDialog
SimpleHTTPServer:SimpleHTTPRequestHandler=http.server:SimpleHTTPRequestHandler
__builtin__:reduce=_functools:reduce
__builtin__:unicode=builtins:str
exceptions:ImportError=builtins:ModuleNotFoundError
exceptions:OSError=builtins:BrokenPipeError
exceptions:OSError=builtins:ChildProcessError
exceptions:OSError=builtins:ConnectionAbortedError
exceptions:OSError=builtins:ConnectionError
exceptions:OSError=builtins:ConnectionRefusedError
exceptions:OSError=builtins:ConnectionResetError
exceptions:OSError=builtins:FileExistsError
exceptions:OSError=builtins:FileNotFoundError
exceptions:OSError=builtins:InterruptedError
exceptions:OSError=builtins:IsADirectoryError
exceptions:OSError=builtins:NotADirectoryError
exceptions:OSError=builtins:PermissionError
exceptions:OSError=builtins:ProcessLookupError
exceptions:OSError=builtins:TimeoutError
socket:_socketobject=_socket:socket
socket:SocketType=socket:SocketType
`;

type Row = readonly [old: string, now: string];

const rows = (text: string): Row[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("=") as [string, string]);

/** From the new place to the old one: the first of several, unless it is said otherwise. */
const back = (text: string, exceptions: string): ReadonlyMap<string, string> =>
  new Map([...rows(text).reverse(), ...rows(exceptions)].map(([old, now]) => [now, old]));

const modules: ReadonlyMap<string, string> = new Map(rows(MODULES));
const names: ReadonlyMap<string, string> = new Map(rows(NAMES));
const modulesBack = back(MODULES, MODULES_BACK);
const namesBack = back(NAMES, NAMES_BACK);

/**
 * The Python 3 place of a Python 2 name, as `pickle.Unpickler(fix_imports=True)` maps it below protocol 3.
 *
 * @example
 * python3Name("__builtin__", "xrange"); // ["builtins", "range"]
 */
export function python3Name(module: string, name: string): [module: string, name: string] {
  const renamed = names.get(`${module}:${name}`);
  if (renamed !== undefined) return renamed.split(":") as [string, string];
  return [modules.get(module) ?? module, name];
}

/**
 * The Python 2 place of a Python 3 name, as `pickle.dumps(fix_imports=True)` maps it below protocol 3.
 *
 * @example
 * python2Name("builtins", "range"); // ["__builtin__", "xrange"]
 */
export function python2Name(module: string, name: string): [module: string, name: string] {
  const renamed = namesBack.get(`${module}:${name}`);
  if (renamed !== undefined) return renamed.split(":") as [string, string];
  return [modulesBack.get(module) ?? module, name];
}
