/**
 * Every code that an error of curtido may have, with its fields. These are types: what stands here takes no room in a
 * bundle. `docs/errors.md` is made of it by `npm run errors`: the first paragraph of a comment is what it says of a code.
 *
 * @module
 */

/** The classes of exceptions that Python's `pickletools` raises on a bad stream. */
export type PythonErrorType = "ValueError" | "UnicodeDecodeError" | "IndexError" | "TypeError" | "MemoryError";

/** Where in a file. */
interface InFile {
  /** The byte of the file. */
  readonly offset?: number;
}

/** Where in a pickle. */
interface InPickle extends InFile {
  /** The exception of Python's `pickletools`. */
  readonly type?: PythonErrorType;
}

/** One thing that is wrong with rows. */
export interface FeatureProblem {
  /** The row, from 0. */
  readonly row?: number;
  readonly feature?: string;
  readonly detail: string;
  /** The place in what was sent. */
  readonly path?: readonly (string | number)[];
}

/** A cause of problems with rows. */
export interface FeatureCause {
  readonly detail: string;
  readonly count: number;
}

/** Pickles, and JSON forms of what they hold. */
export interface PickleErrors {
  /** The file is no pickle. Check that it is what `pickle.dump` or `joblib.dump` wrote, all of it and nothing before it. */
  E_NOT_A_PICKLE: InPickle;
  /** The file ends in the middle of a pickle. It was not copied or downloaded to its end. */
  E_TRUNCATED: InPickle;
  /** A byte of the stream is no opcode. The file is damaged, or something else follows the pickle. */
  E_OPCODE: InPickle;
  /** There is no such protocol, or a value needs a later one. Protocols are 0 to 5. */
  E_PROTOCOL: InPickle & { readonly protocol?: number };
  /** The stream takes more from the stack than there is, or a mark is missing. The file is damaged or made to deceive. */
  E_STACK: InPickle;
  /** The stream asks for an entry of the memo that it never stored. The file is damaged or made to deceive. */
  E_MEMO: InPickle;
  /** The argument of an opcode is malformed. The file is damaged or made to deceive. */
  E_ARGUMENT: InPickle;
  /** A text is not in the encoding that it should be in. For pickles of Python 2, give `encoding`. */
  E_ENCODING: InPickle;
  /** A value is not of a type that can stand where it stands, or cannot be written; `reduce` says what stands for an object. */
  E_TYPE: InFile & {
    /** The type of the value. */
    readonly type?: string;
    /** A class or function that cannot be named. */
    readonly module?: string;
    readonly name?: string;
    /** Where the value stands in what was to be written: `a[1].b`. */
    readonly path?: string;
  };
  /** A list, dict, set or bytearray serves as a key, which Python refuses too. */
  E_UNHASHABLE: InFile & {
    readonly type?: string;
    /** Where the value stands in what was to be written. */
    readonly path?: string;
  };
  /** The stream refers to an object outside of it. Give `persistentLoad`; to write, a persistent id of protocol 0 is ASCII. */
  E_PERSISTENT_ID: InFile & { readonly id?: string };
  /** The stream names a class by a code that is not registered. Give `extensions`. */
  E_EXTENSION: InFile & { readonly name?: string; readonly code?: number };
  /** The stream refers to memory outside of it. Give `buffers`, as many as were written. */
  E_BUFFER: InFile;
  /** JSON is malformed, or a value has no JSON form. Typed JSON has one for every value of a pickle. */
  E_JSON: InFile & {
    readonly line?: number;
    readonly column?: number;
    /** Where the value stands in what was to be written. */
    readonly path?: string;
    /** The class of an object that has no form. */
    readonly type?: string;
    /** The tag of typed JSON. */
    readonly tag?: string;
  };
  /** Something is larger, deeper or more than is allowed, or than there is memory for. Raise the limit if you trust the file. */
  E_LIMIT: InPickle & {
    /** The name of the limit. */
    readonly limit?: string;
    /** What is allowed, in bytes, characters, operations or items. */
    readonly most?: number;
    /** What was needed, in bytes, operations or items. */
    readonly needed?: number;
    readonly length?: number;
    readonly shape?: readonly number[];
    /** The parameter, attribute or place that asks for it. */
    readonly path?: string;
    readonly line?: number;
    readonly column?: number;
  };
}

