/** The shape of a type as text: every field of everything in it, in an order of its own, so that a change of it can be seen. */
import { join } from 'node:path';
import ts from 'typescript';
import { PACKAGE_ROOT } from '../../worker/package-root';

/** Of an exported type of a file. Interfaces stand by name below it, once each. */
export function shapeOf(file: string, name: string): string {
  const path = join(PACKAGE_ROOT, file);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(PACKAGE_ROOT, 'tsconfig.json'), (config) => ts.sys.readFile(config)).config,
    ts.sys,
    PACKAGE_ROOT,
  );
  const program = ts.createProgram([path], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const exported = source && checker.getSymbolAtLocation(source);
  const symbol = exported && checker.getExportsOfModule(exported).find((one) => one.name === name);
  if (!symbol) throw new Error(`${file} exports no ${name}`);
  const named = new Map<string, string>();
  const underWay = new Set<ts.Type>();
  describe(checker.getDeclaredTypeOfSymbol(symbol));
  return `${[...named].map(([of, fields]) => `${of} = ${fields}`).join('\n')}\n`;

  /** What has a name stands by it; a type that contains itself is named where it comes again. */
  function describe(type: ts.Type): string {
    if (underWay.has(type)) return nameOf(type);
    underWay.add(type);
    const text = described(type);
    underWay.delete(type);
    return text;
  }

  function described(type: ts.Type): string {
    if (!hasName(type)) return inFull(type);
    const name = nameOf(type);
    if (!named.has(name)) {
      named.set(name, '');
      named.set(name, inFull(type));
    }
    return name;
  }

  function inFull(type: ts.Type): string {
    if (type.isUnion())
      return [...new Set(type.types.map(describe))]
        .sort()
        .join(' | ')
        .replace(/\bfalse \| (.* \| )?true\b/, '$1boolean');
    if (checker.isTupleType(type)) return `[${argumentsOf(type).join(', ')}]`;
    if (checker.isArrayType(type)) return `(${argumentsOf(type).join(', ')})[]`;
    return isObject(type) ? fieldsOf(type) : nameOf(type);
  }

  function hasName(type: ts.Type): boolean {
    if (type.aliasSymbol) return isObject(type) || type.isUnion();
    const symbol = type.symbol as ts.Symbol | undefined;
    return isObject(type) && !checker.isArrayType(type) && ((symbol?.flags ?? 0) & ts.SymbolFlags.Interface) !== 0;
  }

  function isObject(type: ts.Type): boolean {
    return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  }

  function nameOf(type: ts.Type): string {
    return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  }

  function fieldsOf(type: ts.Type): string {
    const fields = checker.getPropertiesOfType(type).map((field) => {
      const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
      return `${field.name}${isOptional ? '?' : ''}: ${describe(checker.getTypeOfSymbol(field))}`;
    });
    const indexed = checker.getIndexInfosOfType(type).map(({ type: of }) => `[any]: ${describe(of)}`);
    return `{ ${[...fields, ...indexed].sort().join('; ')} }`.replaceAll(' | undefined', '');
  }

  function argumentsOf(type: ts.Type): string[] {
    return checker.getTypeArguments(type as ts.TypeReference).map(describe);
  }
}
