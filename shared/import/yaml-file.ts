import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';

import type { FileName, Findings, Place } from './faults.ts';
import { quoted } from './faults.ts';
import type { FolderFiles } from './folder-files.ts';
import { placesIn, readText } from './text.ts';

export type Path = readonly PropertyKey[];

/** A YAML file: its values, and where each of them stands. */
export interface YamlFile {
  readonly value: unknown;
  /** Where a value stands; for one that is missing, what it is missing from. */
  at(path: Path): Place;
  /** Where the key of a value stands. */
  atKey(path: Path): Place;
}

/** Reads a YAML file, or undefined after its faults: every error of syntax that the parser finds. */
export const readYaml = (file: FileName, files: FolderFiles, findings: Findings): YamlFile | undefined => {
  const text = readText(file, files, findings);
  if (text === undefined) return undefined;
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true });
  const place = placesIn(file, text);
  const problems = [...document.errors, ...document.warnings];
  for (const problem of problems)
    findings.fault(place(problem.pos[0]), {
      message: `the file is not correct YAML: ${problem.message}`,
      found: lineFrom(text, problem.pos[0]),
      expected: 'YAML 1.2, such as “name: Kent”; a text that holds “: ” or “ #” goes in quotation marks',
    });
  if (problems.length > 0) return undefined;
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // An alias to nothing, or aliases nested so deep that they would fill the memory.
    findings.fault(
      { file, line: 1, column: 1 },
      {
        message: 'the file is not correct YAML',
        found: error instanceof Error ? error.message : 'an error',
        expected: 'plain values without aliases',
      },
    );
    return undefined;
  }
  const offsetOf = (path: Path, key: boolean): number => {
    const { node, keyNode } = nodeAt(document, path);
    return ((key ? keyNode : undefined) ?? node)?.range?.[0] ?? 0;
  };
  return {
    value,
    at: (path) => place(offsetOf(path, false)),
    atKey: (path) => place(offsetOf(path, true)),
  };
};

const lineFrom = (text: string, offset: number): string =>
  offset >= text.trimEnd().length
    ? 'the end of the file'
    : quoted(text.slice(offset).split(/[\r\n]/u, 1)[0] ?? '');

/** The node at a path, or the last one on the way to it. */
const nodeAt = (
  document: Document,
  path: Path,
): { readonly node: Node | undefined; readonly keyNode: Node | undefined } => {
  let node: Node | undefined = document.contents ?? undefined;
  let keyNode: Node | undefined;
  for (const step of path) {
    const holder: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(holder)) {
      const pair = holder.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return { node, keyNode: undefined };
      keyNode = isNode(pair.key) ? pair.key : undefined;
      node = isNode(pair.value) ? pair.value : keyNode;
    } else if (isSeq(holder)) {
      const item = holder.items[Number(step)];
      if (!isNode(item)) return { node, keyNode: undefined };
      keyNode = undefined;
      node = item;
    } else return { node, keyNode: undefined };
  }
  return { node, keyNode };
};
