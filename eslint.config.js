import prettier from 'eslint-config-prettier'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const NO_STAR = { selector: 'ExportAllDeclaration', message: 'A door lists the names behind it.' }
const NO_ENV = {
  selector: "MemberExpression[object.name='process']:matches([property.name='env'], [property.value='env'])",
  message: 'The environment is read by commands and handed on.',
}
const NO_TIMEOUT_SIGNAL = {
  selector: "MemberExpression[object.name='AbortSignal'][property.name='timeout']",
  message: 'It is lost to the garbage collector inside AbortSignal.any; withTimeLimit is not.',
}
const NO_ABORT_LISTENER = {
  selector: "CallExpression[callee.property.name='addEventListener'] > Literal.arguments[value='abort']",
  message: 'onAbort of shared/abort.ts listens, and ends with the scope: a signal that lives on keeps nothing.',
}
const NO_RECURSIVE_MKDIR = {
  selector: "CallExpression[callee.name='mkdir'] Property[key.name='recursive']",
  message: 'It never ends in places like /proc; makeDirectory of shared/make-directory.ts does.',
}
const NO_BARE_WRITE = {
  selector: "CallExpression[callee.property.name='write'] > MemberExpression.callee[object.object.name='process']",
  message: 'client/terminal.ts writes: what others said may hold control characters of terminals.',
}
const NO_SLEEP = {
  selector: [
    "CallExpression[callee.name='setTimeout'] > Identifier.arguments[name=/^(r|res|resolve|done|ok)$/]",
    "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout'] > Identifier.arguments:first-child",
  ].join(', '),
  message: 'A test waits for the fact, not for the clock.',
}
/** The same sleep by another name: test/support has the two places where a test may meet the clock. */
const NO_PROMISED_SLEEP = {
  selector: [
    'ImportDeclaration[source.value=/timers.promises$/] > ImportSpecifier[imported.name=/^(setTimeout|setInterval|scheduler)$/]',
    'ImportDeclaration[source.value=/timers.promises$/] > :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)',
  ].join(', '),
  message: 'A test waits for the fact by until(), or takes time as its input by takeTime().',
}

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'coverage/', 'src/shared/wire/generated/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `() => void` says that nobody wants the value; braces around it would not say it louder.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Types promise what hostile input and other people's declarations do not keep; a guard too many is no fault.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // Numbers of the wire become the enums of grpc-js.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Ports are async by contract; an implementation in memory has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // The reason of an abort signal is unknown by type, and is thrown as it came.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: [{ name: 'CID', from: 'package', package: 'multiformats' }] },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-restricted-syntax': ['error', NO_STAR, NO_TIMEOUT_SIGNAL],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/commands/**', 'src/client/**', 'src/sandbox/**'],
    rules: {
      'no-restricted-syntax': ['error', NO_STAR, NO_TIMEOUT_SIGNAL, NO_ABORT_LISTENER, NO_RECURSIVE_MKDIR, NO_ENV],
    },
  },
  {
    files: ['src/shared/abort.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_STAR, NO_TIMEOUT_SIGNAL, NO_ENV] },
  },
  {
    files: ['src/commands/**/*.ts', 'src/client/**/*.ts', 'src/sandbox/**/*.ts'],
    ignores: ['src/client/terminal.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        NO_STAR,
        NO_TIMEOUT_SIGNAL,
        NO_ABORT_LISTENER,
        NO_RECURSIVE_MKDIR,
        NO_BARE_WRITE,
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_STAR, NO_SLEEP, NO_PROMISED_SLEEP], 'max-lines': 'off' },
  },
  {
    files: ['test/support/{until,take-time}.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_STAR, NO_SLEEP] },
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
