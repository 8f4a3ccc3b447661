/** @module Names that are safe although they belong to what is dangerous by its module: one line for each module. */

/** What loading may call with anything. */
export const CALLABLE_THERE = `
builtins __builtin__: set frozenset list tuple dict bytes bytearray complex slice range object int float bool str
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
pathlib pathlib._local: PurePath PurePosixPath PureWindowsPath Path PosixPath WindowsPath
types: SimpleNamespace MappingProxyType
operator _operator: itemgetter
_io io: BytesIO StringIO
logging: getLogger
joblib.numpy_pickle sklearn.externals.joblib.numpy_pickle: NumpyArrayWrapper
joblib.numpy_pickle joblib.numpy_pickle_compat: NDArrayWrapper ZNDArrayWrapper
sklearn.externals.joblib.numpy_pickle sklearn.externals.joblib.numpy_pickle_compat: NDArrayWrapper ZNDArrayWrapper
torch.serialization: _get_layout
sklearn.datasets.base: Bunch
`;

/** What may be named, but is not called while a file is loaded. */
export const MENTIONED_THERE = `
builtins __builtin__: NoneType Ellipsis NotImplemented abs all any ascii bin callable chr divmod enumerate filter format hash hex id
builtins __builtin__: isinstance issubclass iter len map max min next oct ord pow repr reversed round sorted sum zip
numpy numpy.core.memmap numpy._core.memmap: memmap
posixpath ntpath: abspath basename dirname join normpath split splitext
`;

/** What may be called with operands that are looked at: the name of the check. */
export const CHECKED_THERE = `
builtins __builtin__: getattr=attribute type=oneArgument
copyreg copy_reg: _reconstructor=reconstructor __newobj__=newObject __newobj_ex__=newObject
operator _operator: attrgetter=attributeNames
joblib.memory sklearn.externals.joblib.memory: Memory=noPlace
`;
