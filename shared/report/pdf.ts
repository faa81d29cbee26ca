import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import process from 'node:process';

import { template } from '#templates/pdf';

import type { ReportDocument } from './document.ts';
import { coverageOf, showable } from './glyphs.ts';
import { markRowHeaders } from './row-headers.ts';

/** What is used here of Typst's compiler, which is native: one package for each kind of machine. */
interface Compiler {
  pdf(
    what: { readonly mainFileContent: string; readonly inputs: Readonly<Record<string, string>> },
    how: { readonly pdfStandard: 'ua-1'; readonly creationTimestamp: number },
  ): Uint8Array;
  evictCache(maxAge: number): void;
}
interface CompilerPackage {
  readonly NodeCompiler: {
    create(settings: {
      readonly fontArgs: readonly { readonly fontBlobs: readonly Uint8Array[] }[];
    }): Compiler;
  };
}

// Native code and fonts are looked up beside the code that runs: in node_modules, here as on Lambda.
const load = createRequire(import.meta.filename);

/** The package that holds the compiler for this kind of machine. */
const compilerPackage = (): string => {
  const libc = process.platform === 'linux' ? '-gnu' : process.platform === 'win32' ? '-msvc' : '';
  return `@myriaddreamin/typst-ts-node-compiler-${process.platform}-${process.arch}${libc}`;
};

/** This machine has no compiler: no PDF can be made on it. */
export class NoTypesetter extends Error {
  override readonly name = 'NoTypesetter';
}

const fontFiles = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf'] as const;

interface Typesetter {
  readonly compiler: Compiler;
  readonly showable: (text: string) => string;
}

const openTypesetter = async (): Promise<Typesetter> => {
  let compilers: CompilerPackage;
  try {
    compilers = load(compilerPackage()) as CompilerPackage;
  } catch (error) {
    throw new NoTypesetter(
      `no PDF is made on this machine: it needs the package ${compilerPackage()} (npm install --no-save ${compilerPackage()}@0.7.0)`,
      { cause: error },
    );
  }
  const fonts = await Promise.all(
    fontFiles.map((file) => readFile(load.resolve(`@expo-google-fonts/arimo/${file}`))),
  );
  const [regular] = fonts;
  if (regular === undefined) throw new Error('no font');
  return {
    compiler: compilers.NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts }] }),
    showable: showable(coverageOf(regular)),
  };
};

let typesetter: Promise<Typesetter> | undefined;

/** Whether this machine can make PDFs. */
export const canTypeset = (): boolean => {
  try {
    load.resolve(compilerPackage());
    return true;
  } catch {
    return false;
  }
};

/**
 * A document as a PDF that is accessible by PDF/UA-1: tagged, with bookmarks, and page numbers in its contents. The same
 * document gives the same bytes. What people typed reaches the template as data, and is never read as markup.
 * @throws {NoTypesetter} when there is no compiler for this kind of machine
 * @throws {Error} when the document cannot be set, with what Typst says
 */
export const pdfOf = async (document: ReportDocument): Promise<Uint8Array> => {
  typesetter ??= openTypesetter();
  const { compiler, showable: shown } = await typesetter;
  const tree = JSON.stringify(document, (_key, value: unknown) =>
    typeof value === 'string' ? shown(value) : value,
  );
  try {
    const file = Buffer.from(
      compiler.pdf(
        { mainFileContent: template, inputs: { document: tree } },
        { pdfStandard: 'ua-1', creationTimestamp: Math.floor(Date.parse(document.madeAt) / 1000) },
      ),
    );
    markRowHeaders(file);
    return file;
  } catch (error) {
    // The compiler puts what went wrong into the error's code.
    const said = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`the PDF of “${document.title}” cannot be set: ${said}`, { cause: error });
  } finally {
    // What it remembers of one document is of no use to the next.
    compiler.evictCache(0);
  }
};
