import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const bertys: TestProjectInlineConfiguration[] = [
  { extends: true, test: { name: 'berty', include: ['test/berty/**/*.test.ts'] } },
]
const projects: TestProjectInlineConfiguration[] = [
  { extends: true, test: { name: 'all', include: ['test/{unit,integration,e2e}/**/*.test.{ts,mjs}'] } },
  {
    extends: true,
    // What the gate promises holds with either HTTP/2.
    test: { name: 'frames', include: ['test/integration/daemon/gateway/*.test.ts'], env: { DATA_PLANE: 'frames' } },
  },
]

export default defineConfig(({ mode }) => ({
  test: {
    // Real Bertys have a command of their own, which names them.
    projects: mode === 'berty' ? bertys : projects,
    // The only timer of a test: generous, because two cores run chains, daemons and clients beside each other.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    maxWorkers: 2,
    // How much quicker than real ones the fake Bertys are: what waits for them is scaled by the same factor.
    env: { BERTY_LOAD_SCALE: process.env['BERTY_LOAD_SCALE'] ?? '1/20' },
  },
}))
