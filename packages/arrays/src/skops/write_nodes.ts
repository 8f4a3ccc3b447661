/** @module The nodes of skops' schema for inert values: what `nodes.ts` reads. */

import {
  ByteArray,
  DefaultDict,
  Dict,
  FrozenSet,
  floatRepr,
  Global,
  Instance,
  OrderedDict,
  PySet,
  Slice,
  Tuple,
  typeName,
} from "@curtido/pickle";
import { reviveNumpy } from "../revive/numpy.ts";
import type { ZipPart } from "../write/zip.ts";
import { cannotKeep, OrderedObject, type SkopsNode } from "./schema.ts";
import { arrayNode, dtypeNode, numpyNode, scalarClass, scalarNode } from "./write_numpy.ts";

/** The functions by which Cython's classes of points and distances are made, before they get their state. */
const NEW_OBJECT = /^sklearn\.(neighbors\._?(kd_tree|ball_tree|dist_metrics)|metrics\._dist_metrics)\.newObj$/;
/** Named tuples that estimators hold: of other classes that are made of arguments nobody can tell whether they are tuples. */
const NAMED_TUPLES = new Set(["sklearn.impute._iterative._ImputerTriplet"]);

/** Objects within objects, as for reading. */
const DEEPEST = 1000;

const nodeOf = (loader: string, cls: Global, more: object): SkopsNode => ({
  __class__: cls.name,
  __module__: cls.module,
  __loader__: loader,
  ...more,
});

const builtin = (name: string) => new Global("builtins", name);

/** Makes the nodes of one object; what is there more than once is described once, and referred to. */
export class SkopsWriter {
  readonly entries: ZipPart[] = [];
  private readonly ids = new Map<object, number>();
  private readonly open = new Set<object>();

  /** Keeps bytes in an entry of their own, and gives its name. */
  entry(bytes: Uint8Array, ending: string): string {
    const name = `${this.entries.length + 1}.${ending}`;
    this.entries.push({ name, bytes });
    return name;
  }

  /** The node of a value. @throws CurtidoError E_TYPE for what skops cannot hold */
  node(value: unknown): SkopsNode {
    if (typeof value !== "object" || value === null) return atom(value);
    const known = this.ids.get(value);
    if (this.open.has(value)) throw cannotKeep("an object that contains itself");
    if (known !== undefined) return nodeOf("CachedNode", new Global("builtins", "object"), { __id__: known });
    if (this.open.size > DEEPEST) throw cannotKeep("objects that are nested so deeply");
    // Numbers from 1 on: skops takes 0 for none. They are given in the order in which it meets the objects.
    const id = this.ids.size + 1;
    this.ids.set(value, id);
    this.open.add(value);
    const made = this.object(value);
    this.open.delete(value);
    return { ...made, __id__: id };
  }

  nodes(values: Iterable<unknown>): SkopsNode[] {
    return Array.from(values, (value) => this.node(value));
  }

  /** A list or a tuple that is no object of the value itself. */
  list(values: Iterable<unknown>): SkopsNode {
    return nodeOf("ListNode", builtin("list"), { content: this.nodes(values) });
  }
  tuple(values: Iterable<unknown>): SkopsNode {
    return nodeOf("TupleNode", builtin("tuple"), { content: this.nodes(values) });
  }

  private object(value: object): SkopsNode {
    if (Array.isArray(value)) return this.list(value);
    if (value instanceof Tuple) return this.tuple(value);
    if (value instanceof Dict) return this.dict(value);
    if (value instanceof PySet) return nodeOf("SetNode", builtin("set"), { content: this.nodes(value) });
    if (value instanceof FrozenSet)
      return nodeOf("ConstructorFromReduceNode", builtin("frozenset"), { content: this.tuple([[...value]]) });
    if (value instanceof Global) return nameNode(value);
    if (value instanceof Slice) return sliceNode(value);
    if (value instanceof Uint8Array) return this.bytes(value);
    if (value instanceof Instance) return this.instance(value);
    throw cannotKeep(`a ${typeName(value)}`);
  }

