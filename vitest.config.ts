import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,integration,e2e}/**/*.test.{ts,mjs}'],
    // The only timer of a test: generous, because two cores run chains, daemons and clients beside each other.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    maxWorkers: 2,
  },
})
