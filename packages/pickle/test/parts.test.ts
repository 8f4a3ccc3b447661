import { describe, expect, test } from "vitest";
import {
  Counter,
  DefaultDict,
  Deque,
  Dict,
  EnumMember,
  FrozenSet,
  Global,
  Instance,
  OrderedDict,
  PyDate,
  PyDateTime,
  PySet,
  PyTime,
  partsOf,
  Slice,
  StateSetter,
  TimeDelta,
  TimeZone,
  Tuple,
  Uuid,
} from "../src/index.ts";

const name = new Global("mymodule", "name");
const zone = new TimeZone(new TimeDelta(0, 3600, 0));
const time = new PyTime(1, 2, 3, 4, zone);

/** The value with an attribute that was set on it. */
function attributed<T extends { attributes: unknown }>(value: T): T {
  value.attributes = "attributes";
  return value;
}

function instance(): Instance {
  const made = new Instance(name, ["argument"], "newobj_ex", new Dict([["keyword", 1]]));
  made.states.push("state");
  made.items.push("item");
  made.entries.push(["key", "value"]);
  return made;
}

describe("what a value holds", () => {
  test.each<[string, object, unknown[]]>([
    ["a list", [1, 2], [1, 2]],
    ["a tuple", new Tuple([1, 2]), [1, 2]],
    ["a set", new PySet([1, 2]), [1, 2]],
    ["a frozenset", new FrozenSet([1, 2]), [1, 2]],
    ["a dict", new Dict([["a", 1]]), ["a", 1]],
    ["an OrderedDict", attributed(new OrderedDict([["a", 1]])), ["a", 1, "attributes"]],
    ["a defaultdict", attributed(new DefaultDict(name, [["a", 1]])), [name, "a", 1, "attributes"]],
    ["a Counter", attributed(new Counter([["a", 1]])), ["a", 1, "attributes"]],
    ["a deque", attributed(new Deque([1, 2])), [1, 2, "attributes"]],
    ["a slice", new Slice(1, 2, 3), [1, 2, 3]],
    ["a member of an enumeration", new EnumMember(name, 1), [name, 1]],
    ["a UUID", new Uuid(1n, "safe"), ["safe"]],
    ["a time", time, [zone]],
    ["a date and time", new PyDateTime(new PyDate(2024, 2, 29), time), [zone]],
    ["what a setter gives", new StateSetter(name, "state"), [name, "state"]],
    ["an instance", instance(), [name, "argument", new Dict([["keyword", 1]]), "state", "item", "key", "value"]],
    ["a name", name, []],
    ["bytes", Uint8Array.of(1, 2), []],
  ])("%s", (_, value, parts) => {
    expect([...partsOf(value)]).toEqual(parts);
  });
});