  private bytes(value: Uint8Array): SkopsNode {
    const file = this.entry(value, "bin");
    return value instanceof ByteArray
      ? nodeOf("BytearrayNode", builtin("bytearray"), { file })
      : nodeOf("BytesNode", builtin("bytes"), { file });
  }

  private dict(value: Dict): SkopsNode {
    if (value instanceof DefaultDict) {
      const main = nodeOf("DictNode", builtin("dict"), this.pairs(value));
      const content = { main, default_factory: this.node(value.factory) };
      return nodeOf("DefaultDictNode", new Global("collections", "defaultdict"), { content });
    }
    const ordered = value instanceof OrderedDict;
    if (!ordered && value.constructor !== Dict) throw cannotKeep(`a ${typeName(value)}`);
    return nodeOf("DictNode", ordered ? new Global("collections", "OrderedDict") : builtin("dict"), this.pairs(value));
  }

  /** Keys as JSON spells them, beside their types. */
  private pairs(pairs: Iterable<readonly [unknown, unknown]>) {
    const types: SkopsNode[] = [];
    const content: [string, SkopsNode][] = [];
    const seen = new Set<string>();
    for (const [key, value] of pairs) {
      const [text, type] = keyText(key);
      if (seen.has(text)) throw cannotKeep(`a dict with two keys '${text}'`);
      seen.add(text);
      types.push(nodeOf("TypeNode", type, {}));
      content.push([text, this.node(value)]);
    }
    const key_types = nodeOf("ListNode", builtin("list"), { content: types });
    return { key_types, content: new OrderedObject(content) };
  }

  private instance(value: Instance): SkopsNode {
    if (!(value.class instanceof Global)) throw cannotKeep(`what calling ${value.className} gives`);
    const array = reviveNumpy(value);
    if (array !== undefined) return array.scalar ? scalarNode(array, this) : arrayNode(array, value.args[0], this);
    if (value.className === "numpy.dtype") return dtypeNode(value, this);
    const made = numpyNode(value, this) ?? this.called(value, value.class);
    if (made !== undefined) return made;
    throw cannotKeep(`what ${value.className} makes`);
  }

  /** What is no array: objects of classes, and what calls of known functions make. */
  private called(value: Instance, cls: Global): SkopsNode | undefined {
    const { args, form, className } = value;
    const [first, second] = args;
    if (form === "newobj") return this.plainObject(value, cls, args);
    if (form !== "reduce") return undefined;
    const { state } = value;
    const old = /^(copyreg|copy_reg)\._reconstructor$/.test(className) && isNamed(second, "builtins.object");
    if ((old || NEW_OBJECT.test(className)) && first instanceof Global) return this.plainObject(value, first, []);
    if (className === "functools.partial" && state instanceof Tuple) return this.partial(state);
    if (className === "builtins.getattr" && first instanceof Instance) return this.method(first, second);
    if (/^_?operator\.(attrgetter|itemgetter|methodcaller)$/.test(className))
      return nodeOf("OperatorFuncNode", new Global("operator", cls.name), { attrs: this.tuple(args) });
    if (/^numpy\.(core|_core)(\._internal)?\._ufunc_reconstruct$/.test(className))
      return nameNode(new Global(String(first), String(second)));
    const loss = lossOf(value, cls);
    if (className === "sklearn.tree._tree.Tree") return this.reduced("TreeNode", cls, args, state);
    if (loss !== undefined) return this.reduced("LossNode", ...loss);
    if (value.states.length === 0 && value.items.length === 0 && value.entries.length === 0)
      return nodeOf("ConstructorFromReduceNode", cls, { content: this.tuple(args) });
    return undefined;
  }

  /** An object that is made without a call, and given its attributes; a dict or a list of its own class. */
  private plainObject(value: Instance, cls: Global, args: readonly unknown[]): SkopsNode | undefined {
    const { states, items, entries } = value;
    if (cls.name.includes(".")) throw cannotKeep(`an object of the class ${cls}, which stands within another`);
    if (NAMED_TUPLES.has(cls.toString())) return nodeOf("TupleNode", cls, { content: this.nodes(args) });
    if (entries.length > 0 && items.length === 0 && args.length === 0)
      return nodeOf("DictNode", cls, this.pairs(entries));
    if (items.length > 0 && entries.length === 0 && args.length === 0)
      return nodeOf("ListNode", cls, { content: this.nodes(items) });
    if (items.length + entries.length > 0 || states.length > 1 || args.length > 0) return undefined;
    return nodeOf("ObjectNode", cls, { content: this.node(value.state ?? null) });
  }