/** Arrays, tables of pandas, and the files around them. */
export interface ArrayErrors {
  /** An array of numpy or a sparse matrix is malformed, or is asked for what it does not have. */
  E_ARRAY: InFile & {
    readonly shape?: readonly number[];
    /** Bytes that the shape needs, and those that there are. */
    readonly needed?: number;
    readonly found?: number;
    readonly field?: string;
    /** The file beside it. */
    readonly part?: string;
    readonly length?: number;
  };
  /** An element type is none that numpy has, or none that can be read, written or computed with. */
  E_DTYPE: { readonly dtype?: string };
  /** A container (zip, npz, tar, a compressed file) is malformed or cut off, or lacks a part. Copy it again, with all its files. */
  E_CONTAINER: InFile & {
    readonly format?: string;
    readonly part?: string;
    /** Whether it ends too early. */
    readonly truncated?: boolean;
  };
  /** A table, column or index of pandas is malformed, or of a kind that is not read. */
  E_FRAME: { readonly class?: string };
}

/** Models. */
export interface EstimatorErrors {
  /** A class or function of the file is not known here. Register it with `names`; `stub` is what to fill in. */
  E_UNKNOWN_NAME: {
    readonly name?: string;
    /** Where in the model it is needed: `steps[1].func`. */
    readonly path: string;
    /** Every name of the file that is not known, this one first. */
    readonly names?: readonly string[];
    /** Its signature, file and line, as far as the file tells. */
    readonly origin?: string;
    /** The modules that its code uses. */
    readonly imports?: readonly string[];
    readonly stub?: string;
    /** What is imported for a class that is known, but was not handed in. */
    readonly from?: string;
  };
  /** The file asks for a call that Python would execute and that no model needs. Do not load it in Python either. */
  E_UNSAFE: { readonly name: string };
  /** The file holds no model. It holds what `found` says. */
  E_NOT_A_MODEL: { readonly found: string };
  /** The file holds several models, or not the part that is asked for. Name one of `parts` behind the file: `bundle.pkl#pipe`; or put them together with `curtido compose`. */
  E_PARTS: {
    /** Each part and what it is: `pipe: Pipeline of 4 features`. */
    readonly parts: readonly string[];
  };
  /** Models that are to be put together do not fit: the numbers of their features, their names, or what they are. */
  E_COMPOSE: {
    /** The file or part that does not fit. */
    readonly part?: string;
  };
  /** A card says what cannot be, or speaks of what the model has not. Mend the key that `path` names. */
  E_CARD: {
    /** The key: `features[0].type`. */
    readonly path: string;
  };
  /** An attribute of the model is missing or malformed. Fit it before it is pickled; else the file is damaged. */
  E_STATE: {
    /** The attribute: `steps[1].coef_`. */
    readonly path?: string;
    readonly class?: string;
    readonly method?: string;
  };
  /** The model has no such method. Ask for one of `methods`. */
  E_NO_METHOD: {
    readonly method?: string;
    readonly methods?: readonly string[];
    /** What was to be included in an answer. */
    readonly include?: string;
    readonly path?: string;
  };
  /** A parameter has a value whose effect is not known here. Take one of `allowed`, or leave it out. */
  E_UNSUPPORTED: {
    /** The parameter or attribute. */
    readonly path?: string;
    readonly allowed?: readonly string[];
    readonly metric?: string;
    readonly pattern?: string;
  };
  /** The rows do not fit the model. `problems` says which row, which feature, and what was expected. */
  E_FEATURES: {
    /** `row` (from 0), `feature`, `detail`, and `path`, the place in what was sent. */
    readonly problems?: readonly FeatureProblem[];
    /** Where there are more than are listed: each cause, and how often it was found. */
    readonly causes?: readonly FeatureCause[];
  };
}

/** Tables, and files of the command line. */
export interface FileErrors {
  /** A table is none that can be read. Send it in the format that it is said to be, as UTF-8, with a header where one belongs. */
  E_TABLE: {
    readonly format: string;
    /** What it is or does, behind a name for it: `is not JSON: ...` */
    readonly problem: string;
    /** The line, from 1. */
    readonly line?: number;
  };
  /** A table holds more than is taken at once. Send fewer rows at a time. */
  E_TABLE_LIMIT: {
    readonly format: string;
    readonly problem: string;
    /** What is allowed, in bytes, cells or rows. */
    readonly most: number;
  };
  /** The charset of a text is not known. Send UTF-8. */
  E_CHARSET: { readonly charset: string };
  /** A file cannot be read or written. */
  E_FILE: {
    readonly path?: string;
    /** The code of the system: `ENOENT`. */
    readonly reason?: string | undefined;
  };
  /** What a command was given cannot be read. */
  E_INPUT: {
    /** The line, from 1. */
    readonly line?: number;
  };
  /** A format is not known, or cannot hold a value. Convert to another one: pickle, joblib and typed JSON hold all of them. */
  E_FORMAT: {
    readonly format: string;
    /** The column's label, and the row, from 1. */
    readonly column?: unknown;
    readonly row?: number;
  };
  /** The table cannot be learned from, or the wishes contradict each other. The message says what to do. */
  E_DATA: {
    readonly column?: string;
    /** The row, from 1. */
    readonly row?: number;
  };
  /** A part of a preamble is not known. */
  E_PREAMBLE: { readonly part: string };
  /** A server that models are pushed to or pulled from refuses, or does not answer. */
  E_HTTP: { readonly url: string; readonly status?: number };
}

