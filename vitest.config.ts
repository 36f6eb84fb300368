import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'all', include: ['test/{unit,integration,e2e}/**/*.test.{ts,mjs}'] } },
      {
        extends: true,
        // What the gate promises holds with either HTTP/2.
        test: { name: 'frames', include: ['test/integration/daemon/gateway/*.test.ts'], env: { DATA_PLANE: 'frames' } },
      },
    ],
    // The only timer of a test: generous, because two cores run chains, daemons and clients beside each other.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    maxWorkers: 2,
    // How much quicker than real ones the fake Bertys are: what waits for them is scaled by the same factor.
    env: { BERTY_LOAD_SCALE: process.env['BERTY_LOAD_SCALE'] ?? '1/20' },
  },
})
