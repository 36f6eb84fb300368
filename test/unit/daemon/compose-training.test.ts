import { expect, test } from 'vitest'
import { type ModelsDeps, openModels } from '../../../src/daemon/compose-training.js'
import type { DaemonConfig } from '../../../src/settings/index.js'
import { Lifecycle } from '../../../src/shared/lifecycle.js'
import { quietLog } from '../../support/quiet-log.js'

test('models of a service that speaks HTTP are not trained, and the start says so', async () => {
  const deps = { life: new Lifecycle(), log: quietLog(), metadata: { current: { serviceType: 'http' } } }
  await expect(openModels({} as DaemonConfig, deps as unknown as ModelsDeps)).rejects.toMatchObject({
    kind: 'invalid-config',
    message: 'Training is not supported for HTTP services',
  })
})
