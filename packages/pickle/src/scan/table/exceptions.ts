/** @module Names that are safe although they belong to what is dangerous by its module: readers need these, too. */

import type { Table } from "./format.ts";

export const EXCEPTIONS: Table = {
  values: `
builtins __builtin__: BaseException Exception ArithmeticError AssertionError AttributeError BufferError EOFError ImportError
builtins __builtin__: IndexError KeyError LookupError MemoryError NameError NotImplementedError OSError OverflowError ReferenceError
builtins __builtin__: RuntimeError StopIteration SyntaxError SystemError TypeError UnicodeDecodeError UnicodeEncodeError UnicodeError
builtins __builtin__: ValueError ZeroDivisionError FloatingPointError KeyboardInterrupt GeneratorExit ModuleNotFoundError
builtins __builtin__: RecursionError StopAsyncIteration TimeoutError FileNotFoundError PermissionError Warning UserWarning
builtins __builtin__: DeprecationWarning FutureWarning RuntimeWarning PendingDeprecationWarning SyntaxWarning UnicodeWarning
builtins __builtin__: BytesWarning ImportWarning ResourceWarning UnicodeTranslateError BlockingIOError BrokenPipeError
builtins __builtin__: ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
builtins __builtin__: FileExistsError InterruptedError IsADirectoryError NotADirectoryError ProcessLookupError SystemExit TabError
builtins __builtin__: IndentationError UnboundLocalError EncodingWarning ExceptionGroup BaseExceptionGroup PythonFinalizationError
# A namespace is made empty: its attributes are a state, where they are looked at.
types: SimpleNamespace=noArguments/keeps
_io io: BytesIO StringIO
# An array lies behind its wrapper, of the class that the state names.
joblib.numpy_pickle sklearn.externals.joblib.numpy_pickle: NumpyArrayWrapper=noArguments/wrapper
joblib.numpy_pickle joblib.numpy_pickle_compat: NDArrayWrapper=noArguments/wrapper ZNDArrayWrapper=noArguments/wrapper
sklearn.externals.joblib.numpy_pickle sklearn.externals.joblib.numpy_pickle_compat: NDArrayWrapper=noArguments/wrapper
sklearn.externals.joblib.numpy_pickle sklearn.externals.joblib.numpy_pickle_compat: ZNDArrayWrapper=noArguments/wrapper
sklearn.datasets.base: Bunch=attributes/keeps@dict
# It calls \`_reconstruct\` with its operands, and gives the array the state.
dill._dill: _create_array=dillArray/array
`,
  fixed: `
# They iterate over what they are given: a list, a tuple, a dict or a set itself; sets ask for hashes.
builtins __builtin__: set=hashed frozenset=hashed list=bag tuple=bag dict=mapping
# With an encoding, Python imports the codec of that name.
builtins __builtin__: bytes=encoded bytearray=encoded str=encoded complex=literals slice range=literals object=noArguments
builtins __builtin__: int=literals float=literals bool=literals
pathlib pathlib._local: PurePath PurePosixPath PureWindowsPath Path PosixPath WindowsPath
types: MappingProxyType=mapping
_codecs: encode=encoding
torch.serialization: _get_layout
`,
  objects: `
# A cache without a folder: with one, it makes it.
joblib.memory sklearn.externals.joblib.memory: Memory=noPlace
# A logger belongs to the program: nothing of it may be taken or set.
logging: getLogger=oneText/none
keras.src.preprocessing.text keras.src.legacy.preprocessing.text keras.preprocessing.text keras_preprocessing.text tensorflow.python.keras.preprocessing.text: Tokenizer=bare
tensorflow.keras.preprocessing.text: Tokenizer=bare
`,
  callables: `
operator _operator: itemgetter attrgetter=attributeNames
builtins __builtin__: getattr=attribute/none type=typeOf/none
# Types by the names that Python has for them.
dill._dill: _load_type=dillType/none
cloudpickle.cloudpickle: _builtin_type=cloudType/none
# A method of the list, bound to an object: as getattr gives it.
types: MethodType=method/none
`,
  named: `
builtins __builtin__: abs all any ascii bin callable chr divmod enumerate filter format hash hex id NoneType
builtins __builtin__: isinstance issubclass iter len map max min next oct ord pow repr reversed round sorted sum zip
# Methods of text, as tokenizers and preprocessors: functions of texts alone.
builtins __builtin__: str.lower str.upper str.strip str.lstrip str.rstrip str.split str.rsplit str.splitlines str.title str.casefold
builtins __builtin__: str.capitalize str.swapcase str.join str.replace
numpy numpy.core.memmap numpy._core.memmap: memmap@array
posixpath ntpath: abspath basename dirname join normpath split splitext
# They make an object of the class that they are given, which is then looked at.
copyreg copy_reg: _reconstructor=reconstructor __newobj__=newObject __newobj_ex__=newObjectWith
`,
  constants: `
builtins __builtin__: Ellipsis NotImplemented
`,
};
