import mdx from '@mdx-js/rollup';
import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree with TypeScript's and JSX's kinds), read without trust in its shape. */
export type Node = { readonly type: string; readonly [field: string]: unknown };

/** One import: static, dynamic, re-export or type. `undefined` stands for a name that is only known when it runs. */
export type Import = { readonly name: string | undefined; readonly line: number };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The node's children, in source order, with the field each stands in. */
function* childrenOf(node: Node): Generator<[field: string, child: Node]> {
  for (const [field, value] of Object.entries(node)) {
    if (isNode(value)) yield [field, value];
    else if (Array.isArray(value)) for (const child of value) if (isNode(child)) yield [field, child];
  }
}

/** A file's tree, and a way from a node to its line. MDX is compiled first; then lines are those of the compiled text. */
export type Tree = { readonly program: Node; lineOf(node: Node): number };

export async function parse(path: string, source: string): Promise<Tree> {
  const isMdx = path.endsWith('.mdx');
  const code = isMdx ? await compileMdx(path, source) : source;
  const { program, errors } = parseSync(isMdx ? `${path}.js` : path, code);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  return {
    program: program as unknown as Node,
    lineOf: (node) => code.slice(0, Number(node.start)).split('\n').length,
  };
}

async function compileMdx(path: string, source: string): Promise<string> {
  const { transform } = mdx();
  if (typeof transform !== 'function') throw new Error('The MDX plugin has another shape than we know.');
  const result: unknown = await (transform as (code: string, id: string) => unknown)(source, `/${path}`);
  return (result as { code: string }).code;
}

/** Every node, parents first, with what its parent is and the field it stands in. */
export function* walk(node: Node, parent?: Node, field = ''): Generator<{ node: Node; parent?: Node; field: string }> {
  yield { node, parent, field };
  for (const [name, child] of childrenOf(node)) yield* walk(child, node, name);
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** Every import of a file, whatever its form. */
export function importsOf({ program, lineOf }: Tree): Import[] {
  const found: Import[] = [];
  for (const { node } of walk(program)) {
    if (!IMPORTING.has(node.type) || !isNode(node.source)) continue;
    const { type, value, quasis } = node.source;
    const template = type === 'TemplateLiteral' && Array.isArray(quasis) && quasis.length === 1 ? quasis[0] : undefined;
    const name = template === undefined ? value : (template as { value: { cooked: string } }).value.cooked;
    found.push({ name: typeof name === 'string' ? name : undefined, line: lineOf(node) });
  }
  return found;
}

/** Names that a pattern binds: `{ a, b: [c], ...rest }` binds a, c and rest. */
function boundNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [String(pattern.name)];
    case 'ObjectPattern':
      return (pattern.properties as Node[]).flatMap((property) => boundNames(property.value ?? property));
    case 'ArrayPattern':
      return (pattern.elements as unknown[]).flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'TSParameterProperty':
      return boundNames(pattern.parameter);
    default:
      return [];
  }
}

/** Names that a statement declares in the block it stands in. */
function declaredBy(statement: Node): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return (statement.declarations as Node[]).flatMap((declaration) => boundNames(declaration.id));
    case 'ImportDeclaration':
      return (statement.specifiers as Node[]).flatMap((specifier) => boundNames(specifier.local));
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return isNode(statement.declaration) ? declaredBy(statement.declaration) : [];
    default:
      // Functions, classes, types, enums: whatever else has a name of its own.
      return boundNames(statement.id);
  }
}

/** Names that are declared by a node for what is inside it. */
function declaredIn(node: Node): string[] {
  const names = [
    ...(['params', 'parameters'] as const).flatMap((field) =>
      Array.isArray(node[field]) ? node[field].flatMap(boundNames) : [],
    ),
    ...(['init', 'left'] as const).flatMap((field) =>
      node.type.startsWith('For') && isNode(node[field]) ? declaredBy(node[field]) : [],
    ),
    ...(node.type === 'CatchClause' ? boundNames(node.param) : []),
    ...(node.type.endsWith('Expression') ? boundNames(node.id) : []),
  ];
  const statements =
    node.type === 'SwitchStatement' ? (node.cases as Node[]).flatMap((one) => one.consequent) : node.body;
  if (Array.isArray(statements)) for (const one of statements) if (isNode(one)) names.push(...declaredBy(one));
  return names;
}

/** Fields in which an identifier is a label, not a value: `a.name`, `{ name: 1 }`, `import { name as x }`. */
function isLabel(node: Node, parent: Node | undefined, field: string): boolean {
  if (parent === undefined) return false;
  if (parent.type === 'MemberExpression') return field === 'property' && parent.computed !== true;
  if (parent.type === 'Property' && parent.shorthand === true && field === 'key') return true;
  if (field === 'key') return parent.computed !== true;
  if (parent.type === 'ImportSpecifier') return field === 'imported';
  if (parent.type === 'ExportSpecifier') return field === 'exported';
  if (parent.type === 'TSQualifiedName') return field === 'right';
  return (
    ['MetaProperty', 'TSImportType', 'LabeledStatement', 'BreakStatement', 'ContinueStatement'].includes(parent.type) ||
    (field === 'label' && parent.type === 'TSNamedTupleMember') ||
    (field === 'id' && parent.type === 'TSEnumMember') ||
    node.name === 'this'
  );
}

/** A use of a name that the file does not declare itself: one of the language's or the platform's. */
export type GlobalUse = { readonly name: string; readonly node: Node; readonly parent?: Node };

/** Every use of a name from outside the file, with respect to scopes: a parameter named `window` is not the window. */
export function* globalsOf(
  node: Node,
  scopes: readonly ReadonlySet<string>[] = [],
  parent?: Node,
  field = '',
): Generator<GlobalUse> {
  const declared = declaredIn(node);
  const inside = declared.length > 0 ? [...scopes, new Set(declared)] : scopes;
  if (node.type === 'Identifier' && !isLabel(node, parent, field)) {
    const name = String(node.name);
    if (!inside.some((scope) => scope.has(name))) yield { name, node, parent };
  }
  for (const [name, child] of childrenOf(node)) yield* globalsOf(child, inside, node, name);
}
