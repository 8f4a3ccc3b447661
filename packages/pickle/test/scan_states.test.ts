import { describe, it } from "vitest";
import { bytes, EMPTY_TUPLE, finds, NEWOBJ, named, PROTO4, REDUCE, TUPLE1, text, u4 } from "./scan_help.ts";

describe("states", () => {
  it("of what is no instance are findings", () => {
    finds(bytes(PROTO4, named("builtins", "dict"), "}", text("x"), "Nsb."), "state-on-name");
    finds(bytes("](Va\nNdb."), "operand-type");
    finds(bytes("}}b."), "operand-type");
    finds(bytes(PROTO4, named("collections", "OrderedDict"), EMPTY_TUPLE, REDUCE, "}b."));
  });

  it("of objects that the program has already are findings", () => {
    finds(bytes(PROTO4, named("logging", "getLogger"), text("a"), TUPLE1, REDUCE, "."));
    finds(bytes(PROTO4, named("logging", "getLogger"), text("a"), TUPLE1, REDUCE, "}b."), "dangerous-operand");
    const method = [
      ...named("builtins", "getattr"),
      ...named("collections", "Counter"),
      ...text("fromkeys"),
      0x86,
      REDUCE,
    ];
    finds(bytes(PROTO4, method, "}b."), "dangerous-operand");
  });

  it("of two dicts may not set what leads out of an object", () => {
    const slots = (key: string) =>
      bytes(PROTO4, named("decimal", "Decimal"), EMPTY_TUPLE, REDUCE, "N}", text(key), "Ns", 0x86, "b.");
    finds(slots("_sign"));
    finds(slots("__class__"), "dangerous-operand");
  });

  const TEMPLATE = `
def _parse_args(self, a, b,  loc=0, scale=1):
    return (a, b, ), loc, scale

def _parse_args_rvs(self, a, b,  loc=0, scale=1, size=None):
    return self._argcheck_rvs(a, b,  loc, scale, size=size)

def _parse_args_stats(self, a, b,  loc=0, scale=1, moments='mv'):
    return (a, b, ), loc, scale, moments
`;
  const distribution = (...state: readonly (string | number | readonly number[])[]) =>
    bytes(PROTO4, named("scipy.stats._continuous_distns", "beta_gen"), EMPTY_TUPLE, NEWOBJ, ...state, "b.");
  const long = (value: string) => ["X", u4(value.length), value] as const;

  it("that scipy's distributions execute hold nothing but their template", () => {
    finds(distribution("}", text("_parse_arg_template"), ...long(TEMPLATE), "s"));
    finds(distribution("}", text("numargs"), "K\x01s"));
    for (const template of [
      TEMPLATE.replace("return (a, b, )", "return (print(1), )"),
      `${TEMPLATE}\nimport os\n`,
      TEMPLATE.replaceAll("a, b, ", "a=print(), b, "),
      "import os",
    ])
      finds(distribution("}", text("_parse_arg_template"), ...long(template), "s"), "dangerous-operand");
    const beta = named("scipy.stats._continuous_distns", "beta_gen");
    for (const [maker, ...rest] of [
      ["_reconstructor", ...named("builtins", "object"), "N"],
      ["__newobj__"],
      ["__newobj_ex__", ")}"],
    ] as const) {
      const made = (code: string) =>
        bytes(
          PROTO4,
          named("copyreg", maker),
          "(",
          beta,
          ...rest,
          "tR}",
          text("_parse_arg_template"),
          ...long(code),
          "sb.",
        );
      finds(made(TEMPLATE));
      finds(made("import os"), "dangerous-operand");
    }
    const computed = [...named("builtins", "str"), ...text("_parse_arg_template"), TUPLE1, REDUCE];
    finds(distribution("}", computed, ...long("import os"), "s"), "dangerous-operand");
    finds(distribution("](", text("_parse_arg_template"), ...long("import os"), 0x86, "e"), "dangerous-operand");
    finds(distribution("}", text("_parse_arg_template"), "Ns", text("code"), "Ns", "N", 0x86), "dangerous-operand");
  });
});

describe("operands", () => {
  it("of APPEND, SETITEM and ADDITEMS are lists, dicts and sets", () => {
    finds(bytes(PROTO4, named("collections", "deque"), EMPTY_TUPLE, REDUCE, "Na."));
    finds(bytes(PROTO4, named("collections", "Counter"), EMPTY_TUPLE, REDUCE, text("a"), "K\x01s."));
    for (const target of [
      named("collections", "Counter"),
      [...named("decimal", "Decimal"), EMPTY_TUPLE, REDUCE],
      [...text("x")],
    ]) {
      finds(bytes(PROTO4, target, "Na."), "operand-type");
      finds(bytes(PROTO4, target, "(NNe."), "operand-type");
      finds(bytes(PROTO4, target, "NNs."), "operand-type");
      finds(bytes(PROTO4, target, "(N", 0x90, "."), "operand-type");
    }
    // A tensor is no dict: torch CVE-2026-24747.
    const tensor = [...named("torch._utils", "_rebuild_tensor_v2"), EMPTY_TUPLE, REDUCE];
    finds(bytes(PROTO4, tensor, "K\x00K\x01s."), "operand-type");
  });
});
