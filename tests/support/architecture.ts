import { posix } from 'node:path';
import { type GlobalUse, globalsOf, importsOf, type Node, parse, type Tree, walk } from './syntax.ts';

/** What holds for one top folder of `src`. */
export type Room = {
  /** A file leans only on lower levels and on its own folder. */
  readonly level: number;
  /** npm packages that it may import, type imports included. */
  readonly packages: readonly string[];
  /** Node's own modules that it may import. */
  readonly node?: readonly string[];
  /** Node modules that only one file of the folder may import. */
  readonly oneFile?: readonly string[];
  /** Whether what it does decides a run, or is made from one and must be the same everywhere. */
  readonly deterministic: boolean;
  /** Whether it may read the wall clock, set timers and see whether the page is hidden. */
  readonly clock?: true;
  /** Whether Vite's own ways to import (`import.meta.glob`, `?worker`, `?raw`, MDX) are allowed. Node has none of them. */
  readonly viteImports: boolean;
  /** Files that may import an address which is only known when they run. */
  readonly anyAddress?: readonly string[];
  /** Order among its parts, lowest first; parts of one row never lean on each other. Files beside them are lowest. */
  readonly parts?: readonly (readonly string[])[];
};

/** The house: its top folders. */
export type House = { readonly [folder: string]: Room };

const CLOCK = [
  'Date',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  // For `document.hidden`: a hidden tab stops.
  'document',
];
const OUTSIDE = ['window', 'navigator', 'localStorage', 'sessionStorage', 'fetch', 'Worker', 'SharedWorker'];
const VARYING = ['crypto', 'Intl', 'require'];

/** The parts of Math that give the same bits in every engine. */
const EXACT_MATH = [
  'abs',
  'ceil',
  'clz32',
  'floor',
  'fround',
  'imul',
  'max',
  'min',
  'round',
  'sign',
  'sqrt',
  'trunc',
].concat(['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2']);

