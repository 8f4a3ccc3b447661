// What TypeScript knows of the library; the type checker runs it.
import {
  type CurtidoError,
  DataFrame,
  type Dict,
  dumps,
  type Estimator,
  isCurtidoError,
  load,
  loads,
  NdArray,
  type Signature,
  save,
} from "curtido";
import { Ridge } from "curtido/fit";
import { type After, type Answer, type Before, listen, model, type Service, service } from "curtido/server";
import type { Context, Hono } from "hono";
import { expectTypeOf } from "vitest";
import { load as loadInBrowser } from "../src/browser.ts";

const estimator = await load("modelo.pkl");
expectTypeOf(estimator).toEqualTypeOf<Estimator>();
expectTypeOf(estimator.signature).toEqualTypeOf<Signature>();
expectTypeOf(estimator.predict([[1, 2]])).toEqualTypeOf<NdArray>();
expectTypeOf(estimator.predict([{ a: 1, b: "x", c: null, d: true }])).toEqualTypeOf<NdArray>();
expectTypeOf(estimator.predict(NdArray.of(new Float64Array(2), [1, 2]))).toEqualTypeOf<NdArray>();
expectTypeOf(estimator.predict(new DataFrame([], undefined, 0))).toEqualTypeOf<NdArray>();
expectTypeOf(estimator.predictRow(new Float64Array(2))).toEqualTypeOf<unknown>();
// @ts-expect-error a model takes rows, not one number
estimator.predict(3);

expectTypeOf(load).parameter(0).toEqualTypeOf<string | URL | ArrayBufferView | ArrayBufferLike | Blob | Estimator>();
expectTypeOf(loadInBrowser).toBeCallableWith(new Blob([]));
// @ts-expect-error a path is a text
await load(7);

expectTypeOf(loads(new Uint8Array(1))).toEqualTypeOf<unknown>();
expectTypeOf(dumps({} as Dict)).toExtend<Uint8Array>();
expectTypeOf(save(new Ridge({ alpha: 1 }).fit([[1]], [1]), "modelo.pkl")).toEqualTypeOf<Promise<void>>();

const error: unknown = undefined;
if (isCurtidoError(error, "E_TRUNCATED")) {
  expectTypeOf(error).toEqualTypeOf<CurtidoError<"E_TRUNCATED">>();
  expectTypeOf(error.fields.offset).toEqualTypeOf<number | undefined>();
}
// @ts-expect-error there is no such code
isCurtidoError(error, "E_NOTHING");

const mounted = model("modelo.pkl", {
  before(row, context) {
    expectTypeOf(row).toEqualTypeOf<Record<string, unknown>>();
    expectTypeOf(context).toEqualTypeOf<Context>();
  },
  after: (answer) => {
    expectTypeOf(answer).toEqualTypeOf<Answer>();
    return { predict: 1 };
  },
});
const named: { readonly before: Before; readonly after: After } = {
  before: (row, context) => ({ ...row, id: context.req.header("x-id") }),
  after: async ({ predict }, context) => ({ predict, id: context.req.param("id") }),
};
expectTypeOf(model("modelo.pkl", named)).toExtend<Hono>();
expectTypeOf(service({ models: { a: { source: "a.pkl", ...named } } })).toEqualTypeOf<Service>();
expectTypeOf(mounted).toExtend<Hono>();
expectTypeOf(service({ models: { a: "a.pkl", b: { source: new URL("file:///b.pkl") } } })).toEqualTypeOf<Service>();
expectTypeOf((await listen(mounted)).port).toEqualTypeOf<number>();
// @ts-expect-error before gives a row, not a number
model("modelo.pkl", { before: () => 3 });
