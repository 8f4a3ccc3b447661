/**
 * @module The nodes of skops' schema, one function for each `__loader__`: each gives the inert value that a pickle of the same
 * object has. What skops would call is a call here, which whoever reads pickles judges by its name.
 */

import { ByteArray, DefaultDict, Dict, Global, Instance, OrderedDict, PySet, Slice, Tuple } from "@curtido/pickle";
import { NdArray } from "../ndarray.ts";
import { NumpyWriter } from "../write/numpy.ts";
import { arrayIn, at, type SkopsArchive, skopsError } from "./archive.ts";
import { maskedArray, randomGenerator, randomState, sparseMatrix } from "./arrays.ts";
import { jsonAtom, keyOf } from "./atoms.ts";

/** Nodes within nodes: a pipeline in a pipeline takes about ten. */
const DEEPEST = 1000;

type Loader = (node: Dict, tree: SkopsTree) => unknown;

/** Makes the values of one schema, each once: nodes of one `__id__` are one object. */
export class SkopsTree {
  readonly archive: SkopsArchive;
  readonly numpy = new NumpyWriter();
  private readonly made = new Map<unknown, unknown>();
  private readonly open = new Set<unknown>();
  private depth = 0;

  constructor(archive: SkopsArchive) {
    this.archive = archive;
  }

  /** The value of a node. @throws CurtidoError E_CONTAINER for what skops does not write, E_LIMIT when it is nested too deeply */
  value(node: unknown): unknown {
    if (!(node instanceof Dict)) throw skopsError("something is no node");
    const id = node.get("__id__") ?? node;
    if (this.made.has(id)) return this.made.get(id);
    if (this.open.has(id)) throw skopsError("an object contains itself");
    if (++this.depth > DEEPEST) throw skopsError("objects are nested too deeply");
    const name = at(node, "__loader__");
    const loader = typeof name === "string" && Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
    if (loader === undefined) throw skopsError(`its loader '${String(name).slice(0, 100)}' is not known here`);
    this.open.add(id);
    const value = loader(node, this);
    this.open.delete(id);
    this.depth--;
    this.made.set(id, value);
    return value;
  }

  /** The values of a list of nodes. */
  values(nodes: unknown): unknown[] {
    if (!Array.isArray(nodes)) throw skopsError("a list of nodes is none");
    return nodes.map((node) => this.value(node));
  }

  /** A node within the content of another. */
  inside(node: Dict, key: string): unknown {
    return this.value(at(contentOf(node), key));
  }
}

function contentOf(node: Dict): Dict {
  const content = at(node, "content");
  if (content instanceof Dict) return content;
  throw skopsError("the content of a node is no object");
}

function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw skopsError(`${what} is no text`);
}

function nameOf(node: Dict): Global {
  return new Global(text(at(node, "__module__"), "a module"), text(at(node, "__class__"), "a class"));
}

const isNamed = (node: Dict, name: string) => nameOf(node).toString() === name;

function newObject(cls: Global, args: readonly unknown[] = []): Instance {
  return new Instance(cls, args, "newobj");
}

function call(callable: Global, args: readonly unknown[], state?: unknown): Instance {
  const made = new Instance(callable, args, "reduce");
  if (state !== undefined && state !== null) made.states.push(state);
  return made;
}

function pairsOf(node: Dict, tree: SkopsTree): [unknown, unknown][] {
  const types = at(node, "key_types");
  const named = types instanceof Dict ? types.get("content") : undefined;
  if (!Array.isArray(named)) throw skopsError("the keys of a dict have no types");
  return Array.from(contentOf(node), ([key, value], position) => {
    const type: unknown = named[position];
    if (!(type instanceof Dict)) throw skopsError("a key of a dict has no type");
    return [keyOf(text(key, "a key"), nameOf(type).toString()), tree.value(value)];
  });
}

function dict(node: Dict, tree: SkopsTree): unknown {
  const pairs = pairsOf(node, tree);
  if (isNamed(node, "builtins.dict")) return new Dict(pairs);
  if (isNamed(node, "collections.OrderedDict")) return new OrderedDict(pairs);
  const made = newObject(nameOf(node));
  for (const pair of pairs) made.entries.push(pair);
  return made;
}

function defaultDict(node: Dict, tree: SkopsTree): unknown {
  const main = tree.inside(node, "main");
  const factory = tree.inside(node, "default_factory");
  const known = factory === null || factory instanceof Global || factory instanceof Instance;
  if (!(main instanceof Dict) || !known) throw skopsError("a defaultdict has no factory or no entries");
  return new DefaultDict(factory, main);
}

function list(node: Dict, tree: SkopsTree): unknown {
  const items = tree.values(at(node, "content"));
  if (isNamed(node, "builtins.list")) return items;
  const made = newObject(nameOf(node));
  for (const item of items) made.items.push(item);
  return made;
}

function tuple(node: Dict, tree: SkopsTree): unknown {
  const items = tree.values(at(node, "content"));
  return isNamed(node, "builtins.tuple") ? new Tuple(items) : newObject(nameOf(node), items);
}

function set(node: Dict, tree: SkopsTree): unknown {
  const items = tree.values(at(node, "content"));
  return isNamed(node, "builtins.set") ? new PySet(items) : call(nameOf(node), [items]);
}

/** What was a function in files of protocol 0 stands in its content. */
function named(node: Dict): unknown {
  const content = node.get("content");
  if (!(content instanceof Dict)) return nameOf(node);
  return new Global(text(at(content, "module_path"), "a module"), text(at(content, "function"), "a function"));
}

function partial(node: Dict, tree: SkopsTree): unknown {
  const [func, args, kwds, namespace] = ["func", "args", "kwds", "namespace"].map((key) => tree.inside(node, key));
  return call(new Global("functools", "partial"), [func], new Tuple([func, args, kwds, namespace]));
}

