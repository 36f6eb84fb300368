import { fileURLToPath } from 'node:url'
import prettier from 'eslint-config-prettier'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const noExportAll = { selector: 'ExportAllDeclaration', message: 'List the names: a room shows what it offers.' }
const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read by commands and handed on.',
}

export default defineConfig(
  { ignores: ['dist', '.cache', 'node_modules'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)) },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Ports are async by contract; an implementation in memory has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: [{ name: 'CID', from: 'package', package: 'multiformats' }] },
      ],
      'no-restricted-syntax': ['error', noExportAll],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/commands/**', 'src/client/**', 'src/sandbox/**'],
    rules: { 'no-restricted-syntax': ['error', noExportAll, processEnv] },
  },
  {
    // Contracts, ABIs and generated stubs are untyped at their edge.
    files: [
      'src/ethereum/contracts.ts',
      'src/wallet/channels.ts',
      'src/sandbox/contracts.ts',
      'test/**/*.ts',
      'bench/**/*.ts',
    ],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  prettier,
)