  /** The state first: in that order skops meets what is there more than once. */
  private reduced(loader: string, cls: Global, args: readonly unknown[], state: unknown): SkopsNode {
    const content = state === undefined || state === null ? this.node(new Dict()) : this.node(state);
    return nodeOf(loader, cls, { content, __reduce__: { args: this.tuple(args) } });
  }

  private partial(state: Tuple): SkopsNode {
    const [func, args, kwds, namespace] = state.items;
    const content = {
      func: this.node(func),
      args: this.node(args),
      kwds: this.node(kwds ?? new Dict()),
      namespace: this.node(namespace ?? null),
    };
    return nodeOf("PartialNode", new Global("functools", "partial"), { content });
  }

  private method(owner: Instance, name: unknown): SkopsNode {
    const obj = this.node(owner);
    const cls = new Global(String(obj["__module__"]), String(obj["__class__"]));
    return nodeOf("MethodNode", cls, { content: { func: String(name), obj } });
  }
}

const isNamed = (value: unknown, name: string) => value instanceof Global && value.toString() === name;

/** The class and the arguments of a loss of scikit-learn: called by its name, or by the function that Cython makes for it. */
function lossOf(value: Instance, cls: Global): [cls: Global, args: readonly unknown[], state: unknown] | undefined {
  if (!/^(sklearn\._loss\.)?_loss$|^sklearn\.linear_model\._?sgd_fast$/.test(cls.module)) return undefined;
  if (!cls.name.startsWith("__pyx_unpickle_")) return [cls, value.args, value.state];
  const [made, , state] = value.args;
  if (!(made instanceof Global)) return undefined;
  return [made, state instanceof Tuple ? state.items : [], value.state];
}

function nameNode(name: Global): SkopsNode {
  if (name.name.includes(".")) throw cannotKeep(`${name}, which stands within a class`);
  const isType = name.module === "builtins" || /^[A-Z]/.test(name.name) || name.module === "numpy";
  return nodeOf(isType ? "TypeNode" : "FunctionNode", name, {});
}

function sliceNode({ start, stop, step }: Slice): SkopsNode {
  const bound = (value: unknown) => {
    if (value === null || typeof value === "string") return value;
    if (typeof value === "bigint" && BigInt(Number(value)) === value) return Number(value);
    throw cannotKeep("a slice that is not of whole numbers or names");
  };
  const content = { start: bound(start), stop: bound(stop), step: bound(step) };
  return nodeOf("SliceNode", builtin("slice"), { content });
}

function atom(value: unknown): SkopsNode {
  return nodeOf("JsonNode", builtin("str"), { content: atomText(value), is_json: true });
}

function atomText(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return floatText(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  throw cannotKeep(`a ${typeName(value)}`);
}

function floatText(value: number): string {
  if (Number.isFinite(value)) return floatRepr(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** A key as a text, and the type that skops makes of it. */
function keyText(key: unknown): [text: string, type: Global] {
  if (typeof key === "string") return [key, builtin("str")];
  if (typeof key === "bigint") return [String(key), builtin("int")];
  if (typeof key === "number") return [floatText(key), builtin("float")];
  // Python takes every text but the empty one for True.
  if (typeof key === "boolean") return [key ? "true" : "", builtin("bool")];
  const scalar = key instanceof Instance ? reviveNumpy(key) : undefined;
  if (scalar?.scalar === true && "biufU".includes(scalar.dtype.kind)) {
    // What numpy has no plain value for is none of these.
    const item = scalar.item();
    const whole = scalar.dtype.kind !== "f" && typeof item === "number";
    return [keyText(whole ? BigInt(item) : item)[0], scalarClass(scalar.dtype)];
  }
  throw cannotKeep(`a dict with a key that is a ${typeName(key)}`);
}
