/** @module The enumerations of Python's library, whose members are told from other objects by the name of their class. */

/** Facts of CPython 3.8 to 3.13: all subclasses of `enum.Enum` with members, by module. */
const CLASSES: Readonly<Record<string, string>> = {
  ast: "_Precedence",
  "asyncio.constants": "_SendfileMode",
  "asyncio.locks": "_BarrierState",
  "asyncio.runners": "_State",
  "asyncio.sslproto": "AppProtocolState SSLProtocolState",
  "asyncio.timeouts": "_State",
  calendar: "Day Month",
  enum: "EnumCheck FlagBoundary",
  http: "HTTPMethod HTTPStatus",
  inspect: "BufferFlags _ParameterKind",
  plistlib: "PlistFormat",
  pstats: "SortKey",
  py_compile: "PycInvalidationMode",
  re: "RegexFlag",
  signal: "Handlers Sigmasks Signals",
  socket: "AddressFamily AddressInfo MsgFlag SocketKind",
  ssl: "AlertDescription Options Purpose SSLErrorNumber TLSVersion VerifyFlags VerifyMode _SSLMethod _TLSAlertType _TLSContentType _TLSMessageType",
  symtable: "SymbolTableType",
  uuid: "SafeUUID",
};

/** All of them, as `module.name`. */
export const LIBRARY_ENUMS: ReadonlySet<string> = new Set(
  Object.entries(CLASSES).flatMap(([module, classes]) => classes.split(" ").map((name) => `${module}.${name}`)),
);

/** Whether `module.name` is an enumeration of Python's library. */
export function isLibraryEnum(name: string): boolean {
  return LIBRARY_ENUMS.has(name);
}