function itemsOf(value: unknown): readonly unknown[] {
  if (value instanceof Tuple) return value.items;
  throw skopsError("the arguments of a call are no tuple");
}

/** Trees over points, and distances: Cython classes that are made by a function of their module and then given their state. */
const NEW_OBJECTS = /^sklearn\.(neighbors\._?(kd_tree|ball_tree|dist_metrics)|metrics\._dist_metrics)$/;

function object(node: Dict, tree: SkopsTree): unknown {
  const cls = nameOf(node);
  const made = NEW_OBJECTS.test(cls.module) ? call(new Global(cls.module, "newObj"), [cls]) : newObject(cls);
  const content = node.get("content") ?? null;
  const state = content === null ? null : tree.value(content);
  if (state !== null) made.states.push(state);
  return made;
}

/** What is made by a call of its class and then given a state. */
function reduced(cls: (node: Dict) => Global): Loader {
  return (node, tree) => {
    const reduce = at(node, "__reduce__");
    if (!(reduce instanceof Dict)) throw skopsError("a node says no arguments");
    const state = tree.value(at(node, "content"));
    const empty = (state instanceof Dict && state.size === 0) || (state instanceof Tuple && state.length === 0);
    return call(cls(node), itemsOf(tree.value(at(reduce, "args"))), empty ? null : state);
  };
}

function array(node: Dict, tree: SkopsTree): unknown {
  const cls = nameOf(node);
  if (at(node, "type") === "json") return objects(tree.values(at(node, "content")), tree.value(at(node, "shape")));
  if (at(node, "type") !== "numpy") throw skopsError("an array is of no type that is known");
  const stored = tree.archive.array(at(node, "file"));
  if (cls.toString() === "numpy.ndarray") return stored;
  return cls.module === "numpy" && stored.ndim === 0 ? stored.asScalar() : ofClass(cls, tree.numpy.array(stored));
}

/** An array of a class of its own: numpy makes it of that class, where a pickle says so. */
function ofClass(cls: Global, plain: Instance): Instance {
  return call(plain.class as Global, [cls, ...plain.args.slice(1)], plain.state);
}

/** An array of objects from lists within lists; a list within the last axis is an object. */
function objects(nested: unknown[], shape: unknown): NdArray {
  const axes = itemsOf(shape).map(Number);
  let items: unknown[] = nested;
  for (let axis = 1; axis < axes.length; axis++) {
    if (!items.every((each) => Array.isArray(each) && each.length === axes[axis]))
      throw skopsError("the objects of an array do not fill its shape");
    items = (items as unknown[][]).flat();
  }
  return NdArray.objects(items, axes);
}

function bound(node: Dict, tree: SkopsTree): unknown {
  const name = text(at(contentOf(node), "func"), "a method");
  return call(new Global("builtins", "getattr"), [tree.inside(node, "obj"), name]);
}

function slice(node: Dict): unknown {
  const [start, stop, step] = ["start", "stop", "step"].map((key) => contentOf(node).get(key) ?? null);
  return new Slice(start, stop, step);
}

const TREE = new Global("sklearn.tree._tree", "Tree");
const QUANTILE_FOREST = new Global("quantile_forest._quantile_forest_fast", "QuantileForest");

const LOADERS: Readonly<Record<string, Loader>> = {
  DictNode: dict,
  DefaultDictNode: defaultDict,
  ListNode: list,
  TupleNode: tuple,
  SetNode: set,
  BytesNode: (node, { archive }) => archive.content(at(node, "file")),
  BytearrayNode: (node, { archive }) => new ByteArray(archive.content(at(node, "file"))),
  SliceNode: slice,
  FunctionNode: named,
  TypeNode: nameOf,
  MethodNode: bound,
  PartialNode: partial,
  OperatorFuncNode: (node, tree) =>
    call(new Global("operator", nameOf(node).name), itemsOf(tree.value(at(node, "attrs")))),
  ConstructorFromReduceNode: (node, tree) => call(nameOf(node), itemsOf(tree.value(at(node, "content")))),
  ObjectNode: object,
  JsonNode: (node) => jsonAtom(text(at(node, "content"), "a JSON text")),
  NdArrayNode: array,
  MaskedArrayNode: (node, tree) =>
    maskedArray(arrayIn(tree.inside(node, "data")), tree.inside(node, "mask"), tree.numpy),
  DTypeNode: (node, tree) => tree.numpy.dtype(arrayIn(tree.value(at(node, "content"))).dtype),
  RandomStateNode: (node, tree) => randomState(tree.value(at(node, "content"))),
  RandomGeneratorNode: (node, tree) => randomGenerator(tree.inside(node, "bit_generator")),
  SparseMatrixNode: (node, { archive }) => sparseMatrix(archive.archive(at(node, "file")), nameOf(node)),
  TreeNode: reduced(() => TREE),
  LossNode: reduced(nameOf),
  // What it was called before skops 0.11.
  SGDNode: reduced(nameOf),
  QuantileForestNode: reduced(() => QUANTILE_FOREST),
  _DictWithDeprecatedKeysNode: (node, tree) => {
    const made = newObject(nameOf(node));
    const main = tree.inside(node, "main");
    if (!(main instanceof Dict)) throw skopsError("a dict has no entries");
    for (const entry of main) made.entries.push(entry);
    made.states.push(new Dict([["_deprecated_key_to_new_key", tree.inside(node, "_deprecated_key_to_new_key")]]));
    return made;
  },
  // What it refers to came before, under its number.
  CachedNode: () => {
    throw skopsError("a reference is to nothing");
  },
};
