// What nobody uses is told: files, exports, packages. Part of `npm run check`.
export default {
  entry: [
    'bin/*.{js,mjs}',
    'scripts/*.mjs',
    // Found by their path: by oclif, by the bundler, and by those who start them as processes or threads.
    'src/commands/**/*.ts',
    'src/client/program.ts',
    // What the generator of types is told, by a script that loads it from its source.
    'src/shared/wire/loader-options.ts',
    'src/content/compiler.ts',
    'src/daemon/log-hooks/module-process.ts',
    'src/ethereum/recovery/thread.ts',
    'scripts/lib/from-sources.mjs',
    'bench/*.ts',
    'bench/programs/*.ts',
    'test/**/*.test.{ts,mjs}',
    'test/integration/**/*-process.ts',
    'test/berty/fake-bertys.ts',
    'test/support/{etcd-faults,fuzz,soak}/main.ts',
    'test/support/soak/*-process.ts',
    'test/support/attacker/{main,program,service/program}.ts',
    'test/fixtures/hostile/http1-load.mjs',
    'test/fixtures/web-page/{page,globals}.js',
    'test/support/{without-secp256k1,crash-on-signal}.cjs',
    'test/support/attacker/collect.cjs',
  ],
  project: ['{bin,scripts,src,test,bench}/**/*.{js,cjs,mjs,ts}'],
  ignore: ['src/shared/wire/generated/**'],
  // A door names the types that its functions take and give, whether or not somebody writes the name.
  exclude: ['types'],
  ignoreDependencies: [
    // Asked for by `require`, and may be missing.
    'secp256k1',
    '@types/secp256k1',
    // Its files are read by their paths.
    'google-proto-files',
    // Started as programs, by their path.
    '@foundry-rs/anvil',
    'oclif',
  ],
  ignoreBinaries: [
    'chromium',
    'apt-get',
    'etcd',
    'h2load',
    'h2spec',
    'mkfifo',
    'openssl',
    'perl',
    'script',
    'systemd-.*',
    'unshare',
  ],
}
