import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Time is read in one place only: a step that is run twice, or on a virtual clock, has to see the time it is handed. */
const noTimeButTheClock = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Take the time from the Clock that you are handed.',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Take the time from the Clock that you are handed.',
  },
  {
    selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]',
    message: 'Take the time from the Clock that you are handed.',
  },
];

const product = ['infra', 'functions', 'shared', 'statemachines'];

/** Arrows point inward: who may not import whom. */
const arrows = [
  {
    target: './shared/domain',
    from: ['./shared/store', './shared/mail', './shared/stages', './shared/import'],
  },
  {
    target: './shared/time',
    from: ['./shared/domain', './shared/store', './shared/mail', './shared/stages'],
  },
  { target: './shared', from: ['./functions', './infra', './rehearsal'] },
  { target: './functions', from: ['./infra', './rehearsal'] },
  { target: './rehearsal', from: './infra' },
].map((zone) => ({ ...zone, message: 'Arrows point inward: see DECISIONS.md, "How the code is cut".' }));

export default defineConfig(
  globalIgnores(['node_modules', 'out', 'cdk.out', '.build', 'coverage']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'bench/*.cjs', 'functions/*.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-restricted-paths': ['error', { zones: arrows }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: [...product.map((folder) => `${folder}/**/*.ts`), 'rehearsal/**/*.ts'],
    ignores: ['shared/time/clock.ts', 'rehearsal/engine/virtual-clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noTimeButTheClock] },
  },
  {
    files: ['shared/domain/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@aws-sdk/*', 'node:*', '@middy/*'], message: 'The domain does no input or output.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['**/*.js', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
);