/** What a store of models ends with. */
export interface StoreErrors {
  /** There is no such model, version, alias, key or artefact. */
  E_NOT_FOUND: {
    readonly model?: string;
    readonly name?: string;
    readonly version?: number;
    readonly alias?: string;
    readonly id?: string;
    readonly place?: string;
    readonly sha256?: string;
  };
  /** The model changed since it was looked at. Look again, and decide anew. */
  E_PRECONDITION: { readonly name: string };
  /** It contradicts what there is: an alias points to it, a name is taken, a moment is none. */
  E_CONFLICT: {
    readonly name?: string;
    readonly version?: number;
    readonly alias?: string;
    readonly expires?: string;
  };
  /** An alias would point to nothing, or a place of the log is none. */
  E_TARGET: { readonly name?: string; readonly moment?: string; readonly before?: string };
  /** The database or the artefacts cannot be reached, or are damaged. Nothing was changed; try again, or see `place`. */
  E_STORE: {
    /** The database, folder or bucket; holds no password. */
    readonly place?: string;
    /** The code of the system, of SQLite or of PostgreSQL. */
    readonly reason?: string;
    readonly sha256?: string;
    readonly found?: string;
    /** A package that is not installed. */
    readonly driver?: string;
  };
  /** There is no room left. Nothing was changed; make room at `place`. */
  E_FULL: { readonly place?: string; readonly reason?: string };
}

/** What a service ends with. */
export interface ServiceErrors {
  /** There is more to do than can be queued. Try again in a second; more threads or processes answer more. */
  E_BUSY: object;
  /** The model could not be loaded. The server's log says why. */
  E_NOT_READY: { readonly name: string };
  /** The thread that computed the answer ended. The rows may need more memory than there is; send fewer at a time. */
  E_THREAD: object;
  /** A body takes longer to read or to answer than a service allows. Send fewer rows at a time. */
  E_SLOW: { readonly seconds: number };
  /** The body has no rows. */
  E_NO_ROWS: object;
  /** The body is larger than is allowed. Send it in parts, or raise the limit. */
  E_TOO_LARGE: { readonly most: number };
  /** Clients of the current version could not ask the one that is published. Publish it with `?change=signature` if that is meant, or under another name. */
  E_SIGNATURE: { readonly name: string };
  /** The scan of an uploaded file found something. The file is not published; `findings` says what. */
  E_SCAN: { readonly findings: readonly string[] };
  /** A model cannot have this name, or there is none of this name. */
  E_NAME: { readonly name: string; readonly suggestion?: string };
  /** The port cannot be listened on. */
  E_LISTEN: { readonly port: number; readonly host?: string | undefined };
  /** A template of yours cannot be rendered. */
  E_TEMPLATE: { readonly name: string };
}

/** The fields of every code. */
export interface ErrorFields
  extends PickleErrors,
    ArrayErrors,
    EstimatorErrors,
    FileErrors,
    StoreErrors,
    ServiceErrors {}

/** Every code. */
export type ErrorCode = keyof ErrorFields;

type EveryField = { [Code in ErrorCode]: keyof ErrorFields[Code] }[ErrorCode];

/** The same for who reads an error: a field that a code does not have is `undefined`, not a mistake to ask for. */
type ReadFields = {
  readonly [Code in ErrorCode]: ErrorFields[Code] & {
    readonly [Name in Exclude<EveryField, keyof ErrorFields[Code]>]?: undefined;
  };
};

/** The fields of an error with this code, or with one of these codes. */
export type FieldsOf<Code extends ErrorCode> = ReadFields[Code];

/** What follows the message of an error: the fields, which may be left out where none is needed, and the cause. */
export type ErrorRest<Code extends ErrorCode> = object extends ErrorFields[Code]
  ? [fields?: ErrorFields[Code], cause?: unknown]
  : [fields: ErrorFields[Code], cause?: unknown];
