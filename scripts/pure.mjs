/** @module A plugin of the build: what a module calls while it is loaded is marked as pure. */
import ts from "typescript";

/**
 * Packages say `sideEffects: false`: a bundler drops their modules that nobody uses. What is published is one file, where
 * it must decide statement by statement, and takes every call for an effect; the mark tells it what it may drop.
 */
export const pure = {
  name: "pure",
  transform(code, id) {
    if (!/\/src\/.*(?<!\.d)\.ts$/.test(id)) return undefined;
    let marked = "";
    let done = 0;
    for (const at of callsAtLoad(ts.createSourceFile(id, code, ts.ScriptTarget.ESNext, true))) {
      marked += `${code.slice(done, at)}/* @__PURE__ */ `;
      done = at;
    }
    return { code: marked + code.slice(done), map: null };
  },
};

/** Where the calls stand that make the values of a module's constants; a call for its effect is none of them. */
function callsAtLoad(file) {
  const places = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node)) return;
    if (ts.isPropertyDeclaration(node) && !ts.hasStaticModifier(node)) return;
    const makes = ts.isCallExpression(node) || ts.isNewExpression(node);
    if (makes && !ts.isExpressionStatement(node.parent)) places.push(node.getStart());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return places.sort((a, b) => a - b);
}