/** `../kernel/time.ts` → `src/kernel/time.ts`, as seen from the importing file. */
const resolved = (file: string, name: string): string => posix.join(posix.dirname(file), name.replace(/[?#].*$/, ''));

/** `d3-scale/src/x.js` → `d3-scale`; `@scope/name/sub` → `@scope/name`. */
const packageOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

const folderOf = (file: string): string => file.split('/')[1] ?? '';

/** Its row in `parts`; -1 for files that stand beside the parts. */
const rowOf = (parts: NonNullable<Room['parts']>, part: string): number => parts.findIndex((row) => row.includes(part));

function judgeImport(file: string, name: string, house: House): string | undefined {
  const folder = folderOf(file);
  const room = house[folder];
  if (room === undefined) return `stands in src/${folder}, and the table has no such folder`;
  if (!room.viteImports && (name.includes('?') || name.endsWith('.mdx')))
    return `imports ${name}, which only Vite understands`;
  if (name.startsWith('node:')) {
    const allowed = [...(room.node ?? []), ...(room.oneFile ?? [])];
    return allowed.includes(name) ? undefined : `imports ${name}, which ${folder} may not`;
  }
  if (!name.startsWith('.'))
    return room.packages.includes(packageOf(name))
      ? undefined
      : `imports the package ${packageOf(name)}, which ${folder} may not`;
  const target = resolved(file, name);
  if (!target.startsWith('src/')) return `imports ${name}, which is outside src`;
  if (posix.extname(target) === '') return `imports ${name} without its extension`;
  const other = folderOf(target);
  const otherRoom = house[other];
  if (otherRoom === undefined) return `imports ${name} from a folder that the table does not have`;
  if (other === folder) return judgePart(file, target, room);
  if (otherRoom.level === room.level) return `leans sideways, from ${folder} on ${other}`;
  return otherRoom.level > room.level ? `leans upwards, from ${folder} on ${other}` : undefined;
}

/** The order inside a folder. */
function judgePart(file: string, target: string, room: Room): string | undefined {
  if (room.parts === undefined) return undefined;
  const partOf = (path: string): string => (path.split('/').length > 3 ? (path.split('/')[2] ?? '') : '');
  const [from, to] = [partOf(file), partOf(target)];
  for (const part of [from, to])
    if (part !== '' && rowOf(room.parts, part) < 0)
      return `meets ${part}, which has no place in the order of its folder`;
  if (from === to || rowOf(room.parts, to) < rowOf(room.parts, from)) return undefined;
  return `leans upwards or sideways, from ${from || 'the files below all parts'} on ${to || 'the folder'}`;
}

const nameOf = (node: unknown): unknown => (node as Node | undefined)?.name;

function judgeGlobal({ name, parent }: GlobalUse, room: Room): string | undefined {
  const isObject = parent?.type === 'MemberExpression' && (parent.object as Node).type === 'Identifier';
  const member = isObject && nameOf(parent.object) === name ? parent : undefined;
  const plainMember = member?.computed === false ? nameOf(member.property) : undefined;
  if (name === 'Math') {
    if (typeof plainMember === 'string' && EXACT_MATH.includes(plainMember)) return undefined;
    return `uses Math.${typeof plainMember === 'string' ? plainMember : '[…]'}, which differs between engines or between runs`;
  }
  const refused = [...(room.clock ? [] : CLOCK), ...OUTSIDE, ...VARYING];
  if (name === 'globalThis' || name === 'self') {
    // Through the global object all else would be in reach again.
    if (member === undefined) return `hands on ${name}`;
    return typeof plainMember !== 'string' || [...refused, 'Math'].includes(plainMember)
      ? `uses ${name}.${String(plainMember ?? '[…]')}`
      : undefined;
  }
  return refused.includes(name) ? `uses ${name}` : undefined;
}

function* judgeDeterminism(tree: Tree, room: Room): Generator<{ node: Node; why: string }> {
  for (const use of globalsOf(tree.program)) {
    const why = judgeGlobal(use, room);
    if (why !== undefined) yield { node: use.node, why };
  }
  for (const { node } of walk(tree.program)) {
    if (node.operator === '**' || node.operator === '**=')
      yield { node, why: 'uses **, which differs between engines' };
    const member =
      node.type === 'MemberExpression' ? (nameOf(node.property) ?? (node.property as Node).value) : undefined;
    if (typeof member === 'string' && /^(localeCompare|toLocale\w*)$/.test(member))
      yield { node, why: `uses ${member}, which differs between places` };
  }
}

/** `import.meta.…` */
const isImportMeta = (node: unknown): boolean => (node as Node | undefined)?.type === 'MetaProperty';

function* judgeViteImports(tree: Tree): Generator<{ node: Node; why: string }> {
  for (const { node } of walk(tree.program)) {
    const member = node.type === 'MemberExpression' && isImportMeta(node.object) ? nameOf(node.property) : undefined;
    if (member !== undefined && member !== 'url')
      yield { node, why: `uses import.meta.${String(member)}, which only Vite understands` };
  }
}

/** All that is wrong with one file, each as `path:line sentence`. */
export async function inspectFile(file: string, source: string, house: House): Promise<string[]> {
  const tree = await parse(file, source);
  const faults: string[] = [];
  const room = house[folderOf(file)];
  for (const { name, line } of importsOf(tree)) {
    if (name === undefined && room?.anyAddress?.includes(file)) continue;
    const why = name === undefined ? 'imports what is only known when it runs' : judgeImport(file, name, house);
    if (why !== undefined) faults.push(`${file}:${line} ${why}`);
  }
  if (room === undefined) return [...faults, `${file}:1 stands in a folder that the table does not have`];
  const judged = [
    ...(room.deterministic ? judgeDeterminism(tree, room) : []),
    ...(room.viteImports ? [] : judgeViteImports(tree)),
  ];
  for (const { node, why } of judged) faults.push(`${file}:${tree.lineOf(node)} ${why}`);
  return faults;
}

/** What only shows over all files: modules that one file of a folder may import, imported by more. */
export async function inspectSharing(files: ReadonlyMap<string, string>, house: House): Promise<string[]> {
  const users = new Map<string, string[]>();
  for (const [file, source] of files) {
    const only = house[folderOf(file)]?.oneFile ?? [];
    const names = new Set(importsOf(await parse(file, source)).map(({ name }) => name));
    for (const name of only)
      if (names.has(name))
        users.set(`${folderOf(file)} ${name}`, [...(users.get(`${folderOf(file)} ${name}`) ?? []), file]);
  }
  return [...users].flatMap(([what, where]) =>
    where.length > 1
      ? [`${where.join(' and ')}: one file of ${what.replace(' ', ' imports ')}, not ${where.length}`]
      : [],
  );
}
